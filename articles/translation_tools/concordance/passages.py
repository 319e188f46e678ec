"""The passages of a page that are translated, as its record says, with their alignment."""

from dataclasses import dataclass
from hashlib import sha256

from django.utils.dateparse import parse_datetime

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.translations.comparing import compare
from diptych.articles.languages.translations.units import units_in
from diptych.articles.translation_tools.aligning import aligned
from diptych.articles.translation_tools.exporting import entries_of
from diptych.articles.translation_tools.machine.passages import has_changed

#: The longest passage that is kept, in characters.
LONGEST = 10_000


@dataclass(frozen=True)
class Written:
    """A passage in one language, as it is stored in an ``AlignedText``."""

    text: str
    is_published: bool
    is_outdated: bool = False
    translated_at: object = None


def texts_of(page, draft):
    """``{(group, language): Written}`` of a page and of its newest draft, which may be the page.

    What the draft says like the page is there once. Passages that nobody has confirmed are open,
    and left out.
    """
    found = {}
    published = list(_groups(page))
    for key, texts in published:
        for language, (text, *rest) in texts.items():
            found[_number(page.pk, "page", key), language] = Written(text, True, *rest)
    if draft is page:
        return found
    known = {key: _plain(texts) for key, texts in published}
    visible = {
        (language, text) for _key, texts in published for language, (text, *_rest) in texts.items()
    } | {(draft.source_language, text) for text in _sources(page, draft.source_language)}
    for key, texts in _groups(draft):
        if known.get(key) == _plain(texts):
            continue
        for language, (text, *rest) in texts.items():
            number = _number(page.pk, "draft", key)
            found[number, language] = Written(text, (language, text) in visible, *rest)
    return found


def _plain(texts):
    return {language: values[:2] for language, values in texts.items()}


def _sources(page, language):
    """The passages of a page in one language, translated or not."""
    return {passage.text for unit in units_in(page, language).values() for passage in unit.passages}


def _groups(page):
    """``(key, {language: (text, is outdated, when it was translated)})`` of each source passage."""
    groups = {}
    for language in available_languages():
        for place in compare(page, language):
            if place.source is None or place.target is None or not place.source.has_words:
                continue
            for number, pair, is_outdated in _pairs(place):
                texts = groups.setdefault(f"{place.source.key}:{number}", {})
                texts[page.source_language] = (pair.source.text, False, None)
                texts[language] = (pair.target.text, is_outdated, _when(place.entry))
    return groups.items()


def _pairs(place):
    unit = aligned(place.source, place.target, place.entry)
    for number, (pair, entry) in enumerate(entries_of(place, unit, "")):
        if entry.target is None or entry.state not in ("translated", "outdated"):
            continue
        if pair.target.has_words and max(len(pair.source.text), len(pair.target.text)) <= LONGEST:
            is_outdated = entry.state == "outdated" and has_changed(place, pair)
            yield number, pair, is_outdated


def _when(entry):
    return parse_datetime(entry["at"]) if entry and entry.get("at") else None


def _number(page_id, version, key):
    """The group of a passage: the same whenever it is computed, and positive."""
    digest = sha256(f"{page_id}:{version}:{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
