"""Copies of pages: those that still have the title of their original, and those not allowed."""

import swapper
from django.db.models import Exists, OuterRef
from wagtail.models import PageLogEntry

from diptych.articles.languages.index.aliases import ORIGINAL
from diptych.articles.languages.models import PageLanguage

Page = swapper.load_model("wagtailcore", "Page")

#: The message of an API that refuses a copy, see :func:`would_copy_languages`.
LANGUAGES_ARE_NOT_COPIED = "Pages in several languages have no copies in the trees of locales."


def is_copied(page="pk"):
    """An expression: whether the page at the lookup ``page`` was made by copying another one."""
    return Exists(PageLogEntry.objects.filter(action="wagtail.copy", page=OuterRef(page)))


def mark_unrenamed_copies(pages):
    """Set ``is_unrenamed_copy`` of ``pages``: copies that have the title of another page.

    Pages annotated with ``is_copied`` that are none cost no query. The title is that of the newest
    draft.
    """
    copies = [page for page in pages if page.is_copied]
    originals = {page.draft_title: set() for page in copies}
    if copies:
        same = Page.objects.filter(draft_title__in=originals).annotate(original=ORIGINAL)
        for title, original in same.values_list("draft_title", "original"):
            originals[title].add(original)
    for page in copies:
        page.is_unrenamed_copy = bool(originals[page.draft_title] - {page.pk})


def would_copy_languages(page, and_below):
    """Whether a copy of ``page`` for another locale would copy a page in several languages.

    Such a page has all its languages in it, and none of it belongs into the tree of a locale.
    """
    rows = PageLanguage.objects.all()
    rows = rows.filter(page__path__startswith=page.path) if and_below else rows.filter(page=page.pk)
    return rows.exists()
