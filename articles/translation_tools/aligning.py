"""The segments of a unit of the source beside those of its translation."""

from dataclasses import dataclass, field

from diptych.articles.translation_tools.segments import (
    Code,
    Segment,
    rewritten,
    segments_in,
    segments_of,
    texts_in,
    with_texts,
)


@dataclass
class Pair:
    """A ``source`` segment and the ``target`` that translates it, which may be ``None``.

    The codes of both are numbered together: an element of the translation has the number of the
    same element in the source, and one that only the translation has a number of its own.
    """

    source: Segment
    target: Segment | None = None
    #: The number in ``target`` itself, by the common number.
    own_numbers: dict = field(default_factory=dict)

    def __post_init__(self):
        if self.target is not None:
            self.own_numbers = _common_numbers(self.source, self.target)

    @property
    def target_pieces(self):
        """The pieces of the translation with the common numbers, ``None`` without one."""
        if self.target is None:
            return None
        common = {own: number for number, own in self.own_numbers.items()}
        return tuple(
            each
            if isinstance(each, str)
            else Code(common[each.number], each.part, each.name, each.html)
            for each in self.target.pieces
        )

    @property
    def codes(self):
        """``{(common number, part): Code}`` of both; those of the translation come first."""
        found = {(each.number, each.part): each for each in self.source.codes}
        translated = [each for each in self.target_pieces or () if isinstance(each, Code)]
        return found | {(each.number, each.part): each for each in translated}


def _common_numbers(source, target):
    """``{number of source or a new one: number in target}``."""
    free = {each.number: each for each in source.codes if each.part != "end"}
    numbers, left = {}, []
    for is_same in (_is_equal, _has_name):
        left = [each for each in target.codes if each.part != "end"]
        for code in left:
            if code.number in numbers.values():
                continue
            number = next((n for n, each in free.items() if is_same(each, code)), None)
            if number is not None:
                numbers[number] = code.number
                del free[number]
    last = max(source.numbers, default=0)
    for code in left:
        if code.number not in numbers.values():
            last += 1
            numbers[last] = code.number
    return numbers


def _is_equal(one, other):
    return (one.name, one.part, one.html) == (other.name, other.part, other.html)


def _has_name(one, other):
    return (one.name, one.part) == (other.name, other.part)


@dataclass
class AlignedUnit:
    """A unit of the source and its ``target`` unit, with a :class:`Pair` for each segment.

    Where both have the same segments in the same places, ``is_parallel``, the stored translation is
    changed; else one is made of the source. ``gaps`` are the texts that are still empty in a
    translation of the same blocks, ``(number of the text, places of its segments, its source)``.
    """

    source: object
    target: object
    pairs: list
    is_parallel: bool
    gaps: tuple = ()

    @property
    def is_writable(self):
        """Whether its segments can be written one by one, without losing any text."""
        return self.is_parallel or not self.has_other_text

    @property
    def has_other_text(self):
        """Whether the translation has words that no pair shows."""
        shown = {pair.target.fingerprint for pair in self.pairs if pair.target is not None}
        return any(each.fingerprint not in shown for each in _words_of(self.target))

    def stored_with(self, pieces):
        """The stored translation with the ``pieces`` of some segments, by their place.

        Segments without a translation have the text of the source.
        """
        base, left_out = self._base_for(pieces)
        places = (place for place in range(len(self.pairs)) if place not in left_out)

        def write(segment):
            place = next(places)
            new = pieces.get(place)
            if new is None:
                new = None if self.is_parallel else self.pairs[place].target_pieces
            return None if new is None else self._resolved(self.pairs[place], segment, new)

        return rewritten(self.source, base, write)

    def _base_for(self, pieces):
        """``(what is written anew, places of the segments that are not in it)``.

        Gaps have the text of the source as soon as one of their segments is written.
        """
        if not self.is_parallel:
            return self.source.stored, set()
        due = [each for each in self.gaps if pieces.keys() & set(each[1])]
        left_out = {place for each in self.gaps if each not in due for place in each[1]}
        if not due:
            return self.target.stored, left_out
        return with_texts(self.target, {number: value for number, _p, value in due}), left_out

    def _resolved(self, pair, segment, pieces):
        """``pieces`` with those notes of ``segment`` whose texts are written with it."""
        own = {each.number: each for each in segment.codes if each.is_note}
        return [
            each
            if isinstance(each, str)
            else own.get(self._number_in_base(pair, each), pair.codes[each.number, each.part])
            for each in pieces
        ]

    def _number_in_base(self, pair, code):
        is_of_target = self.is_parallel and pair.target is not None
        return pair.own_numbers.get(code.number) if is_of_target else code.number


def aligned(source, target, entry=None):
    """The :class:`AlignedUnit` of two units; ``target`` may be ``None``.

    ``entry`` is the record of the translation, see ``provenance``: by it the passages are found
    again where paragraphs of the source were added, removed or moved since.
    """
    segments = segments_of(source)
    others = segments_of(target) if target is not None else []
    if target is not None and _kinds(segments) == _kinds(others):
        pairs = [Pair(*each) for each in zip(segments, others, strict=True)]
        return AlignedUnit(source, target, pairs, True)
    if target is not None and (filled := _with_gaps(source, target)):
        return filled
    known = _known(source, target, entry) if target is not None and entry else {}
    pairs = [Pair(each, known.get(each.fingerprint)) for each in segments]
    return AlignedUnit(source, target, pairs, False)


def _with_gaps(source, target):
    """The :class:`AlignedUnit` of the same blocks, of which some texts are empty in ``target``.

    ``None`` where the texts are others.
    """
    if source.block is None or target.block is None:
        return None
    texts, others = texts_in(source), texts_in(target)
    if [block.name for block, _value in texts] != [block.name for block, _value in others]:
        return None
    pairs, gaps = [], []
    for number, (text, other) in enumerate(zip(texts, others, strict=True)):
        segments, translated = segments_in(*text), segments_in(*other)
        if segments and not translated:
            places = range(len(pairs), len(pairs) + len(segments))
            gaps.append((number, places, text[1]))
            pairs += map(Pair, segments)
        elif _kinds(segments) == _kinds(translated):
            pairs += [Pair(*each) for each in zip(segments, translated, strict=True)]
        else:
            return None
    return AlignedUnit(source, target, pairs, True, tuple(gaps))


def _kinds(segments):
    return [(each.is_rich, getattr(each.block, "name", "")) for each in segments]


def _words_of(unit):
    return [each for each in segments_of(unit) if each.has_words] if unit is not None else []


def _known(source, target, entry):
    """``{fingerprint of a source passage: its translated segment}`` by the record."""
    of_source, of_target = entry.get("passages", ((), ()))
    words = _words_of(target)
    is_as_recorded = [each.fingerprint for each in words] == list(of_target)
    if len(of_source) != len(of_target) or not is_as_recorded:
        return {}
    return dict(zip(of_source, words, strict=True))
