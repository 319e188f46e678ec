"""The rows of the form of a catalogue: one for each text."""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import get_language_info
from wagtail.admin.widgets import AdminAutoHeightTextInput

from diptych.articles.interface_texts.catalogues import (
    context_of,
    entries_by_key,
    entry_key,
    forms_needed,
    sources_of,
    translation_digest,
)
from diptych.articles.interface_texts.saving import form_labels
from diptych.articles.interface_texts.validation import forms_of
from diptych.articles.languages.config.language_config import translated_language_name

#: How many former texts are offered for each text.
MOST_FORMER = 5


@dataclass
class TextField:
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
    """One entry: its source, its translations into other languages, and its fields.

    ``source_languages`` names the languages whose translation is the source itself;
    ``places`` are the kinds of pages that show it; ``undo`` is the change that wrote the text of
    the file, ``former`` lists changes that replaced other texts; ``waiting_over`` is the text of
    the file if an unwritten one is shown, ``unconfirmed`` the translation to be confirmed.
    """

    entry: object
    key: str
    seen: str
    fields: list
    source_languages: list = field(default_factory=list)
    references: list = field(default_factory=list)
    places: list = field(default_factory=list)
    undo: object = None
    former: list = field(default_factory=list)
    reasons: list = field(default_factory=list)
    is_unwritten: bool = False
    waiting_over: str | None = None
    unconfirmed: object = None

    @property
    def sources(self):
        return sources_of(self.entry)

    @property
    def waiting(self):
        """The digest of the translation to be confirmed, as :attr:`seen` is that of the file."""
        return translation_digest(self.unconfirmed.forms)

    @property
    def text_for_readers(self):
        """What the file says, in one line; empty where readers see the source."""
        return " / ".join(filter(None, forms_of(self.entry))) if self.entry.translated() else ""

    @property
    def context(self):
        return context_of(self.entry)


class OtherLanguages:
    """The same catalogue in other languages; ``files`` maps languages to parsed catalogues."""

    def __init__(self, files):
        self.entries = {code: entries_by_key(file) for code, file in files.items()}

    def translations_of(self, key):
        """Yield the language and the forms of each complete translation of an entry."""
        for code, entries in self.entries.items():
            if (entry := entries.get(key)) and all(forms_of(entry)):
                yield code, forms_of(entry)


class RowBuilder:
    """Builds rows from the entries of one file, :class:`OtherLanguages`, and changes.

    ``places`` gives the places of an entry, ``changes`` maps keys to saved changes, newest first,
    ``unconfirmed`` to the translation that is to be confirmed.
    """

    def __init__(self, file, language, others, unwritten, places, changes, unconfirmed):
        direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
        self.attributes = {"lang": language, "dir": direction, "spellcheck": "true"}
        self.file = file
        self.others = others
        self.unwritten = unwritten
        self.places = places
        self.changes = changes
        self.unconfirmed = unconfirmed

    def row(self, entry, typed=None, reasons=()):
        """Build a row with the text just typed, else an unwritten one, else that of the file.

        One that is to be confirmed stands in the place of that of the file.
        """
        key, saved = entry_key(entry), forms_of(entry)
        unwritten = self.unwritten.get(key)
        unconfirmed = None if unwritten else self.unconfirmed.get(key)
        known = unconfirmed.forms if unconfirmed else saved
        references = list(self._references(key))
        sources = sources_of(entry)
        undo, former = _offered(self.changes.get(key, ()), saved, entry.fuzzy)
        return Row(
            entry=entry,
            key=key,
            seen=translation_digest(saved),
            fields=self._fields(entry, key, typed or unwritten or known, bool(reasons)),
            source_languages=[
                translated_language_name(code)
                for code, _name, forms in references
                if forms == sources
            ],
            references=[each for each in references if each[-1] != sources],
            places=self.places(entry),
            undo=undo,
            former=former,
            reasons=list(reasons),
            is_unwritten=unwritten is not None,
            waiting_over=" / ".join(saved) if unwritten and not typed else None,
            unconfirmed=unconfirmed,
        )

    def _references(self, key):
        for code, forms in self.others.translations_of(key):
            yield code, capfirst(translated_language_name(code)), forms

    def _fields(self, entry, key, texts, is_refused):
        attributes = {**self.attributes, "aria-describedby": f"source-{key}"}
        if is_refused:
            attributes |= {"aria-invalid": "true", "aria-describedby": f"source-{key} reason-{key}"}
        if not entry.msgid_plural:
            return [TextField(f"m_{key}", "", texts[0] if texts else "", attributes)]
        count = forms_needed(entry, self.file)
        texts = [*texts, *[""] * count][:count]
        return [
            TextField(f"m_{key}_{number}", label, text, attributes)
            for number, (label, text) in enumerate(zip(form_labels(count), texts, strict=True))
        ]


def _offered(changes, saved, is_fuzzy):
    """Return the change that can be undone, if the file still has its text, and the others.

    Each text is offered once, and never the one that the file has.
    """
    undo = next(iter(changes), None)
    if undo and (undo.after != saved or is_fuzzy):
        undo = None
    seen = {tuple(saved), *([tuple(undo.before)] if undo else [])}
    former = []
    for change in changes:
        if tuple(change.before) not in seen:
            seen.add(tuple(change.before))
            former.append(change)
    return undo, former[:MOST_FORMER]
