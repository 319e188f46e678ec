"""In which languages a page is live, and in which it will be once its draft is published."""

from collections.abc import Iterable
from copy import copy
from types import MappingProxyType
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.utils import timezone

from diptych.articles.languages.config.content import is_visible
from diptych.articles.languages.config.fields import (
    STATE_FIELDS,
    differing_columns,
    readable_columns,
    written_columns,
)
from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.languages.config.signals import languages_unpublished
from diptych.articles.languages.index.aliases import AliasMixin
from diptych.articles.languages.index.privacy import is_being_deleted
from diptych.articles.languages.models import PageLanguage, call_off, record_languages
from diptych.articles.languages.publication import service
from diptych.articles.languages.publication.partial_publication import (
    PartialPublication,
    keep_unpublished,
)
from diptych.articles.languages.publication.readiness.grading import (
    Grade,
    Grading,
    NotPublishable,
    grade,
)
from diptych.articles.languages.publication.schedules.whole_page import (
    AT_ITS_DATE,
    note_missed_date,
    who_scheduled,
)
from diptych.articles.languages.translations.progress import record_progress
from diptych.articles.languages.translations.shared import has_new_shared
from diptych.articles.languages.translations.units import has_new_rows


class PublicationMixin(AliasMixin, models.Model):
    """In which languages a page is live, and in which it will be once its draft is published.

    ``is_public`` is set for the languages in which the page is live, and belongs to the page. A
    draft requests more of them with ``publish_requested``; the request is fulfilled when the draft
    is published, in any way. Nothing else makes a language live.
    """

    #: The languages in which the last save showed readers something new, and whether for the first
    #: time.
    newly_public = MappingProxyType({})

    #: Whether this is made of a revision that is being published, and has not been saved yet.
    is_being_published = False

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
        """Publish a revision, as Wagtail asks for it; see ``service``.

        A scheduled publication that is refused is noted and not raised, so that Wagtail's command
        goes on to the other pages. One of a page that is being deleted waits, and goes with it.
        """
        if log_action == AT_ITS_DATE and is_being_deleted(self):
            return
        if log_action == AT_ITS_DATE:
            revision.scheduled_by = who_scheduled(revision)
        try:
            service.publish_languages(
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

    def publish_languages(
        self, languages: Iterable[str], user: AbstractBaseUser | None = None, **options: Any
    ) -> list[Grading]:
        """Publish the newest draft in ``languages`` only; see ``service``."""
        return service.publish_languages(self, languages, user, **options)

    def publish_with_wagtail(self, revision, **options):
        """Publish a revision as Wagtail does; called by ``service`` only.

        Classes between this one and ``Page`` take part with a ``publish()`` of their own. Its texts
        in languages that are not live afterwards are saved as a newer draft.
        """
        revision.published_by = user = options.get("user")
        revision.content_object.is_being_published = True
        result = super().publish(revision, **options)
        stored = type(self)._default_manager.filter(pk=self.pk)
        is_ahead = stored.values_list("has_unpublished_changes", flat=True).get()
        if is_ahead and revision.is_latest_revision():
            draft, published = revision.as_object(), self.stored()
            PartialPublication(draft, published.languages_public(), user).restore(published)
        return result

    def unpublish(self, set_expired=False, commit=True, user=None, log_action=True):
        """Unpublish in every language, as Wagtail asks for it; see ``service``."""
        options = {"set_expired": set_expired, "commit": commit, "log_action": log_action}
        service.unpublish_languages(self, None, user, **options)

    def unpublish_languages(
        self, languages: Iterable[str], user: AbstractBaseUser | None = None
    ) -> None:
        """Take the page offline in ``languages``; see ``service``."""
        service.unpublish_languages(self, languages, user)

    def unpublish_with_wagtail(self, **options):
        """Unpublish the whole page as Wagtail does, like :meth:`publish_with_wagtail`."""
        self.unpublished_by = options.get("user")
        return super().unpublish(**options)

    def lock_row(self):
        """Lock the row of the page until the end of the transaction."""
        rows = self.base_page_model.objects.order_by().select_for_update()
        list(rows.filter(pk=self.pk).values_list("pk"))

    def stored(self):
        """This page as it is stored now."""
        return type(self)._default_manager.get(pk=self.pk)

    def stored_draft(self):
        """The newest draft as it is stored now; for use while the row of the page is locked."""
        stored = self.stored()
        draft = copy(stored).newest_draft()
        draft.stored_page = stored
        return draft

    # The languages in which a draft is published

    def request_publication(self, languages):
        """Let this draft become live in ``languages`` when published, beside those that are."""
        for language in available_languages():
            self.set_text("publish_requested", language, language in languages)

    def requested_languages(self):
        """The languages this draft requests to be live in, beside those that are."""
        return [code for code in available_languages() if self.text_in("publish_requested", code)]

    def languages_of_plain_publish(self):
        """The languages that plain "Publish" publishes: those that are live, else the source."""
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
        if not public._is_live_in(language) or differing_columns(public, self, columns):
            return True
        return has_new_rows(public, self, language)

    # The state of the page

    def languages_public(self):
        """The languages with ``is_public`` set; they are live only while ``live`` is set too."""
        return [code for code in available_languages() if self.text_in("is_public", code)]

    def _is_live_in(self, language):
        state = self.live and self.text_in("is_public", language)
        return bool(state and self.text_in("headline", language))

    def _is_live_anywhere(self):
        return any(self._is_live_in(language) for language in available_languages())

    @property
    def status_string(self):
        """Wagtail's status with the codes of the languages: "live (FR)", "live (FR) + draft"."""
        status = super().status_string
        codes = [code.upper() for code in self._languages_shown()] if self.live else []
        if not codes:
            return status
        live, *others = str(status).split(" + ")
        return " + ".join([f"{live} ({', '.join(codes)})", *others])

    def _languages_shown(self):
        """The languages this page is live in, also where a list has left out its own columns.

        Each of these would be a query; the rows are read for the page's address in any case.
        """
        columns = {code: column("is_public", code) for code in available_languages()}
        if not self.get_deferred_fields().isdisjoint(columns.values()):
            return self.live_languages
        return [code for code, name in columns.items() if getattr(self, name)]

    def update_publication_state(self):
        """Update ``is_public`` and its dates before this page is saved."""
        if not self.live:
            self._record_offline()
            return
        now = timezone.now()
        before = None if self._state.adding else self.stored_page or self.stored()
        self.stored_page = None
        self._fulfil_requests(was_live=before is not None and before._is_live_anywhere())
        if self.is_being_published:
            self.is_being_published = False
            if keep_unpublished(before, self, self.languages_public()):
                self.has_unpublished_changes = True
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
        """Grade the languages made public without the service; raise if one may not be live.

        A copy is made live only in the languages that may be, or not at all.
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
        """Mark all languages as not public; clear the dates of a page that is being created."""
        languages = self.languages_public()
        for language in available_languages():
            self.set_text("is_public", language, False)
            if self._state.adding:
                for name in ("first_public_at", "last_public_at", "updated_at"):
                    self.set_text(name, language, None)
        if languages and not self._state.adding:
            call_off(self, languages)
            user = getattr(self, "unpublished_by", None)
            languages_unpublished.send(type(self), page=self, languages=languages, user=user)

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
            has_text = is_visible(self.text_in("headline", language))
            self.set_text("is_public", language, bool(is_meant and has_text))
            self.set_text("publish_requested", language, False)
        if not (was_live or self._is_live_anywhere()):
            for language in self.languages_written()[:1]:
                self.set_text("is_public", language, True)
        if requested and self.live_revision:
            service.clear_publish_requests(self.live_revision)

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
            values = self.state_of_draft(public, row.language)
            if row.language in changed:
                values |= {"edited_at": revision.created_at, "edited_by_id": revision.user_id}
            rows.append((row, values))
        record_progress(self, rows)

    def state_of_draft(self, public, language):
        """The row's values, by name, for this draft in ``language`` of the live page ``public``.

        What all languages share belongs to the source.
        """
        columns = written_columns(type(self), language)
        written = public.text_in("headline", language) or self.text_in("headline", language)
        ahead = public is not self and (
            differing_columns(public, self, columns)
            or has_new_rows(public, self, language)
            or (language == self.source_language and has_new_shared(public, self))
        )
        return {"has_draft": bool(ahead), "translated": bool(written)}
