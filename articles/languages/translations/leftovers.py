"""Find the passages of a translation that are in another language, unconfirmed, empty or lost.

A passage counts as being in another language for one of two reasons. It stands word for word in the
source, and is not of a kind that may be the same in several languages: a word, a name, code, a
bibliographic reference. Or it has a dozen words and a detector registered for
:data:`~diptych.articles.languages.translations.passages.DETECTION` recognises another language.
Quotations, titles, code and passages marked as another language are left out of both.

A passage is unconfirmed while its text is one that :func:`mark_unconfirmed` has recorded, such as
that of a machine, wherever it stands, and nobody has confirmed the unit around it.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from wagtail import blocks

from diptych.articles.languages.config.content import children_of, count_words, is_table, texts_of
from diptych.articles.languages.translations.passages import Passage


@dataclass(frozen=True)
class Leftover:
    """A passage of which the ``text`` is in another ``language`` than its column.

    That is all of it if ``is_copy``, as it stands in the source; else a detector has recognised the
    language of the passage, or of sentences in it. One with an ``origin`` is unconfirmed, and in
    the language of its column.
    """

    passage: Passage
    language: str
    is_copy: bool
    text: str
    origin: str = ""


class Leftovers:
    """Finds the :class:`Leftover` passages of the units of one language.

    ``source`` holds the units of the source by key, none for the source itself. ``record`` is the
    provenance of the translation, see ``provenance``: ``copied_passages`` are those that stood in
    the source once, and ``same`` those that somebody confirmed, both as fingerprints by unit;
    ``unconfirmed`` has the origin of others by fingerprint.
    """

    def __init__(self, language, source_language, source, record, proper_names=()):
        self.language, self.source_language = language, source_language
        self.proper_names = proper_names
        self.copied, self.same = record.get("copied_passages", {}), record.get("same", {})
        self.basis = record.get("basis", {})
        self.unconfirmed = record.get("unconfirmed", {})
        self.in_source = {
            passage.fingerprint
            for unit in source.values()
            if unit.key not in proper_names
            for passage in unit.passages
            if not passage.may_be_the_same
        }

    def of(self, unit):
        """Those of ``unit`` that nobody has confirmed; ``()`` for ``None``."""
        if unit is None or self._is_confirmed(unit):
            return ()
        left = (self._left(unit, each) for each in unit.passages)
        return tuple(filter(None, left))

    def _is_confirmed(self, unit):
        """Whether somebody has confirmed the whole unit as it is."""
        entry = self.basis.get(unit.key)
        return bool(entry) and entry["how"] == "confirmed" and entry["target"] == unit.fingerprint

    def _is_settled(self, unit, passage):
        """Whether somebody has confirmed a passage, though the unit around it has changed since.

        In records without ``same``, a confirmed passage is one that stands in the text of the
        source.
        """
        if unit.key in self.same:
            return passage.fingerprint in self.same[unit.key]
        entry = self.basis.get(unit.key)
        if not entry or entry["how"] != "confirmed" or passage.fingerprint in self.unconfirmed:
            return False
        return passage.text in " ".join(entry["text"].split())

    def _left(self, unit, passage):
        if self._is_settled(unit, passage):
            return None
        if origin := self.unconfirmed.get(passage.fingerprint):
            return Leftover(passage, self.language, False, passage.text, origin)
        if unit.key in self.proper_names:
            return None
        is_copy = self._is_copied(unit, passage)
        if is_copy and passage.language_besides(self.source_language) != self.language:
            return Leftover(passage, self.source_language, True, passage.text)
        other = None if is_copy else passage.part_besides(self.language)
        return Leftover(passage, other[0], False, other[1]) if other else None

    def _is_copied(self, unit, passage):
        return passage.fingerprint in self.in_source or passage.fingerprint in self.copied.get(
            unit.key, ()
        )

    def record_parts(self, units):
        """The parts of the record of ``units`` that concern passages, to be stored."""
        copied = {
            key: [each.fingerprint for each in unit.passages if self._is_copied(unit, each)]
            for key, unit in units.items()
            if key not in self.proper_names
        }
        same = {
            key: [each.fingerprint for each in unit.passages if self._is_settled(unit, each)]
            for key, unit in units.items()
        }
        unconfirmed = {
            each.passage.fingerprint: each.origin
            for unit in units.values()
            for each in self.of(unit)
            if each.origin
        }
        parts = {"copied_passages": copied, "same": same, "unconfirmed": unconfirmed}
        return {
            name: {key: marks for key, marks in each.items() if marks}
            for name, each in parts.items()
            if any(each.values())
        }


# Parts without a text


_NOTHING = (None, None)


def untranslated_parts(source, target):
    """The texts of the unit ``source`` that are empty in ``target``; all of a copied table.

    Names count too, though they are often the same in both languages. Blocks of different types
    have no parts in common.
    """
    if source.block is None or target.block is None or source.block.name != target.block.name:
        return []
    return list(_empty_in(source.block, source.stored, target.stored))


def _empty_in(block, source, target):
    if not source:
        return
    if is_table(source):
        yield from _empty_cells(source, target)
    elif isinstance(block, (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock)):
        others = children_of(block, target) if target else []
        places = zip_longest(children_of(block, source), others, fillvalue=_NOTHING)
        for (child, value), (other, other_value) in places:
            if child is not None and (other is None or child.name == other.name):
                yield from _empty_in(child, value, other_value)
    elif not any(text.strip() for text in texts_of(block, target)):
        yield from (text for text in texts_of(block, source) if count_words(text))


def _empty_cells(source, target):
    """The cells of a table in whose place another has nothing; all words of one that is copied."""
    others = target.get("data") if isinstance(target, dict) else None
    if others == source["data"]:
        yield from (
            str(cell) for row in others or () for cell in row if count_words(str(cell or ""))
        )
        return
    for row, other_row in zip_longest(source["data"] or (), others or (), fillvalue=()):
        for cell, other in zip_longest(row, other_row):
            if count_words(str(cell or "")) and not str(other or "").strip():
                yield str(cell)


# Passages without a translation


def marks_of(unit):
    """The fingerprints of the passages of ``unit``."""
    return [each.fingerprint for each in unit.passages]


def lost_passages(entry, source, target):
    """The passages of ``source`` that had a translation in ``target``, or are new, and have none.

    ``entry`` has the ``passages`` of both from when all were translated, and how many ``words``
    those of the translation had. Passages that were merged, split or moved are not lost.
    """
    of_source, of_target = entry["passages"]
    if of_target == marks_of(target):
        return []
    places = _places_now(of_source, marks_of(source))
    lost, added = set(), 0
    for gone, come in _changes(of_target, marks_of(target)):
        added += max(len(come) - len(gone), 0)
        translations = [target.passages[number] for number in come]
        for number in _left_over(gone, translations, entry.get("words")):
            place = places.get(number * len(of_source) // len(of_target))
            lost.update([] if place is None else [source.passages[place]])
    new = [
        source.passages[number]
        for gone, come in _changes(of_source, marks_of(source))
        for number in come
        if not gone
    ]
    lost.update(new[added:])
    return [each for each in source.passages if each in lost]


def _changes(before, after):
    """For each run that differs, the positions removed from ``before`` and added in ``after``."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag != "equal":
            gone = [number for number in range(a1, a2) if before[number] not in after]
            yield gone, [number for number in range(b1, b2) if after[number] not in before]


def _places_now(before, after):
    """``{position in before: position in after}`` of the passages kept, changed or not."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return {
        a1 + offset: b1 + offset
        for _tag, a1, a2, b1, b2 in matcher.get_opcodes()
        if a2 - a1 == b2 - b1
        for offset in range(a2 - a1)
    }


def _left_over(gone, translations, words):
    """The passages ``gone`` that none of the fewer ``translations`` in their place covers.

    Decided by the numbers of words, which records of earlier releases lack.
    """
    if len(gone) <= len(translations) or (translations and not words):
        return []
    left = list(gone)
    for each in translations:
        left.remove(min(left, key=lambda number: abs(words[number] - each.words)))
    if translations:
        missing = sum(words[number] for number in gone) - sum(each.words for each in translations)
        return left if 2 * missing > sum(words[number] for number in left) else []
    return left
