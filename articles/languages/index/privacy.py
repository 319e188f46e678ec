"""Which pages are private, as the page × language table keeps it, and which documents are not.

A page is private if it has a view restriction, stands below a private page, or is an alias of one.
"""

from math import inf
from time import monotonic

import swapper
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from diptych.articles.languages.config.signals import privacy_changed
from diptych.articles.languages.index.querysets import plain
from diptych.articles.languages.models import BranchDeletion, PageLanguage

#: Rows written in one statement, and in one transaction that hides a large branch.
PART, HIDDEN = 500, 200


def is_private(page):
    """Whether a stored ``page`` is private; one query, and another for each alias above it."""
    paths, known = {page.path}, set()
    while paths:
        above = {each for path in paths for each in _path_and_above(path)} - known
        known |= above
        found = list(
            _pages().filter(path__in=above).values_list("view_restrictions", "alias_of__path")
        )
        if any(restriction for restriction, _original in found):
            return True
        paths = {original for _restriction, original in found if original} - known
    return False


def is_being_deleted(page):
    """Whether ``page`` is in a large branch that is being deleted, or an alias of such a page.

    Nobody reads or changes these pages. No query for a page whose rows say that it is public.
    """
    rows = getattr(page, "language_rows", None)
    if not page.pk or (rows and not any(row.is_private for row in rows)):
        return False
    tops = set(BranchDeletion.objects.values_list("page__path", flat=True))
    return bool(tops) and _is_within(page.path, _with_aliases(tops))


class PrivateBranches:
    """The branches of the tree that are private, read once; a path is ``in`` them or not."""

    def __init__(self):
        restrictions = PageViewRestriction.objects.order_by()
        paths = set(restrictions.values_list("page__path", flat=True))
        self.paths = _with_aliases(paths) if paths else paths

    def __contains__(self, path):
        return _is_within(path, self.paths)


@transaction.atomic
def write_privacy(*paths):
    """Correct ``is_private`` of the pages at and below ``paths``, and of their aliases."""
    private = PrivateBranches()
    wrong, pages = {True: [], False: []}, set()
    for top in _with_aliases(set(paths)):
        rows = PageLanguage.objects.filter(page__path__range=branch_range(top))
        rows = rows.values_list("pk", "page_id", "is_private", "page__path")
        for pk, page_id, was_private, path in rows:
            if was_private != (path in private):
                wrong[not was_private].append(pk)
                pages.add(page_id)
    for value, rows in wrong.items():
        for start in range(0, len(rows), PART):
            part = PageLanguage.objects.filter(pk__in=rows[start : start + PART])
            part.update(is_private=value)
    if pages:
        privacy_changed.send(PageLanguage, pages=pages)


def hide_branch(path, purge, until=inf):
    """Mark the pages at and below ``path``, and their aliases, as private, in short transactions.

    Their view restriction is stored already. Each transaction calls ``purge`` with a language and
    the addresses that were live in it. None begins after ``until``, by :func:`time.monotonic`: call
    it again then.
    """
    for top in sorted(_with_aliases({path}), key=lambda each: each != path):
        while monotonic() < until and _hide_part(top, purge):
            pass


@transaction.atomic
def _hide_part(top, purge):
    """Mark the first pages at and below ``top`` that are public; returns whether there were any."""
    rows = PageLanguage.objects.filter(page__path__range=branch_range(top), is_private=False)
    names = ("pk", "page_id", "language", "url_path", "live")
    rows = list(rows.order_by("page__path").values_list(*names, named=True)[:HIDDEN])
    if not rows:
        return False
    PageLanguage.objects.filter(pk__in=[row.pk for row in rows]).update(is_private=True)
    privacy_changed.send(PageLanguage, pages={row.page_id for row in rows})
    for language in sorted({row.language for row in rows}):
        purge(language, [row.url_path for row in rows if row.language == language and row.live])
    return True


def public_documents():
    """The documents that any visitor may have: those of no private collection. One query."""
    documents = plain(get_document_model())
    for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        documents = documents.exclude(collection__path__startswith=path)
    return documents


def branch_range(path):
    """The first and the last path possible at and below ``path``."""
    model = swapper.load_model("wagtailcore", "Page")
    return path, path + model.alphabet[-1] * model.steplen


def _with_aliases(tops):
    """``tops`` and the paths of all aliases of pages at and below them."""
    tops = set(tops)
    aliases = _pages().filter(alias_of__isnull=False)
    aliases = list(aliases.values_list("path", "alias_of__path"))
    while True:
        found = {path for path, original in aliases if _is_within(original, tops)} - tops
        if not found:
            return tops
        tops |= found


def _is_within(path, tops):
    return not tops.isdisjoint(_path_and_above(path))


def _path_and_above(path):
    """``path`` and the paths of the pages above it."""
    step = swapper.load_model("wagtailcore", "Page").steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]


def _pages():
    return swapper.load_model("wagtailcore", "Page").objects.order_by()
