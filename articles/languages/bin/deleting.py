"""Delete pages into the bin, with redirects from the addresses that were live."""

from datetime import timedelta
from uuid import uuid4

import swapper
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from diptych.articles.languages.bin import rows
from diptych.articles.languages.config.background import after_commit
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.index.indexing import indexed_once
from diptych.articles.languages.index.privacy import branch_range
from diptych.articles.languages.models import (
    BranchDeletion,
    DeletedPage,
    DeletedPagePart,
    PageLanguage,
    Review,
    TranslationAssignment,
    call_off,
)
from diptych.articles.languages.permissions.policy import languages_at
from diptych.articles.languages.publication.draft_links import revoke_link
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.routes.redirects import (
    record_departures,
    recreate_redirects,
    redirects_to,
)

#: For how many days the bin keeps a page, by default of the command that empties it.
DAYS_KEPT = 30


class Gone(Exception):
    """The page has been deleted, or is not in the bin any more."""


class BeingDeleted(Exception):
    """A large branch at, above or below the page is being deleted already."""


def check_not_being_deleted(page):
    """Raise :exc:`BeingDeleted` if a branch at, above or below ``page`` is being deleted."""
    for path in BranchDeletion.objects.values_list("page__path", flat=True):
        if path.startswith(page.path) or page.path.startswith(path):
            raise BeingDeleted


def branch_of(page):
    """A queryset of ``page`` and all pages below it, parents first."""
    return _pages().filter(path__range=branch_range(page.path))


def _pages():
    return swapper.load_model("wagtailcore", "Page").objects.order_by("path")


def live_addresses(pages):
    """The rows of the page × language table that readers lose with the queryset ``pages``.

    They are those of these pages, and of their aliases elsewhere, which go offline with their
    originals, by address.
    """
    branch = pages.order_by()
    aliases = _pages().order_by().filter(alias_of__in=branch.values("pk"))
    live = PageLanguage.objects.filter(live=True, page__live=True)
    gone = live.filter(page__in=branch.values("pk")) | live.filter(page__in=aliases.values("pk"))
    return gone.order_by("language", "url_path")


@transaction.atomic
@indexed_once()
def move_to_bin(page, user=None, targets=None):
    """Delete ``page`` and the pages below it, and keep them in the bin as a ``DeletedPage``.

    Every language is unpublished by the one service; schedules, reviews and assignments are
    cancelled. ``targets`` holds by language the page to which readers are redirected from the
    addresses that were live. The caller checks permissions. Returns the :class:`DeletedPage`.

    Raises Django's ``ProtectedError`` or ``RestrictedError`` where a reference prevents the
    deletion, :exc:`BeingDeleted`, and :exc:`Gone` if somebody else has deleted the page meanwhile.
    """
    stored = _pages().select_for_update().filter(pk=page.pk).first()
    if stored is None:
        raise Gone
    check_not_being_deleted(stored)
    branch = list(branch_of(stored).select_for_update())
    page = branch[0].specific
    written, _live = languages_at(page)
    values = {
        "key": page.pk,
        "content_type_id": page.content_type_id,
        "title": page.get_admin_display_title()[:255],
        "ancestors": list(page.get_ancestors().values_list("pk", flat=True)),
    }
    offline = {str(each.pk): take_offline(each, user) for each in branch}
    taken = remove(branch, offline, user, targets or {})
    return DeletedPage.objects.create(
        **values,
        **taken,
        page_count=len(branch),
        written_in=sorted(written),
        live_in=offline[str(page.pk)]["live_in"] or [],
        deleted_by=user,
    )


def take_offline(page, user):
    """Unpublish ``page`` and cancel its open work, in a transaction; returns a dictionary.

    ``live_in`` are the languages it was live in: ``None`` if it was not live, none if it was and is
    of a type without languages. ``addresses`` are the ``(language, path)`` that readers lose.
    """
    addresses = live_addresses(_pages().filter(pk=page.pk)).values_list("language", "url_path")
    addresses = list(addresses)
    return {"live_in": _take_offline(page.specific, user), "addresses": addresses}


def remove(branch, offline, user, targets):
    """Delete the pages ``branch``, in the order of the tree; call in a transaction.

    All pages below these are among them, and each has been taken offline: ``offline`` holds the
    results by primary key, as a string. Returns what is to be kept in the bin: ``rows``,
    ``live_pages`` and ``redirects``.
    """
    pages = _pages().filter(pk__in=[each.pk for each in branch])
    former = redirects_to(branch)
    stored = rows.snapshot(pages)
    if all(each.path.startswith(branch[0].path) for each in branch):
        DeletePageAction(branch[0].specific, user=user).execute(skip_permission_checks=True)
    else:
        for each in pages.specific():
            DeletePageAction(each, user=user).log_deletion(each)
        pages.delete()
    redirects = []
    addresses = [address for each in branch for address in offline[str(each.pk)]["addresses"]]
    for language, target in targets.items():
        lost = sorted(path for code, path in addresses if code == language)
        redirects += record_departures(language, lost, target)
    live_in = {str(each.pk): offline[str(each.pk)]["live_in"] for each in branch}
    return {
        "rows": stored,
        "live_pages": {pk: codes for pk, codes in live_in.items() if codes is not None},
        "redirects": redirects + recreate_redirects(former, targets),
    }


def _take_offline(page, user):
    """Unpublish ``page`` and cancel its open work; return the languages it was live in.

    ``None`` if it was not live; an empty list if it was live and is of a type without languages.
    """
    _end_work(page, user)
    if not page.live:
        return None
    if not isinstance(page, MultilingualPageMixin):
        UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
        return []
    languages = page.live_languages
    page.unpublish_languages(available_languages(), user)
    return languages


def _end_work(page, user):
    """Cancel schedules, workflows, reviews, claims and links to drafts, each with a log entry."""
    for revision in page.revisions.filter(approved_go_live_at__isnull=False):
        revision.approved_go_live_at = None
        revision.save(user=user, update_fields=["approved_go_live_at"])
    state = page.current_workflow_state
    if state is not None:
        state.cancel(user=user)
    if not isinstance(page, MultilingualPageMixin):
        return
    call_off(page, available_languages(), user=user)
    for link in page.draft_links.order_by("pk"):
        revoke_link(link, user)
    assignments = TranslationAssignment.objects.filter(page_id=page.pk)
    for each in assignments.order_by("language"):
        data = {"language": each.language, "comment": ""}
        if each.review == Review.SUBMITTED:
            action = "diptych.take_back_language"
        elif each.translator_id:
            action = "diptych.release_translation"
        else:
            continue
        log(instance=page, action=action, user=user, uuid=uuid4(), data=data)
    assignments.delete()


# Emptying


@transaction.atomic
def delete_for_good(deleted, user=None):
    """Remove a page from the bin; it cannot be restored any more. Raises :exc:`Gone`."""
    rows_left = DeletedPage.objects.select_for_update().filter(pk=deleted.pk)
    if rows_left.defer("rows").first() is None:
        raise Gone
    data = {"page": deleted.key, "pages": deleted.page_count}
    log(
        instance=deleted,
        action="diptych.delete_for_good",
        user=user,
        title=deleted.title,
        deleted=True,
        data=data,
    )
    deleted.delete()
    after_commit(delete_left_parts.enqueue)


@task()
def delete_left_parts():
    """Delete the parts of large branches that are no longer in the bin, one by one."""
    parts = DeletedPagePart.objects.exclude(key__in=DeletedPage.objects.values("key"))
    parts = parts.exclude(key__in=BranchDeletion.objects.values("page"))
    for pk in list(parts.values_list("pk", flat=True)):
        DeletedPagePart.objects.filter(pk=pk).delete()


def kept_until(deleted, days=DAYS_KEPT):
    return deleted.deleted_at + timedelta(days=days)


def expired(days=DAYS_KEPT):
    """The entries that have been in the bin for ``days`` days or longer, the oldest first."""
    oldest = timezone.now() - timedelta(days=days)
    return DeletedPage.objects.filter(deleted_at__lte=oldest).order_by("deleted_at", "pk")
