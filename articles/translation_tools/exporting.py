"""A page as a :class:`TranslationFile`: its source and what is translated of it."""

import re
from hashlib import sha256

from diptych.articles.languages.translations.comparing import compare
from diptych.articles.languages.translations.units import label_of
from diptych.articles.translation_tools.aligning import aligned
from diptych.articles.translation_tools.translation_file import Entry, TranslationFile


def original_of(page):
    return f"page-{page.pk}"


def page_of(file):
    """The primary key of the page that a file names, ``None`` for anything else."""
    found = re.fullmatch(r"page-([0-9]{1,18})", file.original)
    return int(found[1]) if found else None


def file_of(draft, language):
    """The :class:`TranslationFile` of a draft for its translation into ``language``."""
    units = []
    for place in compare(draft, language):
        if place.source is None or not place.source.has_words:
            continue
        label = label_of(draft, place.source)
        unit = aligned(place.source, place.target, place.entry)
        entries = [entry for _pair, entry in entries_of(place, unit, label)]
        units.append((unit_id(place.source.key), label, entries))
    return TranslationFile(
        original_of(draft),
        draft.source_language,
        language,
        str(draft.text_in("headline", draft.source_language) or draft.title),
        [each for each in units if each[2]],
    )


def entries_of(place, unit, label):
    """``(pair, entry)`` for each segment with words of a ``place`` and its aligned ``unit``."""
    unconfirmed = {each.passage.fingerprint for each in place.left if each.origin}
    copied = {each.passage.fingerprint for each in place.left if not each.origin}
    for number, pair in enumerate(unit.pairs):
        if not pair.source.has_words:
            continue
        target = pair.target
        if place.is_copy or (target is not None and target.fingerprint in copied):
            target = None
        entry = Entry(
            entry_id(place.source.key, number, pair),
            pair.source.pieces,
            pair.target_pieces if target is not None else None,
            _state(place, target, unconfirmed),
            [label],
        )
        yield pair, entry


def _state(place, target, unconfirmed):
    if target is None or not target.text:
        return "initial"
    if target.fingerprint in unconfirmed:
        return "unconfirmed"
    return "outdated" if place.status == "outdated" else "translated"


# Names of segments


def unit_id(key):
    """The key of a unit in characters that every format takes."""
    return re.sub(r"[^\w.-]", "_", key)


def entry_id(key, number, pair):
    """The name of a segment, with the state of source and target when it was written."""
    return f"{unit_id(key)}:{number}:{mark_of(pair.source)}:{mark_of(pair.target)}"


def mark_of(segment):
    """A short hash of the text and codes of a segment, ``"0"`` without a text or for ``None``."""
    if segment is None or not segment.text:
        return "0"
    text = "".join(
        each if isinstance(each, str) else f"\0{each.part}{each.name}" for each in segment.pieces
    )
    return sha256(" ".join(text.split()).encode()).hexdigest()[:10]
