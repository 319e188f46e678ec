"""Being live in one language and not in another."""

from django.db import models, transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from articles.languages.addresses import sync_page
from articles.languages.available import available_languages, column
from articles.languages.fields import differing_columns, text_columns
from articles.languages.holding_back import hold_back, restore_draft
from articles.languages.models import PageLanguage


class PublicationMixin(models.Model):
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
        live = [code for code in available_languages() if self.text_in("is_public", code)]
        if self.live and live:
            return live
        return self.languages_written()[:1] or [self.source_language]

    def _is_out(self, language):
        state = self.live and self.text_in("is_public", language)
        return bool(state and self.text_in("headline", language))

    def _is_out_somewhere(self):
        return any(self._is_out(language) for language in available_languages())

    def settle_publication(self):
        """Bring ``is_public`` and its dates into line with what is being saved."""
        if not self.live:
            for language in available_languages():
                self._withdraw(language, forget=self._state.adding)
            return
        now = timezone.now()
        before = None if self._state.adding else self._read_anew()
        self._grant_wishes(was_out=before is not None and before._is_out_somewhere())
        for language in available_languages():
            if not self.text_in("is_public", language):
                continue
            if not self.text_in("first_public_at", language):
                self.set_text("first_public_at", language, now)
            elif self._is_update_of(before, language):
                self.set_text("updated_at", language, now)

    def _is_update_of(self, before, language):
        if before is None or not before._is_out(language):
            return False
        return bool(differing_columns(before, self, self.update_columns(language)))

    def update_columns(self, language):
        """The columns whose change is an update worth telling readers of ``language``."""
        hidden = ("url_slug", "meta_title", "meta_description")
        return [
            name
            for name in text_columns(type(self), language)
            if not name.startswith(tuple(f"{each}_" for each in hidden))
        ]

    def _read_anew(self):
        return type(self)._default_manager.get(pk=self.pk)

    def _grant_wishes(self, was_out):
        wishes = [code for code in available_languages() if self.text_in("goes_public", code)]
        for language in available_languages():
            wished = language in wishes or self.text_in("is_public", language)
            has_text = (self.text_in("headline", language) or "").strip()
            self.set_text("is_public", language, bool(wished and has_text))
            self.set_text("goes_public", language, False)
        if not (was_out or self._is_out_somewhere()):
            for language in self.languages_written()[:1]:
                self.set_text("is_public", language, True)
        if wishes and self.live_revision:
            self._spend_wishes(self.live_revision)

    @staticmethod
    def _spend_wishes(revision):
        """Make sure that a wish is granted once, not whenever its revision is published again."""
        for language in available_languages():
            revision.content[column("goes_public", language)] = False
        revision.save(update_fields=["content"])

    def _withdraw(self, language, forget=False):
        self.set_text("is_public", language, False)
        if forget:
            self.set_text("first_public_at", language, None)
            self.set_text("updated_at", language, None)

    def note_draft(self):
        """Record, for lists of pages, in which languages this draft is ahead of what is live."""
        public = self._read_anew()
        for row in PageLanguage.objects.filter(page_id=self.pk):
            columns = text_columns(type(self), row.language)
            has_draft = bool(differing_columns(public, self, columns))
            written = public.text_in("headline", row.language) or self.text_in(
                "headline", row.language
            )
            if (row.has_draft, row.translated) != (has_draft, bool(written)):
                PageLanguage.objects.filter(pk=row.pk).update(
                    has_draft=has_draft, translated=bool(written)
                )

    def lock_row(self):
        """Let whoever else publishes this page wait for the end of the transaction."""
        self.base_page_model.objects.select_for_update().filter(pk=self.pk).first()

    @transaction.atomic
    def publish(self, revision, *args, **kwargs):
        """Publish a revision as one transaction: everything that belongs to it, or nothing."""
        self.lock_row()
        return super().publish(revision, *args, **kwargs)

    @transaction.atomic
    def publish_languages(self, languages, user=None):
        """Publish the latest draft in ``languages`` only; other drafts wait.

        The live text of the other languages stays as it is, and what was being written in
        them becomes a newer draft. Fields shared by all languages are published with any, and
        so are new rows below the page, such as its authors.
        """
        self.lock_row()
        draft = self._read_anew().get_latest_revision_as_object()
        kept = hold_back(draft, languages)
        draft.ask_to_publish(languages)
        revision = draft.save_revision(user=user, log_action=True)
        revision.publish(user=user, skip_permission_checks=True)
        restore_draft(self._read_anew(), kept, languages, user)
        self.refresh_from_db()

    @transaction.atomic
    def withdraw_language(self, language, user=None):
        """Take the page offline in one language; the last one takes the whole page offline.

        Drafts are kept. A publication that is waiting for its date is called off, as it is
        when a page is unpublished.
        """
        self.lock_row()
        page = self._read_anew()
        if page.live_languages == [language]:
            UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
        elif language in page.live_languages:
            page.write_column("is_public", language, False)
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

    def withdraw_all(self):
        """Record that the page has been unpublished: it is live in no language any more."""
        for language in available_languages():
            if self.text_in("is_public", language):
                self.write_column("is_public", language, False)
        sync_page(self)
