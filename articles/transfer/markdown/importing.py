"""Import a folder of Markdown: select changed texts, store them, publish and unpublish."""

import json
from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations

from diptych.articles.images.uploads.adding import removed_if_it_fails
from diptych.articles.languages.config.fields import language_of
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models.schedules import call_off
from diptych.articles.languages.routes.addresses import sync_page
from diptych.articles.transfer.markdown import values
from diptych.articles.transfer.markdown.drafts import Drafts
from diptych.articles.transfer.markdown.files import Files
from diptych.articles.transfer.markdown.folder import Folder
from diptych.articles.transfer.markdown.places import Places, groups_of
from diptych.articles.transfer.markdown.settings import import_redirects, import_settings
from diptych.articles.transfer.publisher import NothingStored
from diptych.articles.transfer.records import Records, digest
from diptych.articles.transfer.report import Outcome, Report, in_words


class Importer:
    """Imports the folder at ``path`` into ``site``, which starts at a front page or at nothing.

    Each page is stored in a transaction of its own; run again, only what has changed in the folder
    is written. ``is_dry`` undoes everything at the end. With ``lead_from_text``, the first
    paragraph becomes the lead where front matter gives none.
    """

    def __init__(
        self,
        path,
        site,
        *,
        language=None,
        is_dry=False,
        name="",
        progress=None,
        lead_from_text=False,
    ):
        self.site, self.is_dry, self.progress = site, is_dry, progress or (lambda _l, items: items)
        self.report, self.lead_from_text = Report(is_dry=is_dry), lead_from_text
        self.folder = Folder(path, language)
        self.records = Records(f"markdown:{site.pk}:{name or self.folder.root.name}"[:255])
        self.stored = []

    def run(self):
        """Import everything; returns the :class:`Report`."""
        if not self.is_dry:
            self._run()
            return self.report
        with suppress(NothingStored), removed_if_it_fails() as self.stored, transaction.atomic():
            self._run()
            raise NothingStored
        return self.report

    def _run(self):
        self.files = Files(self.folder, self.records, self.report, self.stored)
        for text in self.folder.texts:
            if text.problem:
                self.report.add(text.path, "page", text.language, Outcome.FAILED, text.problem)
        for path in self.folder.other_texts:
            self.report.add(path, "page", "", Outcome.SKIPPED, _("It is not Markdown."))
        self.places = Places(self.site, self.folder, self.records, self.report)
        parts = self.folder, self.files, self.places, self.report
        self.drafts = Drafts(*parts, lead_from_text=self.lead_from_text)
        groups = groups_of(self.folder)
        for kind, path in self.progress(_("Files"), self.files.all_named()):
            self.files.take(kind, path)
        for group in groups:
            self._safely(self.place, group)
        for group in self.progress(_("Pages"), groups):
            if group.page is not None and not group.was_here:
                self._safely(self.fill, group)
        import_settings(self)
        import_redirects(self)

    def _safely(self, work, group):
        """Do ``work`` on ``group``; an error is that of its texts, and the import goes on."""
        try:
            work(group)
        except Exception as error:
            # Any exception of a page that cannot be stored; the import goes on with the next.
            group.record(self.report, Outcome.FAILED, in_words(error))

    def place(self, group):
        """Find the page of ``group``, or create it as a draft."""
        self.places.place(group)

    def fill(self, group):
        """Write the texts of a page that have changed in the folder, and publish them."""
        changed, page = {}, group.page
        draft = page.get_latest_revision_as_object()
        for language, text in group.texts.items():
            row = self.records.find("text", group.key, language)
            if row and row.source_fingerprint == self._fingerprint_in_folder(text, type(page)):
                group.record(self.report, Outcome.UNCHANGED, text=text)
            elif row and row.stored_fingerprint != fingerprint_of(draft, language):
                group.record(self.report, Outcome.CONFLICT, _("It was changed here since."), text)
            else:
                changed[language] = (text, row)
        if not changed:
            return
        read = {code: self.drafts.read(text, page) for code, (text, _row) in changed.items()}
        with self.places.atomic():
            refused = self._store(group, changed, read)
            if not changed:
                return
            newest = page.stored().get_latest_revision_as_object()
            for code, (text, row) in changed.items():
                as_it_was = [str(each) for _name, each in refused.get(code, ())]
                self.keep(row, group.key, text, newest, as_it_was)
        for code, (text, row) in changed.items():
            outcome = Outcome.UPDATED if row else Outcome.CREATED
            group.record(self.report, outcome, text=text)
            for name, sentence in refused.get(code, ()):
                self._note_refused(text, name, str(sentence))

    def _note_refused(self, text, name, sentence):
        """Report why ``text`` would be refused; for a missing lead, with a remedy."""
        if not name.startswith("lead"):
            self.report.note(text.path, "imported as it was", sentence)
            return
        if not self.drafts.lead_from_text:
            sentence += " " + _(
                "Import with the option that makes the first paragraph the lead (--lead-from-text)."
            )
        self.report.note(text.path, "leads-missing", sentence)

    def keep(self, row, key, text, newest, refused=()):
        """Write the row of ``text``, whose draft ``newest`` is equal to the file."""
        self.records.keep(
            *(row, "text", key, newest),
            language=text.language,
            source_fingerprint=self._fingerprint_in_folder(text, type(newest)),
            stored_fingerprint=fingerprint_of(newest, text.language),
            imported_as_it_was=list(refused),
        )

    def _store(self, group, changed, read):
        """Write the page, within a transaction.

        Returns why texts would be refused: ``(field, sentence)`` pairs by language.
        """
        page = group.page
        page.lock_row()
        self._report_changed_pages(group, changed)
        if not changed:
            return {}
        draft = page.stored_draft()
        texts = {code: text for code, (text, _row) in changed.items()}
        for code, text in texts.items():
            self.drafts.write_text(draft, text, read[code])
        source = group.source
        if source.language in texts:
            self.drafts.write_shared(draft, source, read[source.language])
        live = self._to_publish(group, texts)
        refused = {}
        if live:
            for grading in page.publish_languages(live, draft=draft, as_it_is=True):
                refused[grading.language] = grading.problems or [
                    ("", each) for each in grading.sentences
                ]
        else:
            draft.save_revision(log_action=True, clean=False)
        self._withdraw(group, [code for code in texts if code not in live])
        self._set_dates(page, {code: texts[code] for code in live})
        return refused

    def _report_changed_pages(self, group, changed):
        """Remove from ``changed`` the languages that an editor has changed since the comparison."""
        draft = group.page.stored().get_latest_revision_as_object()
        for code, (text, row) in list(changed.items()):
            if row and row.stored_fingerprint != fingerprint_of(draft, code):
                group.record(self.report, Outcome.CONFLICT, _("It was changed here since."), text)
                del changed[code]

    def _to_publish(self, group, texts):
        """The languages of ``texts`` that go live; why others do not is noted."""
        if group.key in self.folder.private:
            return []
        live = []
        for code, text in texts.items():
            reason = text.held_back
            if group.key in self.folder.incomplete:
                reason = _("Another file of this page cannot be read; it stays a draft.")
            if reason and not text.is_draft:
                self.report.note(text.path, "draft", reason)
            elif not text.is_draft:
                live.append(code)
        return live

    def _fingerprint_in_folder(self, text, model):
        """A fingerprint of a file and of the option to read its first paragraph as lead."""
        is_lead = self.drafts.takes_lead(text, model)
        return digest([text.values, text.body, *(["lead from text"] if is_lead else [])])

    def _withdraw(self, group, languages):
        """Unpublish languages that became drafts, and pages that became private."""
        page = group.page
        if group.key in self.folder.private:
            languages = available_languages()
        elif group.key in self.folder.incomplete:
            languages = [code for code in languages if group.texts[code].is_draft]
        call_off(page, languages)
        if languages := [code for code in page.stored().live_languages if code in languages]:
            page.unpublish_languages(languages)

    def _set_dates(self, page, texts):
        """Set the dates at which ``texts``, by language, were first published and updated."""
        dates = []
        for language, text in texts.items():
            for name, column in (("date", "first_public_at"), ("lastmod", "updated_at")):
                if (said := text.values.get(name)) is None:
                    continue
                try:
                    moment = values.moment(said)
                except ValueError as error:
                    self.report.note(text.path, "front matter", f"{name}: {error}")
                    continue
                page.write_column(column, language, moment)
                dates += [moment] if name == "date" else []
        rows = type(page)._default_manager.filter(pk=page.pk)
        if dates:
            rows.update(first_published_at=min(dates))
        if texts:
            sync_page(rows.get(), record_redirects=False, text_changed=False)


def fingerprint_of(draft, language):
    """A fingerprint of the newest draft of a page in ``language``.

    That of the source language includes the fields without a language.
    """
    model, is_source = type(draft), language == draft.source_language
    shared = {each.name for each in values.shared_fields(model, values.OF_EVERY_PAGE)}
    above = {each.get_accessor_name(): each.field.name for each in get_all_child_relations(model)}
    said = {"live": draft._is_live_in(language)}
    for name, value in draft.serializable_data().items():
        of = language_of(model, name)
        field = name.removesuffix(f"_{language}") if of else name
        is_text = of == language and field not in values.RECORDS
        is_shared = is_source and not of and (name in shared or isinstance(value, list))
        if is_text or is_shared:
            said[name] = _comparable(value, {"pk", above.get(name)})
    return digest(said)


def _comparable(value, skipped):
    """``value`` with JSON decoded, and rows without the fields ``skipped``."""
    if isinstance(value, list):
        return [
            {name: each for name, each in row.items() if name not in skipped}
            if isinstance(row, dict)
            else row
            for row in value
        ]
    if isinstance(value, str) and value.startswith("["):
        with suppress(ValueError, RecursionError):
            return json.loads(value)
    return value
