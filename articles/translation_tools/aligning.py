"""The segments of a unit of the source beside those of its translation."""

from dataclasses import dataclass, field

from diptych.articles.translation_tools.segments import Code, Segment, rewritten, segments_of


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
    changed; else one is made of the source.
    """

    source: object
    target: object
    pairs: list
    is_parallel: bool

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
        base = self.target if self.is_parallel else self.source
        places = iter(range(len(self.pairs)))

        def write(segment):
            place = next(places)
            new = pieces.get(place)
            if new is None:
                new = None if self.is_parallel else self.pairs[place].target_pieces
            return None if new is None else self._resolved(self.pairs[place], segment, new)

        return rewritten(self.source, base.stored, write)

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
        return pair.own_numbers.get(code.number) if self.is_parallel else code.number


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
    known = _known(source, target, entry) if target is not None and entry else {}
    pairs = [Pair(each, known.get(each.fingerprint)) for each in segments]
    return AlignedUnit(source, target, pairs, False)


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
