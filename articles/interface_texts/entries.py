"""The entries of a catalogue as a form shows them: source, other languages, fields, reasons."""

import hashlib
from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from articles.interface_texts.catalogues import plural_count
from articles.interface_texts.faults import forms_of
from articles.languages.available import translated_language_name

CONTEXT_SEPARATOR = "\x04"


def key_of(entry):
    """A name for an entry that does not depend on its translation."""
    return _digest(f"{entry.msgctxt or ''}{CONTEXT_SEPARATOR}{entry.msgid}")


def digest_of(forms):
    """Stands for the words that a form showed, to tell whether they are still the same."""
    return _digest("\x00".join(map(with_plain_breaks, forms)))


def with_plain_breaks(text):
    """A text whose lines end as those of a catalogue do, whatever a browser or a program sent."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def entries_by_key(file):
    return {key_of(entry): entry for entry in file if not entry.obsolete}


def sources_of(entry):
    """The texts that an entry translates: one, or the two of a plural."""
    return list(filter(None, [entry.msgid, entry.msgid_plural]))


def forms_needed(file):
    """How many forms a plural has in this catalogue; two where its header does not say."""
    return plural_count(file) or 2


def put(entry, forms):
    """Give an entry its words; whoever saves them vouches for them."""
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(forms))
    else:
        (entry.msgstr,) = forms
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None


def in_plain_letters(text):
    """A text as it is searched: whatever kind of space, apostrophe or capital is in it."""
    text = text.casefold().replace("’", "'")
    return " ".join(text.split())


@dataclass
class Field:
    """One text to type: the only one of an entry, or one of its plural forms."""

    name: str
    label: str
    text: str
    attributes: dict

    @property
    def widget(self):
        attributes = {"id": self.name, **self.attributes}
        return AdminAutoHeightTextInput().render(self.name, self.text, attributes)


@dataclass
class Row:
    """One entry in the form."""

    entry: object
    key: str
    seen: str
    fields: list
    names_of_source: list = field(default_factory=list)
    references: list = field(default_factory=list)
    reasons: list = field(default_factory=list)
    has_draft: bool = False
    waiting_over: str | None = None

    @property
    def sources(self):
        return sources_of(self.entry)


class RowMaker:
    """Makes rows from entries of one file, beside the same entries in other languages."""

    def __init__(self, file, language, others, drafts):
        direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
        self.attributes = {"lang": language, "dir": direction, "spellcheck": "true"}
        self.count = forms_needed(file)
        self.others = {code: entries_by_key(other) for code, other in others.items()}
        self.drafts = drafts

    def row(self, entry, typed=None, reasons=()):
        """A row that shows what was just typed, or waits to be written, or is in the file."""
        key, saved = key_of(entry), forms_of(entry)
        draft = self.drafts.get(key)
        references = list(self._references(key))
        sources = sources_of(entry)
        return Row(
            entry=entry,
            key=key,
            seen=digest_of(saved),
            fields=self._fields(entry, key, typed or draft or saved, bool(reasons)),
            names_of_source=[
                translated_language_name(code)
                for code, _name, forms in references
                if forms == sources
            ],
            references=[each for each in references if each[-1] != sources],
            reasons=list(reasons),
            has_draft=draft is not None,
            waiting_over=" / ".join(saved) if draft and not typed else None,
        )

    def texts_elsewhere(self, key):
        """The words for an entry in the other languages."""
        for code, entries in self.others.items():
            if (entry := entries.get(key)) and all(forms_of(entry)):
                yield code, forms_of(entry)

    def _references(self, key):
        for code, forms in self.texts_elsewhere(key):
            yield code, capfirst(translated_language_name(code)), forms

    def _fields(self, entry, key, texts, is_refused):
        attributes = {**self.attributes, "aria-describedby": f"source-{key}"}
        if is_refused:
            attributes |= {"aria-invalid": "true", "aria-describedby": f"source-{key} reason-{key}"}
        if not entry.msgid_plural:
            return [Field(f"m_{key}", "", texts[0] if texts else "", attributes)]
        texts = [*texts, *[""] * self.count][: self.count]
        return [
            Field(f"m_{key}_{number}", label, text, attributes)
            for number, (label, text) in enumerate(zip(self._labels(), texts, strict=True))
        ]

    def _labels(self):
        """What each plural form is for."""
        if self.count == 2:
            return [_("for one"), _("for several")]
        return [_("form %(number)s") % {"number": number + 1} for number in range(self.count)]
