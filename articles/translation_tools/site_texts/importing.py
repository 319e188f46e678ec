"""Take the site texts of a :class:`TranslationFile` in.

Each text, with all its plural forms, is taken, unchanged or refused with a reason.
"""

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from diptych.articles.interface_texts.catalogues import forms_needed, translation_digest
from diptych.articles.interface_texts.saving import (
    Change,
    explain_write_error,
    faults_of,
    save_and_record,
    with_outer_breaks_of,
)
from diptych.articles.interface_texts.site_catalogues import UnreadableCatalogue
from diptych.articles.interface_texts.unconfirmed import propose
from diptych.articles.interface_texts.validation import apply_typography, forms_of
from diptych.articles.languages.config.content import is_visible
from diptych.articles.translation_tools.formats.reading import FileRefused
from diptych.articles.translation_tools.importing import (
    ACTION,
    REFUSED,
    TAKEN,
    UNCHANGED,
    Refused,
    Report,
    ReportRow,
    beginning_of,
    check_unchanged,
    plain_target,
)
from diptych.articles.translation_tools.site_texts.texts import (
    SOURCE_LANGUAGE,
    entry_id,
    original_of,
    other_sources,
    texts_of,
)


def import_file(catalogue, file, origin, user=None, is_dry=False):
    """:func:`take` a file, and say in the history who has brought what is to be confirmed."""
    report, proposed = take(catalogue, file, origin, user, is_dry)
    if proposed:
        data = {"language": catalogue.language, "origin": origin, "taken": len(proposed)}
        log(instance=proposed[0], action=ACTION, user=user, title=catalogue.name, data=data)
    return report


def take(catalogue, file, origin, user=None, is_dry=False):
    """Take ``file`` in; with ``is_dry`` nothing is stored.

    Returns the :class:`Report` and the rows of the texts that wait to be confirmed.

    Texts that the file calls approved are saved as those of the form are, and readers see them;
    all others wait to be confirmed, with ``origin``, and readers keep what they see. Raises
    :class:`FileRefused` where the catalogue cannot be read or written.
    """
    try:
        taking = _Taking(catalogue, catalogue.read(), file.source_language)
    except UnreadableCatalogue as error:
        message = _("The catalogue cannot be read: %(error)s")
        raise FileRefused(message % {"error": error}) from error
    report = taking.report(file)
    if is_dry:
        return report, []
    if taking.approved:
        _save(catalogue, taking.approved, user)
    return report, propose(catalogue, taking.unconfirmed, origin)


def is_catalogue(file):
    """Whether a file names nothing that it is of, as a catalogue itself does not."""
    return not file.original and not file.source_language


def _save(catalogue, changes, user):
    outcome = save_and_record(catalogue, changes, user)
    if outcome.write_error:
        reason = explain_write_error(outcome.write_error)
        raise FileRefused(_("The catalogue could not be written: %(reason)s.") % {"reason": reason})


class _Taking:
    """Judges the texts of a file: ``approved`` are changes, ``unconfirmed`` forms by key."""

    def __init__(self, catalogue, parsed, source):
        self.catalogue, self.parsed = catalogue, parsed
        others = [language for language, _left in other_sources(catalogue)]
        self.is_source = source in (SOURCE_LANGUAGE, *others)
        texts = texts_of(catalogue, parsed, source if self.is_source else SOURCE_LANGUAGE)
        self.texts = {each.key: each for each in texts}
        self.approved, self.unconfirmed = [], {}

    def report(self, file):
        names = file.original, file.target_language, self.catalogue.name
        report = Report(*names, source_language=file.source_language)
        refusal = self._refusal_of(file)
        by_key = {}
        for entry in file.entries:
            by_key.setdefault(entry.id.partition(":")[0], []).append(entry)
        for key, entries in by_key.items():
            status, reason = REFUSED, refusal
            try:
                if not refusal:
                    status = TAKEN if self._take(key, entries) else UNCHANGED
            except Refused as refused:
                reason = str(refused)
            label = self.texts[key].label if key in self.texts else ""
            report.rows.append(ReportRow(key, status, label, beginning_of(entries[0]), reason))
        return report

    def _refusal_of(self, file):
        """Why nothing of ``file`` is for this catalogue, or ``""``."""
        if is_catalogue(file):
            return _(
                "The file is the catalogue itself, as the button “Download” writes it: translate "
                "one of the files for translating."
            )
        if file.original != original_of(self.catalogue):
            return _("The file is of other texts.")
        if not self.is_source:
            return _("Site texts are translated from English, or a language that has them.")
        return ""

    def _take(self, key, entries):
        """Note the translation of a text; returns whether it is another one."""
        text = self.texts.get(key)
        if text is None:
            raise Refused(_("This text is not in the catalogue any more, or lost its source."))
        if not any(_has_text(each) for each in entries):
            return False
        forms = [self._form(text, each) for each in self._in_order(text, entries)]
        if forms == text.forms:
            return False
        for each in entries:
            check_unchanged(each, entry_id(text, int(each.id.split(":")[1])))
        entry = text.entry
        language, count = self.catalogue.language, forms_needed(entry, self.parsed)
        if faults := faults_of(entry, forms, language, count):
            raise Refused(" ".join(map(str, faults)))
        if all(each.state == "final" for each in entries):
            seen = translation_digest(forms_of(entry))
            self.approved.append(Change(key, tuple(forms), seen))
        else:
            self.unconfirmed[key] = forms
        return True

    def _in_order(self, text, entries):
        """The entries of all forms of a text, each once."""
        by_number = {}
        for each in entries:
            number = each.id.split(":")[1:2]
            if by_number.setdefault(*number or [""], each) is not each:
                raise Refused(_("The file has it twice."))
        numbers = [str(number) for number in range(len(text.forms))]
        if set(by_number) != set(numbers) or not all(map(_has_text, entries)):
            raise Refused(_("A plural needs all its forms."))
        return [by_number[each] for each in numbers]

    def _form(self, text, entry):
        """The words of a form in the file as they would be stored."""
        words = plain_target(entry).replace("\r\n", "\n")
        words = with_outer_breaks_of(text.entry, words)
        return apply_typography(words, self.catalogue.language)


def _has_text(entry):
    return is_visible("".join(each for each in entry.target or () if isinstance(each, str)))
