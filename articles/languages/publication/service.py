"""Make languages of a page public and take them back: the one place where either happens.

Every way in ends in :func:`publish_languages` or :func:`unpublish_languages`: the editor's buttons,
reviews, Wagtail's workflows, schedules, bulk actions, copies, the API, commands and code. Wagtail's
own ways call ``page.publish()`` and ``page.unpublish()``, which hand on to these two.

Wagtail publishes a whole page. The draft's texts in the languages that are not published are put
aside first and saved as a newer draft afterwards, see
:mod:`diptych.articles.languages.publication.partial_publication`. Shared content is published with
any language, but only by somebody who may publish the source language.

A language goes live in these steps, in one transaction:

1. :func:`publish_languages` takes the draft and leaves out languages that the user may not publish.
2. ``readiness.gate.check_grades`` raises for what may not go live, and logs what was confirmed;
   what a language needs is in ``readiness.missing``, what somebody may confirm in ``grading``.
3. The draft is saved as a revision that requests the languages (``publish_requested``).
4. ``PublicationMixin.publish_with_wagtail`` publishes that revision as Wagtail does.
5. Wagtail saves the page: ``MultilingualPageMixin.save`` calls ``update_publication_state``, which
   sets ``is_public`` and the dates of each language that was requested, and refuses languages that
   were made public without the service (``_refuse_ungraded``).
6. ``routes.addresses.sync_page`` writes the page × language table, redirects, and purges.
7. Wagtail's ``page_published`` reaches :func:`follow_publication`, which ends reviews, assignments
   and dates, and sends ``languages_published``.
8. The texts of the other languages are saved as a newer draft (``PartialPublication.restore``).
"""

from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.languages.config.signals import languages_published, languages_unpublished
from diptych.articles.languages.index.indexing import indexed_once, reindex_taken_down
from diptych.articles.languages.index.privacy import is_being_deleted
from diptych.articles.languages.models import (
    LanguageSchedule,
    PageLanguage,
    call_off,
    end_reviews,
    finish,
)
from diptych.articles.languages.permissions.policy import can_publish_over_date, languages_denied
from diptych.articles.languages.publication.partial_publication import prepare_partial_publication
from diptych.articles.languages.publication.readiness.gate import check_grades
from diptych.articles.languages.routes.addresses import sync_page
from diptych.articles.languages.translations.progress import record_progress

# The service


@transaction.atomic
@indexed_once()
def publish_languages(
    page,
    languages=None,
    user=None,
    *,
    revision=None,
    draft=None,
    public=None,
    confirmed=(),
    as_it_is=False,
    asks_about_comments=True,
    **options,
):
    """Publish the texts of the newest draft of ``page`` in ``languages``.

    The live texts of the other languages stay as they are, and their unpublished texts become a
    newer draft. Fields that all languages share are published with any, and so are new rows below
    the page, such as its authors.

    A ``revision`` given with ``languages`` has just been saved for them, after
    :func:`prepare_partial_publication`, and the caller restores the rest; ``public`` is the live
    page, if the caller has read it and nothing but drafts was saved since. Without ``languages``,
    ``revision`` is published in the languages that it requests and in those that are live; content
    that ``user`` may not publish becomes a newer draft. A revision whose ``go_live_at`` is still to
    come is published at that date. ``draft`` is the result of ``page.stored_draft()``, from a
    caller that has locked the row of the page. ``options`` are those of Wagtail's
    ``page.publish()``.

    Raises :exc:`NotPublishable` when a language lacks a required part, or has open places that are
    not among the ``confirmed``, an iterable of :class:`Confirmation`, or that ``user`` may not
    confirm. Languages in which readers would see nothing new are not checked.

    With ``as_it_is``, which needs ``languages``, incomplete texts are published too, for archives
    that were public elsewhere. No form and no API offers it. Everything that would have been
    refused is logged in the history of the page and returned as a list of :class:`Grading`.

    ``asks_about_comments`` is false, with ``languages``, where nobody can answer: a page that is
    published along with another one.

    Raises :exc:`PublishPagePermissionError` when ``user`` may publish none of the languages that a
    revision requests, or not all of ``languages``, or would cancel another user's schedule. Without
    a user no permission is checked: scheduled publications were checked when they were scheduled.
    Nobody publishes a page of a branch that is being deleted.
    """
    page.lock_row()
    if is_being_deleted(page):
        raise PublishPagePermissionError("The page is being deleted.")
    if languages is None:
        _publish_requested(page, revision, user, confirmed, **options)
        return []
    check_permission(page, languages, user)
    checks = {"as_it_is": as_it_is, "asks_about_comments": asks_about_comments}
    if revision is not None:
        public, version = public or page.stored(), revision.content_object
        refused = check_grades(version, public, languages, user, confirmed, revision, **checks)
        _publish_saved(page, revision, public, user, **options)
    else:
        draft = draft or page.stored_draft()
        public = draft.stored_page or page.stored()
        partial_publication = prepare_partial_publication(draft, languages, user)
        draft.request_publication(languages)
        refused = check_grades(draft, public, languages, user, confirmed, **checks)
        revision = draft.save_revision(user=user, log_action=True)
        _publish_saved(page, revision, page.stored(), user, **options)
        if partial_publication:
            partial_publication.restore(page.stored())
        page.refresh_from_db()
    return refused


def check_permission(page, languages, user):
    """Raise unless ``user`` may publish all ``languages`` and cancels no schedule of others."""
    denied = languages_denied(user, "publish") if user is not None else []
    if not set(denied).isdisjoint(languages):
        raise PublishPagePermissionError("One of these languages may not be published.")
    if denied and not can_publish_over_date(user, page):
        raise PublishPagePermissionError("Another language waits for its date.")


def _publish_saved(page, revision, public, user, **options):
    """Publish the draft that has been checked and saved as ``revision`` in this transaction."""
    draft = revision.content_object
    draft.checked_content, draft.stored_page = revision.content, public
    page.publish_with_wagtail(revision, user=user, skip_permission_checks=True, **options)


def _publish_requested(page, revision, user, confirmed, **options):
    """Publish the part of ``revision`` that ``user`` may publish; save the rest as a draft."""
    denied = languages_denied(user, "publish") if user is not None else []
    draft, public = revision.as_object(), page.stored()
    if not denied:
        languages = draft.languages_to_be_live()
        check_grades(draft, public, languages, user, confirmed, revision)
        page.publish_with_wagtail(revision, user=user, **options)
        return
    allowed = [code for code in draft.languages_to_be_live() if code not in denied]
    check_permission(page, allowed, user)
    if not allowed:
        raise PublishPagePermissionError("None of these languages may be published.")
    requested = set(draft.requested_languages())
    partial_publication = prepare_partial_publication(draft, allowed, user)
    is_whole = partial_publication is None or partial_publication.equals(draft)
    if is_whole and requested.issubset(allowed):
        check_grades(draft, public, allowed, user, confirmed, revision)
        page.publish_with_wagtail(revision, user=user, **options)
        return
    draft.request_publication(allowed)
    draft.is_arranged = True
    check_grades(draft, public, allowed, user, confirmed)
    allowed_revision = draft.save_revision(user=user, clean=False)
    page.publish_with_wagtail(allowed_revision, user=user, **options)
    if partial_publication:
        partial_publication.restore(page.stored())


def follow_publication(page, revision=None):
    """Update everything that follows from a publication, once Wagtail has published ``page``.

    The assignment, review and schedule of a translation that is live and complete are ended. The
    languages in which readers see something new are set on ``revision`` for the log.
    """
    languages = page.newly_public
    rows = list(PageLanguage.objects.with_assignment().filter(page_id=page.pk))
    is_work = any(row.assignment for row in rows)
    if is_work:
        end_reviews(page, languages)
        rows = list(PageLanguage.objects.with_assignment().filter(page_id=page.pk))
    record_progress(page.get_latest_revision_as_object(), [(row, {}) for row in rows])
    if is_work:
        finish(page)
    call_off(page, languages, acts=[LanguageSchedule.Act.PUBLISH])
    if revision is not None and not page.alias_of_id:
        revision.newly_public = languages
    languages_published.send(
        type(page),
        page=page,
        languages=languages,
        revision=revision,
        user=getattr(revision, "published_by", None),
        scheduled_by=getattr(revision, "scheduled_by", None),
    )


@transaction.atomic
@indexed_once()
def unpublish_languages(page, languages=None, user=None, **options):
    """Take ``page`` offline in ``languages``, or in all of them, and cancel their schedules.

    Drafts are kept. Once no language is left, the page itself is unpublished by Wagtail, with
    ``options`` of its ``page.unpublish()``. Aliases follow. The caller checks permissions, apart
    from those that Wagtail's own ``page.unpublish()`` checks.
    """
    if languages is None:
        page.unpublish_with_wagtail(user=user, **options)
        return
    page.lock_row()
    public = page.stored()
    languages = [code for code in public.live_languages if code in languages]
    if languages and languages == public.live_languages:
        public.unpublished_by = user
        UnpublishPageAction(public, user=user, **options).execute(skip_permission_checks=True)
    elif languages:
        _unpublish_some(public, languages, user)
        for alias in type(page)._default_manager.filter(alias_of_id=page.pk):
            unpublish_languages(alias, languages, user)
    page.refresh_from_db()


def _unpublish_some(page, languages, user):
    """Take the stored ``page`` offline in some of its languages."""
    call_off(page, languages, user=user)
    for language in languages:
        page.write_column("is_public", language, False)
    clear_publish_requests_of(page)
    page.revisions.update(approved_go_live_at=None)
    sync_page(page)
    reindex_taken_down(page)
    for language in languages:
        data = {"language": language}
        log(instance=page, action="diptych.unpublish_language", user=user, data=data)
    languages_unpublished.send(type(page), page=page, languages=languages, user=user)


@transaction.atomic
@indexed_once()
def unpublish_with_descendants(page, user, include_descendants):
    """Take a page of any type offline, and if asked those below it that ``user`` may unpublish."""
    page.unpublish(user=user)
    if include_descendants:
        for each in page.get_descendants().live().specific():
            if each.permissions_for_user(user).can_unpublish():
                each.unpublish(user=user)


def follow_unpublication(page, user=None):
    """Update everything that follows once Wagtail has unpublished the stored ``page`` as a whole.

    The languages are still marked public where Wagtail has handled the base page only, as at a date
    or from a list, and where the page is about to be deleted.
    """
    languages = page.languages_public()
    call_off(page, languages)
    clear_publish_requests_of(page)
    for language in languages:
        page.write_column("is_public", language, False)
    sync_page(page)
    reindex_taken_down(page)
    if languages:
        languages_unpublished.send(type(page), page=page, languages=languages, user=user)


# Publish requests: the languages in which a draft becomes live once it is published


def clear_publish_requests(revision):
    """Clear every request of the draft in ``revision`` to publish another language."""
    names = [column("publish_requested", language) for language in available_languages()]
    requested = [name for name in names if revision.content.get(name)]
    if not requested:
        return
    revision.content |= dict.fromkeys(requested, False)
    revision.save(update_fields=["content"])


def clear_publish_requests_of(page):
    """Clear the requests of the drafts of the stored ``page`` that could still be published."""
    latest = page.revisions.filter(pk=page.latest_revision_id)
    for revision in page.revisions.filter(approved_go_live_at__isnull=False) | latest:
        clear_publish_requests(revision)


def follow_cancelled_schedule(instance, update_fields=None, **kwargs):
    """Clear the requests of a revision whose date was cancelled. A receiver of ``post_save``."""
    if "approved_go_live_at" in (update_fields or ()) and instance.approved_go_live_at is None:
        clear_publish_requests(instance)
