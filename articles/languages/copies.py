"""Copies of pages that are still called what their originals are."""

import swapper
from django.db.models import Exists, OuterRef
from wagtail.models import PageLogEntry

from articles.languages.aliases import ORIGINAL

Page = swapper.load_model("wagtailcore", "Page")


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
