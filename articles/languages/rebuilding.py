"""Compare the page × language table with the pages, and write it anew."""

import swapper
from django.db import DatabaseError

from articles.languages.addresses import expected_row, parent_path_in, sync_page
from articles.languages.available import available_languages
from articles.languages.models import PageLanguage
from articles.languages.pages import LanguagePageMixin


def translated_pages(top=None):
    """Every page in several languages, parents first; those at and below ``top`` if given."""
    pages = swapper.load_model("wagtailcore", "Page").objects.order_by("path")
    if top is not None:
        pages = pages.filter(path__startswith=top.path)
    for page in pages.specific().iterator(chunk_size=200):
        if isinstance(page, LanguagePageMixin):
            yield page


def sync_tree(top=None, record_redirects=True):
    """Write the rows of :func:`translated_pages`, yielding each page as it is done."""
    for page in translated_pages(top):
        sync_page(page, record_redirects=record_redirects)
        yield page


def outdated_pages():
    """The ids of pages whose rows are missing or say something else than the page.

    An address that had to be numbered because another page holds the wanted one is right.
    Empty while the table does not exist yet.
    """
    try:
        rows = {(row.page_id, row.language): row for row in PageLanguage.objects.all()}
    except DatabaseError:
        return []
    by_path = {}
    outdated = []
    for page in translated_pages():
        by_path[page.path] = page
        parent = by_path.get(page.path[: -page.steplen]) or page.get_parent()
        if any(not _is_right(page, parent, code, rows) for code in available_languages()):
            outdated.append(page.pk)
    return outdated


def _is_right(page, parent, language, rows):
    row = rows.get((page.pk, language))
    if row is None:
        return False
    parent_row = rows.get((parent.pk, language)) if parent else None
    parent_path = parent_path_in(page, parent, parent_row)
    expected = expected_row(page, language, parent_path)
    if row.live != expected["live"] or (expected["translated"] and not row.translated):
        return False
    if row.url_path == expected["url_path"]:
        return True
    numbered = f"{parent_path}{row.slug}/" == row.url_path
    return numbered and row.slug.startswith(f"{expected['slug']}-") and not expected["translated"]


def rebuild():
    """Write all rows anew without recording redirects, yielding each page as it is done.

    Rows are first given addresses that cannot clash, so that two pages that have swapped
    theirs are both put right.
    """
    known = [page.pk for page in translated_pages()]
    PageLanguage.objects.exclude(page_id__in=known).delete()
    for row in PageLanguage.objects.filter(page_id__in=outdated_pages()).iterator():
        PageLanguage.objects.filter(pk=row.pk).update(url_path=f"/~{row.pk}/")
    yield from sync_tree(record_redirects=False)
