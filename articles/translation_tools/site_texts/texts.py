"""The texts of a catalogue with what there is of their translation, and as a file."""

import re
from dataclasses import dataclass
from functools import cached_property

from diptych.articles.interface_texts.catalogues import (
    context_of,
    entries_by_key,
    forms_needed,
    sources_of,
)
from diptych.articles.interface_texts.places import ADMINISTRATION, places_of
from diptych.articles.interface_texts.saving import form_labels
from diptych.articles.interface_texts.site_catalogues import catalogues_in
from diptych.articles.interface_texts.unconfirmed import pending_in
from diptych.articles.interface_texts.validation import forms_of
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.translation_tools.exporting import mark_of
from diptych.articles.translation_tools.segments import Segment
from diptych.articles.translation_tools.site_texts import PREFIX
from diptych.articles.translation_tools.translation_file import Entry, TranslationFile

#: The language of programs, in which all catalogues have their texts.
SOURCE_LANGUAGE = "en"


def original_of(catalogue):
    """The name of a catalogue in files, the same in all languages."""
    return f"{PREFIX}{catalogue.number}"


def catalogue_of(file):
    """The catalogue that a :class:`TranslationFile` names, ``None`` if there is none."""
    found = re.fullmatch(rf"{PREFIX}([0-9]{{1,3}})", file.original)
    if not found or file.target_language not in available_languages():
        return None
    return dict(enumerate(catalogues_in(file.target_language))).get(int(found[1]))


@dataclass
class SiteText:
    """A text of a catalogue. ``sources`` and ``forms`` are what each plural form is translated from
    and its translation: that to be confirmed, if there is one, else that of the catalogue.

    ``state`` is that of an :class:`~.translation_file.Entry`.
    """

    entry: object
    key: str
    sources: list
    forms: list
    state: str

    @cached_property
    def label(self):
        """The kinds of pages on which it stands, the administration only if there is no other."""
        places = places_of(self.entry)
        shown = [each for each in places if each != ADMINISTRATION] or places
        return ", ".join(str(place.label) for place in shown)

    @property
    def is_for_readers(self):
        return places_of(self.entry) != [ADMINISTRATION]


def texts_of(catalogue, file, source=SOURCE_LANGUAGE):
    """Every :class:`SiteText` of ``file``, the parsed ``catalogue``, in its order.

    Texts without words in ``source`` are left out; in English all have some.
    """
    unconfirmed, words = pending_in(catalogue, file), _words_in(catalogue, source)
    for key, entry in entries_by_key(file).items():
        if key not in words and source != SOURCE_LANGUAGE:
            continue
        count, waiting = forms_needed(entry, file), unconfirmed.get(key)
        forms = waiting.forms if waiting else [*forms_of(entry), *[""] * count][:count]
        known = forms_of(words[key]) if key in words else sources_of(entry)
        sources = [known[0 if number == 0 and count > 1 else -1] for number in range(count)]
        state = "unconfirmed" if waiting else _state_of(entry, forms)
        yield SiteText(entry, key, sources, forms, state)


def other_sources(catalogue):
    """``(language, how many texts have no words in it)`` of the sources beside English.

    They are the languages of the site that have this catalogue, and any of its words.
    """
    file = catalogue.read()
    for language in available_languages():
        if language in (SOURCE_LANGUAGE, catalogue.language) or not catalogue.in_language(language):
            continue
        number = len(list(texts_of(catalogue, file, language)))
        if number:
            yield language, len(entries_by_key(file)) - number


def _words_in(catalogue, language):
    """The entries of a catalogue in another language, by key, as far as they have words."""
    other = catalogue.in_language(language)
    entries = entries_by_key(other.read()) if other else {}
    return {key: entry for key, entry in entries.items() if entry.translated()}


def _state_of(entry, forms):
    if not any(forms):
        return "initial"
    return "outdated" if entry.fuzzy else "translated"


# Files


def file_of(catalogue, source=SOURCE_LANGUAGE):
    """The :class:`TranslationFile` of a catalogue; each plural form is a text of its own."""
    units = []
    for text in texts_of(catalogue, catalogue.read(), source):
        entries = [
            Entry(
                entry_id(text, number),
                (source,),
                (form,) if form else None,
                text.state if form else "initial",
                _notes(text, number),
            )
            for number, (source, form) in enumerate(zip(text.sources, text.forms, strict=True))
        ]
        units.append((text.key, text.label, entries))
    names = original_of(catalogue), source, catalogue.language, catalogue.path.stem
    return TranslationFile(*names, units)


def entry_id(text, number):
    """The name of a form, with the state of source and translation when it was written."""
    marks = [mark_of(Segment((each[number],))) for each in (text.sources, text.forms)]
    return ":".join([text.key, str(number), *marks])


def _notes(text, number):
    form = form_labels(len(text.forms))[number] if text.entry.msgid_plural else ""
    return [each for each in (text.label, context_of(text.entry), form) if each]
