"""Being live in one language and not in another."""

from django.db import models, transaction
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from articles.languages.addresses import sync_page
from articles.languages.aliases import AliasMixin
from articles.languages.available import available_languages, column
from articles.languages.fields import (
    differing_columns,
    readable_columns,
    written_columns,
)
from articles.languages.holding_back import hold_back, restore_draft
from articles.languages.models.page_language import PageLanguage
from articles.languages.models.revision_languages import note_languages
from articles.languages.models.schedules import call_off
from articles.languages.permissions.policy import languages_denied, may_publish_over_date
from articles.languages.translations.progress import note_progress


def forget_wishes(revision):
    """Let the draft in ``revision`` ask for no language beside those that are live."""
    names = [column("goes_public", language) for language in available_languages()]
    wished = [name for name in names if revision.content.get(name)]
    if not wished:
        return
    revision.content |= dict.fromkeys(wished, False)
    revision.save(update_fields=["content"])


def forget_wishes_of(page):
    """Let no draft of ``page`` ask for a language: nothing that was to happen to it will."""
    latest = page.revisions.filter(pk=page.stored().latest_revision_id)
    for revision in page.revisions.filter(approved_go_live_at__isnull=False) | latest:
        forget_wishes(revision)


def date_called_off(instance, update_fields=None, **kwargs):
    """Somebody cancels the date of a draft in the admin: follow the signal of ``Revision``."""
    if "approved_go_live_at" in (update_fields or ()) and instance.approved_go_live_at is None:
        forget_wishes(instance)


class PublicationMixin(AliasMixin, models.Model):
    """What a page can do with its languages once it is written.

    ``is_public`` says in which languages the page is live and belongs to the page. A draft
    asks with ``goes_public`` to be live in more of them; the wish is granted when it is
    published, by whichever way: a button, a workflow, a schedule. Nothing else makes a
    language live.
    """

    class Meta:
        abstract = True

    def ask_to_publish(self, languages):
        """Say which languages become live, beside those that are, when this draft is published."""
        for language in available_languages():
            self.set_text("goes_public", language, language in languages)

    def languages_of_plain_publish(self):
        """What "Publish" means without a language: those that are live, else the source."""
        live = self._languages_public()
        if self.live and live:
            return live
        return self.languages_written()[:1] or [self.source_language]

    def _languages_public(self):
        return [code for code in available_languages() if self.text_in("is_public", code)]

    def _is_out(self, language):
        state = self.live and self.text_in("is_public", language)
        return bool(state and self.text_in("headline", language))

    def _is_out_somewhere(self):
        return any(self._is_out(language) for language in available_languages())

    def settle_publication(self):
        """Bring ``is_public`` and its dates into line with what is being saved."""
        if not self.live:
            if not self._state.adding:
                call_off(self, self._languages_public())
            for language in available_languages():
                self._withdraw(language, forget=self._state.adding)
            return
        now = timezone.now()
        before = None if self._state.adding else self.stored()
        self._grant_wishes(was_out=before is not None and before._is_out_somewhere())
        for language in available_languages():
            if not self.text_in("is_public", language):
                continue
            if self._says_something_new(before, language):
                self.set_text("last_public_at", language, now)
            if not self.text_in("first_public_at", language):
                self.set_text("first_public_at", language, now)
            elif self._is_update_of(before, language):
                self.set_text("updated_at", language, now)

    def _says_something_new(self, before, language):
        if before is None or not before._is_out(language):
            return True
        return bool(differing_columns(before, self, written_columns(type(self), language)))

    def _is_update_of(self, before, language):
        if before is None or not before._is_out(language):
            return False
        return bool(differing_columns(before, self, self.update_columns(language)))

    def update_columns(self, language):
        """The columns whose change is an update worth telling readers of ``language``."""
        hidden = ("url_slug", "meta_title", "meta_description")
        return [
            name
            for name in readable_columns(type(self), language)
            if not name.startswith(tuple(f"{each}_" for each in hidden))
        ]

    def stored(self):
        """This page as it is stored now."""
        return type(self)._default_manager.get(pk=self.pk)

    def _grant_wishes(self, was_out):
        wishes = self.languages_wished()
        for language in available_languages():
            wished = language in wishes or self.text_in("is_public", language)
            has_text = (self.text_in("headline", language) or "").strip()
            self.set_text("is_public", language, bool(wished and has_text))
            self.set_text("goes_public", language, False)
        if not (was_out or self._is_out_somewhere()):
            for language in self.languages_written()[:1]:
                self.set_text("is_public", language, True)
        if wishes and self.live_revision:
            forget_wishes(self.live_revision)

    def _withdraw(self, language, forget=False):
        self.set_text("is_public", language, False)
        if forget:
            self.set_text("first_public_at", language, None)
            self.set_text("last_public_at", language, None)
            self.set_text("updated_at", language, None)

    def note_draft(self, revision=None, before=None, unwritten=()):
        """Record, for lists of pages, how far this draft is in each language.

        ``revision`` is the one it was just saved as, ``before`` the content of the draft it
        follows, ``unwritten`` the languages in which nobody has changed that.
        """
        public = (self.as_stored or self.stored()) if self.live else self
        self.as_stored = None
        rows = []
        changed = note_languages(type(self), revision, before, unwritten) if revision else []
        for row in PageLanguage.objects.with_assignment().filter(page_id=self.pk):
            values = self._state_of_draft(public, row.language)
            if row.language in changed:
                values |= {"edited_at": revision.created_at, "edited_by_id": revision.user_id}
            rows.append((row, values))
        note_progress(self, rows)

    def _state_of_draft(self, public, language):
        columns = written_columns(type(self), language)
        written = public.text_in("headline", language) or self.text_in("headline", language)
        ahead = public is not self and differing_columns(public, self, columns)
        return {"has_draft": bool(ahead), "translated": bool(written)}

    def publication_advice(self, language):
        """What could be better in ``language`` and keeps nothing from being published.

        The same as ``publication_problems``: problems that unpack to ``(column, message)``.
        """
        return []

    def lock_row(self):
        """Let whoever else publishes this page wait for the end of the transaction."""
        self.base_page_model.objects.select_for_update().filter(pk=self.pk).first()

    @transaction.atomic
    def move(self, *args, **kwargs):
        """As Wagtail does, with the addresses of the branch, or not at all."""
        return super().move(*args, **kwargs)

    @transaction.atomic
    def unpublish(self, *args, **kwargs):
        """As Wagtail does, in every language, or not at all."""
        return super().unpublish(*args, **kwargs)

    @transaction.atomic
    def publish(self, revision, user=None, *args, **kwargs):
        """Publish a revision as one transaction: everything that belongs to it, or nothing.

        What ``user`` may not publish stays as it is live, and waits in a newer draft. Raises
        :exc:`PublishPagePermissionError` when nothing is left to publish, or when it would call
        off a date that is not theirs. A publication without a user, such as one at its date,
        was allowed when it was asked for.
        """
        self.lock_row()
        denied = languages_denied(user, "publish") if user is not None else []
        if not denied:
            return super().publish(revision, user, *args, **kwargs)
        if not may_publish_over_date(user, self):
            raise PublishPagePermissionError("Another language waits for its date.")
        draft = revision.as_object()
        allowed = [code for code in draft.languages_to_be_live() if code not in denied]
        if not allowed:
            raise PublishPagePermissionError("None of these languages may be published.")
        return self._publish_allowed(revision, draft, allowed, user, *args, **kwargs)

    def _publish_allowed(self, revision, draft, allowed, user, *args, **kwargs):
        """Publish ``revision``, or if it says more than ``user`` may publish, only a part of it."""
        asked = set(draft.languages_wished())
        kept = hold_back(draft, allowed, user)
        is_whole = kept is None or kept.serializable_data() == draft.serializable_data()
        if is_whole and asked.issubset(allowed):
            return super().publish(revision, user, *args, **kwargs)
        draft.ask_to_publish(allowed)
        draft.is_arranged = True
        held_back = draft.save_revision(user=user, clean=False)
        result = super().publish(held_back, user, *args, **kwargs)
        restore_draft(self.stored(), kept, allowed, user)
        return result

    def newly_public(self):
        """The languages in which the publication under way shows readers something new.

        Each with whether it is live for the first time.
        """
        moments = {
            code: (self.text_in("last_public_at", code), self.text_in("first_public_at", code))
            for code in available_languages()
            if self.live and self.text_in("is_public", code)
        }
        return {
            code: last == first
            for code, (last, first) in moments.items()
            if last and self.last_published_at and last >= self.last_published_at
        }

    def languages_wished(self):
        """The languages this draft asks to be live in, beside those that are."""
        return [code for code in available_languages() if self.text_in("goes_public", code)]

    def languages_to_be_live(self):
        """The languages in which publishing this draft as it is would show something new."""
        wishes = self.languages_wished()
        if wishes and not (self.live and self._is_out_somewhere()):
            return wishes
        return list(dict.fromkeys([*self.languages_of_plain_publish(), *wishes]))

    def languages_to_change(self):
        """Those of :meth:`languages_to_be_live` in which readers would read something new."""
        public = self.stored()
        return [
            code
            for code in self.languages_to_be_live()
            if not public._is_out(code)
            or differing_columns(public, self, written_columns(type(self), code))
        ]

    @transaction.atomic
    def publish_languages(self, languages, user=None):
        """Publish the latest draft in ``languages`` only; other drafts wait.

        The live text of the other languages stays as it is, and what was being written in
        them becomes a newer draft. Fields shared by all languages are published with any, and
        so are new rows below the page, such as its authors.
        """
        self.lock_row()
        draft = self.stored().get_latest_revision_as_object()
        kept = hold_back(draft, languages, user)
        draft.ask_to_publish(languages)
        revision = draft.save_revision(user=user, log_action=True)
        revision.publish(user=user, skip_permission_checks=True)
        restore_draft(self.stored(), kept, languages, user)
        self.refresh_from_db()

    @transaction.atomic
    def withdraw_language(self, language, user=None):
        """Take the page offline in one language; the last one takes the whole page offline.

        Drafts are kept. A publication that is waiting for its date is called off, as it is
        when a page is unpublished.
        """
        self.lock_row()
        page = self.stored()
        if page.live_languages == [language]:
            UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
        elif language in page.live_languages:
            call_off(page, [language], user=user)
            page.write_column("is_public", language, False)
            forget_wishes_of(page)
            page.revisions.update(approved_go_live_at=None)
            sync_page(page)
            log(
                instance=page,
                action="diptych.withdraw_language",
                user=user,
                data={"language": language},
            )
            for alias in type(self)._default_manager.filter(alias_of_id=self.pk):
                alias.withdraw_language(language, user=user)
        self.refresh_from_db()

    @transaction.atomic
    def withdraw_all(self):
        """Record that the page has been unpublished: it is live in no language any more."""
        public = self._languages_public()
        call_off(self, public)
        forget_wishes_of(self)
        for language in public:
            self.write_column("is_public", language, False)
        sync_page(self)
