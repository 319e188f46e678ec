"""The passages of a page that are translated, with their alignment.

They are aligned as the record of the page says. Those of texts that were written apart, whose
blocks have no id in common, are aligned by length and anchors.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256

from django.utils.dateparse import parse_datetime

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.translations.comparing import compare
from diptych.articles.languages.translations.units import units_in
from diptych.articles.translation_tools.aligning import aligned
from diptych.articles.translation_tools.concordance.alignment import Paragraph, align
from diptych.articles.translation_tools.exporting import entries_of
from diptych.articles.translation_tools.machine.passages import has_changed
from diptych.articles.translation_tools.segments import segments_of

#: The longest passage that is kept, in characters.
LONGEST = 10_000
_HOST = re.compile(r"https?://([^/\"\s]+)")


@dataclass(frozen=True)
class Written:
    """A passage in one language, as it is stored in an ``AlignedText``."""

    text: str
    is_published: bool
    is_outdated: bool = False
    translated_at: object = None
    is_machine_aligned: bool | None = None
    has_marks: bool | None = None


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
    """``(key, {language: values})`` of passages: a :class:`Written` but ``is_published``."""
    groups = {}
    for language in available_languages():
        places = compare(page, language)
        for key, (text, marks), (other, other_marks) in _aligned_by_machine(places):
            texts = groups.setdefault(key, {})
            texts[page.source_language] = (text, False, None, None, marks)
            texts[language] = (other, False, None, True, other_marks)
        for place in places:
            if place.source is None or place.target is None or not place.source.has_words:
                continue
            for number, pair, is_outdated in _pairs(place):
                texts = groups.setdefault(f"{place.source.key}:{number}", {})
                source, target, when = pair.source, pair.target, _when(place.entry)
                texts[page.source_language] = (source.text, False, None, None, _marks(source))
                texts[language] = (target.text, is_outdated, when, None, _marks(target))
    return groups.items()


def _pairs(place):
    unit = aligned(place.source, place.target, place.entry)
    for number, (pair, entry) in enumerate(entries_of(place, unit, "")):
        if entry.target is None or entry.state not in ("translated", "outdated"):
            continue
        if pair.target.has_words and max(len(pair.source.text), len(pair.target.text)) <= LONGEST:
            is_outdated = entry.state == "outdated" and has_changed(place, pair)
            yield number, pair, is_outdated


def _aligned_by_machine(places):
    """``(key, (text, has marks), (text, has marks) of the translation)`` that no record pairs."""
    for sources, targets in _unpaired(places):
        keys, texts = _paragraphs(sources, "source")
        _keys, others = _paragraphs(targets, "target")
        for link in align(texts, others):
            one, other = (
                _joined([paragraphs[number] for number in numbers])
                for paragraphs, numbers in ((texts, link.source), (others, link.target))
            )
            if max(len(one[0]), len(other[0])) <= LONGEST:
                yield f"aligned:{keys[link.source[0]]}:{len(link.source)}", one, other


def _joined(paragraphs):
    """The text of some paragraphs, and whether it has marks."""
    text = " ".join(each.text for each in paragraphs)
    return text, any(each.has_marks for each in paragraphs) or None


def _marks(segment):
    return segment.has_marks or None


def _unpaired(places):
    """``(places with a source, places with a translation)`` of each text that no record pairs.

    They are streams without a common id, and fields with other paragraphs in each language.
    """
    streams, paired = defaultdict(lambda: ([], [])), set()
    for place in places:
        if place.unit.is_block:
            sources, targets = streams[place.unit.field_name]
            sources += [place] * (place.source is not None)
            targets += [place] * (place.target is not None)
            if place.source and place.target:
                paired.add(place.unit.field_name)
        elif _is_unpaired(place):
            yield [place], [place]
    yield from (each for name, each in streams.items() if name not in paired and all(each))


def _is_unpaired(place):
    if place.status != "translated" or place.is_copy or not place.is_in_text:
        return False
    if place.source is None or place.target is None:
        return False
    unit = aligned(place.source, place.target, place.entry)
    return all(each.target is None for each in unit.pairs)


def _paragraphs(places, side):
    """``(keys, paragraphs)`` of one side of some places, without what is open."""
    keys, paragraphs = [], []
    for place in places:
        unit = getattr(place, side)
        is_open = {each.passage.fingerprint for each in place.left if side == "target"}
        for number, segment in enumerate(segments_of(unit)):
            if segment.has_words and segment.fingerprint not in is_open:
                keys.append(f"{unit.key}:{number}")
                kind = (unit.block_type, segment.element.rstrip("123456"))
                links = _links(segment)
                paragraphs.append(Paragraph(segment.text, kind, links, segment.has_marks))
    return keys, paragraphs


def _links(segment):
    """The tags of the links in a segment, and the sites that they lead to."""
    tags = [each.html for each in segment.codes if each.name == "a" and each.part == "start"]
    return (*tags, *(host for tag in tags for host in _HOST.findall(tag)))


def _when(entry):
    return parse_datetime(entry["at"]) if entry and entry.get("at") else None


def _number(page_id, version, key):
    """The group of a passage: the same whenever it is computed, and positive."""
    digest = sha256(f"{page_id}:{version}:{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
