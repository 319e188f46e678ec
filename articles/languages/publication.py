"""Make languages of a page public and take them back: the one place where either happens.

Every way in ends in :func:`publish_languages` or :func:`unpublish_languages`: the editor's buttons,
reviews, Wagtail's workflows, schedules, bulk actions, copies, the API, commands and code. Wagtail's
own ways call ``page.publish()`` and ``page.unpublish()``, which hand on to these two.

Wagtail publishes a whole page. What a draft says in the languages that are not published is put
aside first and saved as a newer draft afterwards, see :mod:`articles.languages.held_back`. What all
languages share is published with any of them, but only by somebody who may publish the source
language.
"""

from copy import copy
from types import MappingProxyType

from django.db import models, transaction
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from articles.languages.addresses import sync_page
from articles.languages.aliases import AliasMixin
from articles.languages.available import available_languages, column
from articles.languages.fields import (
    STATE_FIELDS,
    differing_columns,
    readable_columns,
    written_columns,
)
from articles.languages.gate import AT_ITS_DATE, check_grades, note_missed_date
from articles.languages.grading import Grade, NotPublishable, grade
from articles.languages.held_back import hold_back
from articles.languages.indexing import indexed_once
from articles.languages.models import (
    LanguageSchedule,
    PageLanguage,
    call_off,
    end_reviews,
    finish,
    record_languages,
)
from articles.languages.permissions.policy import can_publish_over_date, languages_denied
from articles.languages.signals import languages_published, languages_unpublished
from articles.languages.translations.progress import record_progress

# The service


@transaction.atomic
@indexed_once()
def publish_languages(
    page, languages=None, user=None, *, revision=None, draft=None, confirmed=(), **options
):
    """Make ``page`` live in ``languages`` with what its newest draft says in them.

    The live text of the other languages stays as it is, and what was being written in them becomes
    a newer draft. Fields that all languages share are published with any, and so are new rows below
    the page, such as its authors.

    With a ``revision`` too, it has just been saved for these languages, after :func:`hold_back`,
    and whoever did so restores the rest. With a revision only, it is published in the languages
    that it requests and in those that are live; what ``user`` may not publish waits in a newer
    draft. A revision whose ``go_live_at`` is still to come is published at that date. ``draft`` is
    what ``page.stored_draft()`` gives, from whoever has locked the row of the page. ``options`` are
    those of Wagtail's ``page.publish()``.

    Raises :exc:`NotPublishable` when a language lacks a required part, or has open places that are
    not among the ``confirmed``, an iterable of :class:`Confirmation`, or that ``user`` may not
    confirm. Languages in which readers would see nothing new are not looked at.

    Raises :exc:`PublishPagePermissionError` when ``user`` may publish none of the languages that a
    revision requests, or not all of ``languages``, or would call off a date that is not theirs.
    Without a user nothing is checked: what happens at a date was allowed when it was scheduled.
    """
    page.lock_row()
    if languages is None:
        _publish_requested(page, revision, user, confirmed, **options)
        return
    check_permission(page, languages, user)
    if revision is not None:
        public = page.stored()
        check_grades(revision.content_object, public, languages, user, confirmed, revision)
        _publish_saved(page, revision, public, user, **options)
    else:
        draft = draft or page.stored_draft()
        public = draft.stored_page or page.stored()
        held_back = hold_back(draft, languages, user)
        draft.request_publication(languages)
        check_grades(draft, public, languages, user, confirmed)
        revision = draft.save_revision(user=user, log_action=True)
        _publish_saved(page, revision, page.stored(), user, **options)
        if held_back:
            held_back.restore(page.stored())
        page.refresh_from_db()


def check_permission(page, languages, user):
    """Raise unless ``user`` may publish all ``languages``, and no date of others is called off."""
    denied = languages_denied(user, "publish") if user is not None else []
    if not set(denied).isdisjoint(languages):
        raise PublishPagePermissionError("One of these languages may not be published.")
    if denied and not can_publish_over_date(user, page):
        raise PublishPagePermissionError("Another language waits for its date.")


def _publish_saved(page, revision, public, user, **options):
    """Publish what has been checked and saved as ``revision`` within this transaction."""
    draft = revision.content_object
    draft.checked_content, draft.stored_page = revision.content, public
    page.publish_with_wagtail(revision, user=user, skip_permission_checks=True, **options)


def _publish_requested(page, revision, user, confirmed, **options):
    """Publish ``revision``, but for what ``user`` may not publish: that waits in a newer draft."""
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
    held_back = hold_back(draft, allowed, user)
    is_whole = held_back is None or held_back.says_the_same_as(draft)
    if is_whole and requested.issubset(allowed):
        check_grades(draft, public, allowed, user, confirmed, revision)
        page.publish_with_wagtail(revision, user=user, **options)
        return
    draft.request_publication(allowed)
    draft.is_arranged = True
    check_grades(draft, public, allowed, user, confirmed)
    partial = draft.save_revision(user=user, clean=False)
    page.publish_with_wagtail(partial, user=user, **options)
    if held_back:
        held_back.restore(page.stored())


def follow_publication(page, revision=None):
    """Do what belongs to every publication, once ``page`` has been published by Wagtail.

    A translation that is live and complete is nobody's work any more, nor does it wait for a review
    or a date. ``revision`` is told for the log in which languages readers see something new.
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
    languages_published.send(type(page), page=page, languages=languages, revision=revision)


@transaction.atomic
@indexed_once()
def unpublish_languages(page, languages=None, user=None, **options):
    """Take ``page`` offline in ``languages``, or in all of them; call off what waits for a date.

    Drafts are kept. Once no language is left, the page itself is unpublished by Wagtail, with
    ``options`` of its ``page.unpublish()``. Aliases follow. Permissions are the caller's to check,
    apart from those that Wagtail's own ``page.unpublish()`` checks.
    """
    if languages is None:
        page.unpublish_with_wagtail(user=user, **options)
        return
    page.lock_row()
    public = page.stored()
    languages = [code for code in public.live_languages if code in languages]
    if languages and languages == public.live_languages:
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
    for language in languages:
        data = {"language": language}
        log(instance=page, action="diptych.unpublish_language", user=user, data=data)
    languages_unpublished.send(type(page), page=page, languages=languages)


@transaction.atomic
@indexed_once()
def unpublish_with_descendants(page, user, include_descendants):
    """Take a page of any type offline, and if asked those below it that ``user`` may unpublish."""
    page.unpublish(user=user)
    if include_descendants:
        for each in page.get_descendants().live().specific():
            if each.permissions_for_user(user).can_unpublish():
                each.unpublish(user=user)


def follow_unpublication(page):
    """Do what belongs to unpublishing the stored ``page`` in all languages, as Wagtail has done.

    The languages themselves are still public where Wagtail knew no more than the base page, as at
    a date or from a list, and where the page is about to be deleted.
    """
    languages = page.languages_public()
    call_off(page, languages)
    clear_publish_requests_of(page)
    for language in languages:
        page.write_column("is_public", language, False)
    sync_page(page)
    if languages:
        languages_unpublished.send(type(page), page=page, languages=languages)


# Publish requests: the languages in which a draft becomes live once it is published


def clear_publish_requests(revision):
    """Let the draft in ``revision`` request no language beside those that are live."""
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


# The page


class PublicationMixin(AliasMixin, models.Model):
    """In which languages a page is live, and in which it will be once its draft is published.

    ``is_public`` says in which languages the page is live and belongs to the page. A draft
    requests more of them with ``publish_requested``; the request is fulfilled when the draft is
    published, by whichever way. Nothing else makes a language live.
    """

    #: The languages in which the last save showed readers something new, and whether for the first
    #: time.
    newly_public = MappingProxyType({})

    class Meta:
        abstract = True

    @transaction.atomic
    def move(self, *args, **kwargs):
        """As Wagtail does, with the addresses of the branch, or not at all."""
        return super().move(*args, **kwargs)

    # Publishing and unpublishing

    def publish(
        self,
        revision,
        user=None,
        changed=True,
        log_action=True,
        previous_revision=None,
        skip_permission_checks=False,
        confirmed=(),
    ):
        """Publish a revision, as Wagtail asks for it; see :func:`publish_languages`.

        What cannot be published at its date waits: the other pages of Wagtail's command do not.
        """
        try:
            publish_languages(
                self,
                None,
                user,
                revision=revision,
                confirmed=confirmed,
                changed=changed,
                log_action=log_action,
                previous_revision=previous_revision,
                skip_permission_checks=skip_permission_checks,
            )
        except NotPublishable as refusal:
            if log_action != AT_ITS_DATE:
                raise
            note_missed_date(self, revision, refusal)

    def publish_languages(self, languages, user=None, **options):
        """Publish the newest draft in ``languages`` only; see :func:`publish_languages`."""
        publish_languages(self, languages, user, **options)

    def publish_with_wagtail(self, revision, **options):
        """Publish a whole revision as Wagtail does; only for :func:`publish_languages`."""
        return super().publish(revision, **options)

    def unpublish(self, set_expired=False, commit=True, user=None, log_action=True):
        """Unpublish in every language, as Wagtail asks for it; see :func:`unpublish_languages`."""
        options = {"set_expired": set_expired, "commit": commit, "log_action": log_action}
        unpublish_languages(self, None, user, **options)

    def unpublish_languages(self, languages, user=None):
        """Take the page offline in ``languages``; see :func:`unpublish_languages`."""
        unpublish_languages(self, languages, user)

    def unpublish_with_wagtail(self, **options):
        """Unpublish the whole page as Wagtail does; only for :func:`unpublish_languages`."""
        return super().unpublish(**options)

    def lock_row(self):
        """Let whoever else publishes this page wait for the end of the transaction."""
        self.base_page_model.objects.select_for_update().filter(pk=self.pk).first()

    def stored(self):
        """This page as it is stored now."""
        return type(self)._default_manager.get(pk=self.pk)

    def stored_draft(self):
        """The newest draft as it is stored now; for use while the row of the page is locked."""
        stored = self.stored()
        draft = copy(stored).newest_draft()
        draft.stored_page = stored
        return draft

    # What publishing a draft means

    def request_publication(self, languages):
        """Let this draft become live in ``languages`` when published, beside those that are."""
        for language in available_languages():
            self.set_text("publish_requested", language, language in languages)

    def requested_languages(self):
        """The languages this draft requests to be live in, beside those that are."""
        return [code for code in available_languages() if self.text_in("publish_requested", code)]

    def languages_of_plain_publish(self):
        """What "Publish" means without a language: those that are live, else the source."""
        live = self.languages_public()
        if self.live and live:
            return live
        return self.languages_written()[:1] or [self.source_language]

    def languages_to_be_live(self):
        """The languages in which publishing this draft as it is would show something new."""
        requested = self.requested_languages()
        if requested and not (self.live and self._is_live_anywhere()):
            return requested
        return list(dict.fromkeys([*self.languages_of_plain_publish(), *requested]))

    def languages_to_change(self):
        """Those of :meth:`languages_to_be_live` in which readers would read something new."""
        public = self.stored()
        return [code for code in self.languages_to_be_live() if self.has_news_for(public, code)]

    def has_news_for(self, public, language):
        """Whether readers of ``language`` would read something they do not on ``public``."""
        columns = written_columns(type(self), language)
        return not public._is_live_in(language) or bool(differing_columns(public, self, columns))

    def publication_advice(self, language):
        """What could be better in ``language`` and keeps nothing from being published.

        The same as ``publication_problems``: problems that unpack to ``(column, message)``.
        """
        return []

    # The state of the page

    def languages_public(self):
        """The languages in which this page is live, if it is live at all."""
        return [code for code in available_languages() if self.text_in("is_public", code)]

    def _is_live_in(self, language):
        state = self.live and self.text_in("is_public", language)
        return bool(state and self.text_in("headline", language))

    def _is_live_anywhere(self):
        return any(self._is_live_in(language) for language in available_languages())

    def update_publication_state(self):
        """Bring ``is_public`` and its dates into line with what is being saved."""
        if not self.live:
            self._record_offline()
            return
        now = timezone.now()
        before = None if self._state.adding else self.stored_page or self.stored()
        self.stored_page = None
        self._fulfil_requests(was_live=before is not None and before._is_live_anywhere())
        self.newly_public = {}
        for language in self.languages_public():
            is_first = not self.text_in("first_public_at", language)
            was_live = before is not None and before._is_live_in(language)
            if not was_live or self._differs(before, written_columns(type(self), language)):
                self.set_text("last_public_at", language, now)
                self.newly_public[language] = is_first
            if is_first:
                self.set_text("first_public_at", language, now)
            elif was_live and self._differs(before, self.update_columns(language)):
                self.set_text("updated_at", language, now)
        if not (self.is_checked or self.alias_of_id):
            self._refuse_ungraded()

    def _refuse_ungraded(self):
        """Grade what is shown to readers without the service; raise if that may not be live.

        A copy is live only in the languages that may be, or not at all.
        """
        gradings = [grade(self, language) for language in self.newly_public]
        refused = [each for each in gradings if each.grade != Grade.COMPLETE]
        is_copy = self._state.adding and self.draft_title
        if refused and not is_copy:
            raise NotPublishable(refused)
        for each in refused:
            for name in STATE_FIELDS:
                self.set_text(name, each.language, False if name == "is_public" else None)
            del self.newly_public[each.language]
        self.live = bool(self.languages_public()) or not refused

    def _differs(self, before, columns):
        return bool(differing_columns(before, self, columns))

    def _record_offline(self):
        """No language of a page that is not live is; one being created never was."""
        languages = self.languages_public()
        for language in available_languages():
            self.set_text("is_public", language, False)
            if self._state.adding:
                for name in ("first_public_at", "last_public_at", "updated_at"):
                    self.set_text(name, language, None)
        if languages and not self._state.adding:
            call_off(self, languages)
            languages_unpublished.send(type(self), page=self, languages=languages)

    def update_columns(self, language):
        """The columns whose change is an update worth telling readers of ``language``."""
        hidden = ("url_slug", "meta_title", "meta_description")
        return [
            name
            for name in readable_columns(type(self), language)
            if not name.startswith(tuple(f"{each}_" for each in hidden))
        ]

    def _fulfil_requests(self, was_live):
        requested = self.requested_languages()
        for language in available_languages():
            is_meant = language in requested or self.text_in("is_public", language)
            has_text = (self.text_in("headline", language) or "").strip()
            self.set_text("is_public", language, bool(is_meant and has_text))
            self.set_text("publish_requested", language, False)
        if not (was_live or self._is_live_anywhere()):
            for language in self.languages_written()[:1]:
                self.set_text("is_public", language, True)
        if requested and self.live_revision:
            clear_publish_requests(self.live_revision)

    # Drafts

    def record_draft(self, revision=None, before=None, unwritten=()):
        """Record, for lists of pages, how far this draft is in each language.

        ``revision`` is the one it was just saved as, ``before`` the content of the draft it
        follows, ``unwritten`` the languages in which nobody has changed that.
        """
        public = (self.stored_page or self.stored()) if self.live else self
        self.stored_page = None
        rows = []
        changed = record_languages(type(self), revision, before, unwritten) if revision else []
        for row in PageLanguage.objects.with_assignment().filter(page_id=self.pk):
            values = self._state_of_draft(public, row.language)
            if row.language in changed:
                values |= {"edited_at": revision.created_at, "edited_by_id": revision.user_id}
            rows.append((row, values))
        record_progress(self, rows)

    def _state_of_draft(self, public, language):
        columns = written_columns(type(self), language)
        written = public.text_in("headline", language) or self.text_in("headline", language)
        ahead = public is not self and differing_columns(public, self, columns)
        return {"has_draft": bool(ahead), "translated": bool(written)}
