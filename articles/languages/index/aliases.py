"""Aliases: every alias refers to its original directly, never to another alias.

Wagtail allows chains of aliases and follows them to find view restrictions. Lists check thousands
of pages in one query, which needs the original of each alias in its row.

An alias is a second address of the same text (decision 24).
"""

import swapper
from django.db import models
from django.db.models.functions import Coalesce
from wagtail.models import AbstractPage


class AliasMixin(models.Model):
    """A page that can have aliases."""

    class Meta:
        abstract = True

    def update_aliases(self, *, _content=None, **kwargs):
        """Update aliases as Wagtail does, unless the page has a scheduled publication.

        Wagtail publishes aliases; that must not happen before the date of their original. Aliases
        get the content of the page where the revision that Wagtail passes has unpublished changes.
        """
        if (self.live or self.alias_of_id) and self.aliases.exists():
            content = None if self.has_unpublished_changes else _content
            super().update_aliases(_content=content, **kwargs)

    update_aliases.alters_data = True


#: :func:`original_id` as an expression for querysets of pages.
ORIGINAL = Coalesce("alias_of", "pk", output_field=models.BigIntegerField())


def original_id(page):
    """The primary key of the original of ``page``, an alias or not."""
    return page.alias_of_id or page.pk


def original_ids(pages):
    """A queryset of the originals of ``pages`` (pages, primary keys or a queryset of them)."""
    return _pages().filter(pk__in=pages).values_list(ORIGINAL)


def originals_of(pages):
    """``{primary key: that of the original}`` for ``pages``, primary keys, in their order."""
    found = dict(_pages().filter(pk__in=pages).values_list("pk", ORIGINAL))
    return {pk: found[pk] for pk in pages if pk in found}


def originals_by_alias():
    """``{primary key of an alias: that of its original}``."""
    return dict(_pages().filter(alias_of__isnull=False).values_list("pk", "alias_of"))


def second_addresses(root_path):
    """The aliases whose originals are below ``root_path`` too."""
    return _pages().filter(alias_of__isnull=False, alias_of__url_path__startswith=root_path)


def follow_the_original(sender, instance, raw=False, **kwargs):
    """Before saving an alias of an alias, make it an alias of the original.

    Receiver of ``pre_save``; ignores fixtures, whose pages may come in any order.
    """
    if raw or not isinstance(instance, AbstractPage) or not instance.alias_of_id:
        return
    pages = _pages()

    def stored_source(pk):
        return pages.filter(pk=pk).values_list("alias_of", flat=True).first()

    source = _original(instance.alias_of_id, stored_source)
    if source != instance.pk:
        instance.alias_of_id = source


def shorten_chains():
    """Make every alias of an alias an alias of its original."""
    sources = originals_by_alias()
    for pk, source in sources.items():
        original = _original(source, sources.get)
        if original not in (source, pk):
            _pages().filter(pk=pk).update(alias_of=original)


def _original(pk, source_of):
    """The end of the chain of aliases that begins at ``pk``.

    ``source_of(pk)`` gives the source of an alias, or ``None``. A cycle ends where it began.
    """
    seen = set()
    while (source := source_of(pk)) and pk not in seen:
        seen.add(pk)
        pk = source
    return pk


def _pages():
    return swapper.load_model("wagtailcore", "Page").objects.order_by()
