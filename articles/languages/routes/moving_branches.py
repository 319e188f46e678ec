"""Move the addresses of a large branch after that of its top: in parts, in the background.

Until its turn comes, a page answers at its old address, which gets a redirect with the move.
"""

from time import monotonic, sleep

from django.db import IntegrityError, transaction
from django_tasks import task

from diptych.articles.languages.config.background import after_commit, on_backend
from diptych.articles.languages.config.pauses import PAUSE
from diptych.articles.languages.config.signals import addresses_moved
from diptych.articles.languages.models import PageLanguage, UnmovedBranch
from diptych.articles.languages.routes.addresses import (
    is_root_of_a_site,
    purge_paths,
    rows_below,
    sync_page,
)
from diptych.articles.languages.routes.redirects import record_moves

#: Pages in one transaction.
PART = 100
#: The alias in `TASKS` of the backend that moves branches, if there is one.
BACKEND = "addresses"


def branch_stored(instance, **kwargs):
    """A receiver of ``post_save`` of :class:`UnmovedBranch`: move it after the commit."""
    after_commit(on_backend(move_branches, BACKEND).enqueue)


def left_to_move(branch):
    """How many pages of a branch are still to move, and how many there are below its top."""
    return _rows_left(branch).count(), rows_below(branch.page, branch.language).count()


def _rows_left(branch):
    """The rows still to move: all of them if the top was put elsewhere in the tree meanwhile."""
    rows = rows_below(branch.page, branch.language)
    is_begun = branch.reached.startswith(branch.page.path)
    return rows.filter(page__path__gt=branch.reached) if is_begun else rows


@task()
def move_branches():
    """Move all branches that wait, part by part."""
    for pk in UnmovedBranch.objects.order_by("pk").values_list("pk", flat=True):
        begun = monotonic()
        while _move_part(pk):
            sleep(max(PAUSE, monotonic() - begun))
            begun = monotonic()


@transaction.atomic
def _move_part(pk):
    """Move the next pages of a branch; returns whether there may be others."""
    branch = UnmovedBranch.objects.select_for_update().filter(pk=pk).first()
    if branch is None:
        return False
    rows = list(_rows_left(branch).select_related("page").order_by("page__path")[:PART])
    if not rows:
        branch.delete()
        return False
    UnmovedBranch.objects.filter(pk=pk).update(reached=rows[-1].page.path)
    _follow_parents(branch, rows)
    return True


def _follow_parents(branch, rows):
    """Store the addresses that ``rows``, in the order of the tree, have below their parents."""
    above = _addresses_of({row.page.path[: -row.page.steplen] for row in rows}, branch.language)
    moved = []
    for row in rows:
        parent_path = above.get(row.page.path[: -row.page.steplen])
        address = f"{parent_path}{row.slug}/"
        is_wrong = parent_path is not None and address != row.url_path
        if is_wrong and not is_root_of_a_site(row.page):
            moved.append((row, row.url_path))
            row.url_path = address
        above[row.page.path] = row.url_path
    try:
        with transaction.atomic():
            PageLanguage.objects.bulk_update([row for row, _old in moved], ["url_path"])
    except IntegrityError:
        _move_one_by_one(moved)
        return
    _tell(branch, [(row.page_id, old, row.url_path) for row, old in moved if row.live])


def _addresses_of(paths, language):
    """The addresses in ``language`` of the pages at some ``paths`` in the tree, by these."""
    pages = UnmovedBranch._meta.get_field("page").related_model.objects.order_by()
    found = dict(pages.filter(path__in=paths).values_list("path", "url_path"))
    rows = PageLanguage.objects.filter(language=language, page__path__in=paths).order_by()
    return found | dict(rows.values_list("page__path", "url_path"))


def _move_one_by_one(moved):
    """Where another page stands at one of the addresses, as when a single page is saved."""
    for row, _old in moved:
        sync_page(row.page.specific, text_changed=False)


def _tell(branch, moved):
    """Record redirects from live addresses, and purge caches."""
    if moved:
        page_ids = [pk for pk, *_paths in moved]
        addresses_moved.send(PageLanguage, language=branch.language, page_ids=page_ids)
        record_moves(branch.language, moved)
        stale = [path for _pk, *paths in moved for path in paths]
        purge_paths(branch.language, stale, branch.page.specific.get_cached_paths())
