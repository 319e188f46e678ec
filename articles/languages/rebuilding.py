"""Check and rebuild the page × language table."""

import swapper
from django.db import transaction

from articles.languages.addresses import expected_row, parent_path_in, sync_page
from articles.languages.aliases import shorten_chains
from articles.languages.available import available_languages
from articles.languages.models import PageLanguage
from articles.languages.pages import LanguagePageMixin
from articles.languages.privacy import PrivateBranches
from articles.languages.slugs import is_numbered
from articles.languages.translations.progress import record_progress

#: Pages per transaction.
PART = 200
#: The columns of a row that are the same in every right row.
COMPARED = ("live", "is_private", "incomplete", "first_public_at")


def translated_pages(top=None):
    """Every page in several languages, parents first; those at and below ``top`` if given."""
    pages = swapper.load_model("wagtailcore", "Page").objects.order_by("path")
    if top is not None:
        pages = pages.filter(path__startswith=top.path)
    for page in pages.defer_streamfields().specific().iterator(chunk_size=200):
        if isinstance(page, LanguagePageMixin):
            yield page


def sync_tree(top=None, record_redirects=True):
    """Write the rows of :func:`translated_pages`, yielding each page when done."""
    for page in translated_pages(top):
        sync_page(page, record_redirects=record_redirects)
        yield page


def sync_outdated():
    """Write the rows of :func:`outdated_pages` only."""
    pages = swapper.load_model("wagtailcore", "Page").objects
    for pk in outdated_pages():
        sync_page(pages.get(pk=pk).specific)


def outdated_pages():
    """Primary keys of pages with missing or wrong rows.

    A numbered address is right if another page has the wanted one.
    """
    return [page.pk for page, right_rows in _comparison() if _is_outdated(right_rows)]


def _is_outdated(right_rows):
    return any(row.pk is None for row in right_rows)


def _comparison():
    """Yield every page in several languages with its rows as they should be.

    Correct rows have a primary key, rows to be written have none.
    """
    rows = {(row.page_id, row.language): row for row in PageLanguage.objects.all()}
    parents, private = {}, PrivateBranches()
    for page in translated_pages():
        parent = parents.get(page.path[: -page.steplen]) or (page.get_parent(), {})
        is_private = page.path in private
        right_rows = {
            language: _right_row(page, rows.get((page.pk, language)), language, is_private, *parent)
            for language in available_languages()
        }
        if page.numchild:
            parents[page.path] = (page, right_rows)
        yield page, right_rows.values()


def _right_row(page, row, language, is_private, parent, parent_rows):
    """The stored ``row`` if it is right, else a new one without a primary key."""
    parent_path = parent_path_in(page, parent, parent_rows.get(language))
    expected = expected_row(page, language, parent_path, is_private)
    if row is not None and _is_right(row, expected, parent_path):
        return row
    return PageLanguage(page=page, language=language, **expected)


def _is_right(row, expected, parent_path):
    if any(getattr(row, name) != expected[name] for name in COMPARED):
        return False
    if expected["translated"] and not row.translated:
        return False
    if row.url_path == expected["url_path"]:
        return True
    numbered = f"{parent_path}{row.slug}/" == row.url_path
    return numbered and is_numbered(row.slug, expected["slug"]) and not expected["translated"]


def rebuild():
    """Correct all rows without creating redirects, yielding each page when done.

    Each ``PART`` pages are one transaction, so that the site stays usable. Correct rows are not
    written.
    """
    shorten_chains()
    known = []
    outdated = []
    wanted = {}
    for page, right_rows in _comparison():
        known.append(page.pk)
        if _is_outdated(right_rows):
            outdated.append(page.pk)
            wanted |= {(row.language, row.url_path): page.pk for row in right_rows}
    PageLanguage.objects.exclude(page_id__in=known).delete()
    _clear_the_way(outdated, wanted)
    for start in range(0, len(known), PART):
        yield from _rebuild_part(known[start : start + PART])


def _clear_the_way(outdated, wanted):
    """Give temporary addresses to pages whose addresses are swapped.

    ``wanted`` holds the page for each language and address.
    """
    for row in PageLanguage.objects.filter(page_id__in=outdated):
        if wanted.get((row.language, row.url_path), row.page_id) != row.page_id:
            PageLanguage.objects.filter(pk=row.pk).update(url_path=f"/~{row.pk}/")


@transaction.atomic
def _rebuild_part(ids):
    pages = swapper.load_model("wagtailcore", "Page").objects.filter(pk__in=ids)
    done = []
    for page in pages.order_by("path").specific():
        sync_page(page, record_redirects=False, text_changed=False)
        if page.has_unpublished_changes and not page.alias_of_id:
            page.get_latest_revision_as_object().record_draft()
        elif not page.alias_of_id:
            record_progress(page.get_latest_revision_as_object())
        done.append(page)
    return done
