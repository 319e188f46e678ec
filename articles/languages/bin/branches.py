"""Move a large branch of pages to the bin: in parts, in the background.

Readers find none of its pages once the request is answered, and nobody changes them. The last pages
of the tree go first, so that no page is ever without the one above it.
"""

import logging
from math import inf
from time import monotonic

import swapper
from django.db import transaction
from django_tasks import task
from wagtail.models import PageViewRestriction

from diptych.articles.languages.bin.deleting import (
    Gone,
    branch_of,
    check_not_being_deleted,
    delete_left_parts,
    move_to_bin,
    remove,
    take_offline,
)
from diptych.articles.languages.config.background import after_commit, on_backend
from diptych.articles.languages.config.pauses import fitting_size, with_pause
from diptych.articles.languages.index.indexing import indexed_once
from diptych.articles.languages.index.privacy import hide_branch
from diptych.articles.languages.models import BranchDeletion, DeletedPagePart
from diptych.articles.languages.permissions.policy import languages_at
from diptych.articles.languages.routes.addresses import MOST_AT_ONCE, purge_paths
from diptych.articles.languages.routes.moving_branches import BACKEND

logger = logging.getLogger(__name__)

#: Pages in one transaction, at least and at most: the first costs as much as ten others.
SMALLEST, PART = 10, 100
#: The seconds of the processor that a part should take: the next one is as large as fits.
LONGEST = 0.3
#: For how many seconds a request hides pages, the top first; the task hides the others.
IN_REQUEST = 1


def move_branch_to_bin(page, user=None, targets=None):
    """As ``move_to_bin``, in the background where there are many pages below ``page``.

    Returns a :class:`DeletedPage`, or the :class:`BranchDeletion` of pages that are hidden once the
    transaction is committed, and still to be deleted.
    """
    count = branch_of(page).count()
    if count <= MOST_AT_ONCE + 1:
        return move_to_bin(page, user, targets)
    deletion = _begin(page, user, targets or {}, count)
    after_commit(_hide_and_go_on, deletion)
    return deletion


def _hide_and_go_on(deletion):
    """Hide the branch before the request is answered: after its transaction, and in short ones."""
    hide_branch(deletion.page.path, purge_paths, monotonic() + IN_REQUEST)
    after_commit(on_backend(delete_branches, BACKEND).enqueue)


@transaction.atomic
def _begin(page, user, targets, count):
    """Store what is to be deleted, and that nobody may read it."""
    pages = swapper.load_model("wagtailcore", "Page").objects
    stored = pages.filter(pk=page.pk).first()
    if stored is None:
        raise Gone
    # Two deletions, one of a page above the other, wait for each other.
    above = stored.get_ancestors(inclusive=True).order_by("path").select_for_update()
    if page.pk not in {each.pk for each in above}:
        raise Gone
    check_not_being_deleted(stored)
    page = stored.specific
    # Of no group, so nobody's; saving it would say in the history that somebody has chosen that.
    restriction = PageViewRestriction(page=stored, restriction_type=PageViewRestriction.GROUPS)
    PageViewRestriction.objects.bulk_create([restriction])
    return BranchDeletion.objects.create(
        page=stored,
        restriction=restriction,
        title=page.get_admin_display_title()[:255],
        page_count=count,
        written_in=sorted(languages_at(page)[0]),
        targets={language: target.pk for language, target in targets.items()},
        deleted_by=user,
    )


def pages_left(deletion):
    """How many pages of the branch are still to be moved to the bin."""
    return branch_of(deletion.page).count()


@task()
def delete_branches(seconds=inf):
    """Move all branches that wait to the bin, part by part; for so many ``seconds``."""
    until = monotonic() + seconds
    for pk in BranchDeletion.objects.order_by("pk").values_list("pk", flat=True):
        try:
            _delete_branch(pk, until)
        except Exception:  # receivers of a project may raise anything; the others go on
            BranchDeletion.objects.filter(pk=pk).update(is_stopped=True)
            logger.exception("Something prevents a page of branch %s from being deleted.", pk)
    delete_left_parts.func()


def _delete_branch(pk, until):
    deletion = BranchDeletion.objects.select_related("page").filter(pk=pk).first()
    if deletion is None:
        return
    hide_branch(deletion.page.path, purge_paths)
    size = SMALLEST
    while pages := _last_pages(pk, size):
        if monotonic() > until:
            return
        for page in pages:
            with_pause(_take_offline, pk, page)
        took = with_pause(_delete_part, pk, pages)
        size = fitting_size(len(pages), took, LONGEST, SMALLEST, PART)
    _finish(pk)


def _last_pages(pk, size):
    """The last pages below the top of a branch, in the order of the tree."""
    deletion = BranchDeletion.objects.select_related("page").filter(pk=pk).first()
    if deletion is None:
        return []
    below = branch_of(deletion.page).exclude(pk=deletion.page_id)
    return list(below.order_by("-path")[:size])[::-1]


@transaction.atomic
@indexed_once()
def _take_offline(pk, page):
    """Unpublish a page, unless that is done; what it was is kept with the branch."""
    deletion = BranchDeletion.objects.select_for_update().filter(pk=pk).first()
    if deletion is None or str(page.pk) in deletion.offline:
        return
    deletion.offline[str(page.pk)] = take_offline(page, deletion.deleted_by)
    BranchDeletion.objects.filter(pk=pk).update(offline=deletion.offline)


@transaction.atomic
@indexed_once()
def _delete_part(pk, pages):
    """Move pages that are offline to the bin, unless others have been put below them meanwhile."""
    deletion = BranchDeletion.objects.select_for_update().filter(pk=pk).first()
    if deletion is None or _last_pages(pk, len(pages)) != pages:
        return
    top = deletion.page
    taken = remove(pages, deletion.offline, deletion.deleted_by, _targets_of(deletion))
    DeletedPagePart.objects.create(
        key=top.pk, path=top.path, url_path=top.url_path, page_count=len(pages), **taken
    )
    for page in pages:
        del deletion.offline[str(page.pk)]
    BranchDeletion.objects.filter(pk=pk).update(offline=deletion.offline, is_stopped=False)


def _targets_of(deletion):
    pages = swapper.load_model("wagtailcore", "Page").objects.in_bulk(deletion.targets.values())
    return {code: pages[pk] for code, pk in deletion.targets.items() if pk in pages}


@transaction.atomic
@indexed_once()
def _finish(pk):
    """Move the top of the branch, below which nothing is left, to the bin."""
    deletion = BranchDeletion.objects.select_for_update().filter(pk=pk).first()
    if deletion is None:
        return
    page, user, targets = deletion.page, deletion.deleted_by, _targets_of(deletion)
    deletion.delete()
    PageViewRestriction.objects.filter(pk=deletion.restriction_id).delete()
    deleted = move_to_bin(page, user, targets)
    parts = DeletedPagePart.objects.filter(key=page.pk)
    for count, live_pages in parts.values_list("page_count", "live_pages").iterator():
        deleted.page_count += count
        deleted.live_pages |= _examples(live_pages, deleted.live_pages)
    deleted.written_in = sorted({*deleted.written_in, *deletion.written_in})
    deleted.deleted_at = deletion.deleted_at
    deleted.save()


def _examples(live_pages, known):
    """Of ``live_pages``, those in languages of which there is none among ``known``."""
    languages = {code for codes in known.values() for code in codes}
    found = {}
    for pk, codes in live_pages.items():
        if not (known or found) or not languages.issuperset(codes):
            found[pk] = codes
            languages |= {*codes}
    return found
