"""Keep every alias beside the page it shows, with no other alias between the two.

Wagtail lets an alias follow another one, and asks each on the way, however many there are, whether
it is private. What may be seen in a list is asked of thousands of pages at once: there an alias
has to name the page itself.

An alias is a second address of a page, and its text that of the page.
"""

import swapper
from django.db import models
from django.db.models.functions import Coalesce
from wagtail.models import AbstractPage


class AliasMixin(models.Model):
    """A page that aliases follow."""

    class Meta:
        abstract = True

    def update_aliases(self, *args, **kwargs):
        """As Wagtail does, which makes aliases live: not while the page waits for its date.

        An alias is asked for its own aliases as it was before it became live.
        """
        if self.live or self.alias_of_id:
            super().update_aliases(*args, **kwargs)

    update_aliases.alters_data = True


#: For queries of pages: the page whose text each of them shows, as :func:`original_id` says it.
ORIGINAL = Coalesce("alias_of", "pk", output_field=models.BigIntegerField())


def original_id(page):
    """The id of the page whose text ``page`` shows: what it is an alias of, else itself."""
    return page.alias_of_id or page.pk


def original_ids(pages):
    """The same for ``pages``, their ids or a query for these; as a query."""
    return _pages().filter(pk__in=pages).values_list(ORIGINAL)


def originals_by_alias():
    """The id of what each alias shows, by its own."""
    return dict(_pages().filter(alias_of__isnull=False).values_list("pk", "alias_of"))


def second_addresses(root_path):
    """The aliases of pages that stand below ``root_path`` themselves."""
    return _pages().filter(alias_of__isnull=False, alias_of__url_path__startswith=root_path)


def follow_the_original(sender, instance, raw=False, **kwargs):
    """Let an alias that is about to be saved follow what its source follows, if that is an alias.

    A receiver of ``pre_save``. Fixtures, whose pages may come in any order, are left as they are.
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
    """Let every alias of an alias follow the page itself."""
    sources = originals_by_alias()
    for pk, source in sources.items():
        original = _original(source, sources.get)
        if original not in (source, pk):
            _pages().filter(pk=pk).update(alias_of=original)


def _original(pk, source_of):
    """The page at the end of the chain that begins at ``pk``.

    ``source_of`` gives what a page follows, or ``None``. Aliases in a ring, which no screen can
    make, end where they began.
    """
    seen = set()
    while (source := source_of(pk)) and pk not in seen:
        seen.add(pk)
        pk = source
    return pk


def _pages():
    return swapper.load_model("wagtailcore", "Page").objects.order_by()
