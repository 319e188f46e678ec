"""Pages, revisions and comments from before a page type had several languages.

And the pages of a type in general, as adopting, correcting and releasing iterate over them.
"""

import swapper
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connections, router
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from wagtail.models import Comment, Revision

from diptych.articles.languages.config.columns import removed_languages
from diptych.articles.languages.config.language_config import (
    available_language,
    available_languages,
    column,
    default_language,
)
from diptych.articles.languages.index.querysets import plain
from diptych.articles.languages.publication.plain_columns import WAGTAIL_FIELDS, own_fields
from diptych.articles.languages.publication.rebuilding import multilingual_models

#: Pages per transaction.
BATCH = 200
#: Revisions that are written in one statement.
REVISIONS = 50


def find_model(label):
    """The page type in several languages with this label; raises ``LookupError`` without one."""
    model = apps.get_model(label) if label.count(".") == 1 else None
    if model not in multilingual_models():
        raise LookupError(label)
    return model


def pages_without_text(model):
    """The pages of exactly this type without a text in any language, in the order of the tree."""
    written = Q()
    for code in available_languages():
        written |= Q(**{f"{column('headline', code)}__gt": ""})
    return pages_of(model).exclude(pk__in=plain(model).filter(written).values("pk"))


def pages_from_before(model):
    """The pages of exactly this type that were never written in any language, in the same order.

    Pages that have a text in a language removed from the settings are none of them.
    """
    removed = ~Q(source_language__in=available_languages())
    for written in written_in_removed_languages(model).values():
        removed |= Q(pk__in=written)
    return pages_without_text(model).exclude(pk__in=plain(model).filter(removed).values("pk"))


def written_in_removed_languages(model):
    """The query of the pages with a headline in each language removed from the settings.

    By the code of the language as it stands in names of columns.
    """
    owner = model._meta.get_field("headline").model
    connection = connections[router.db_for_read(owner)]
    quoted = connection.ops.quote_name
    table, key = quoted(owner._meta.db_table), quoted(owner._meta.pk.column)
    return {
        suffix: RawSQL(f"SELECT {key} FROM {table} WHERE {quoted(stored)} > %s", [""])  # noqa: S608, S611 quoted names of columns
        for stored, (name, _field, suffix) in removed_languages([owner], connection)
        .get(owner, {})
        .items()
        if name == "headline"
    }


def revisions_from_before(model):
    """The revisions of this type that have no columns of languages."""
    names = [column("headline", code) for code in available_languages()]
    revisions = Revision.objects.filter(content_type=ContentType.objects.get_for_model(model))
    return revisions.exclude(content__has_any_keys=names)


def comments_from_before(model):
    """The comments on fields that have become those of a language."""
    names = [*own_fields(model), *WAGTAIL_FIELDS.values()]
    of_field = Q()
    for name in names:
        of_field |= Q(contentpath=name) | Q(contentpath__startswith=f"{name}.")
    return Comment.objects.filter(of_field, page__in=pages_of(model).values("pk"))


def pages_of(model):
    """The pages of exactly this type, in the order of the tree."""
    pages = swapper.load_model("wagtailcore", "Page").objects
    return pages.filter(content_type=ContentType.objects.get_for_model(model)).order_by("path")


def languages_of(pages, language=None):
    """The primary keys of ``pages`` by the language they are written in.

    That is ``language``, else that of the page's locale, else the default one. An alias is in the
    language of its original.
    """
    found = {}
    locale = Coalesce("alias_of__locale__language_code", "locale__language_code")
    for pk, code in pages.values_list("pk", locale):
        found.setdefault(language or available_language(code) or default_language(), []).append(pk)
    return found
