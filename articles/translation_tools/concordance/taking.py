"""Judges the units of a TMX file: what a memory lacks, what it has, and what was corrected."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from hashlib import sha256

from diptych.articles.translation_tools.concordance.models import MemoryPair

TAKEN, REPLACED, UNCHANGED, REFUSED = "taken", "replaced", "unchanged", "refused"
#: Refused units that a report has.
SHOWN = 200


@dataclass
class Report:
    """How many units of a file became what, and the first refused ones.

    ``REPLACED`` counts the older pairs that go, the others the units of the file.
    """

    counts: Counter = field(default_factory=Counter)
    refused: list = field(default_factory=list)

    @property
    def changes(self):
        """How many passages are new, or replaced where none is."""
        return self.counts[TAKEN] or self.counts[REPLACED]


class Taking:
    """Judges a file, part by part, for a memory that has pairs, or ``None``.

    A unit corrects the pairs of the memory that have its ``tuid`` and one of its two texts: many
    programs only number their units, so the ``tuid`` alone names none. The file keeps a pair that
    stands in it, under whatever ``tuid``.
    """

    def __init__(self, memory, languages):
        self.memory, self.languages = memory, languages
        self.report = Report()
        #: The keys of all units so far, and of the pairs they correct, by primary key.
        self._keys, self._corrected = set(), {}

    def new_pairs(self, part):
        """The pairs of some units that the memory lacks; counts all of them."""
        pairs = [pair for unit in part if (pair := self._pair(unit))]
        known, older = self._stored(pairs)
        new = []
        for pair in pairs:
            related = [each for each in older[pair.unit] if _texts(each) & _texts(pair)]
            newer = [each for each in related if _is_older(pair, each)]
            self._corrected.update({each.pk: each.key for each in related if each not in newer})
            if newer or pair.key in known or pair.key in self._keys:
                self.report.counts[UNCHANGED] += 1
            else:
                self.report.counts[TAKEN] += 1
                new.append(pair)
            self._keys.add(pair.key)
        return new

    def replaced(self):
        """The primary keys of the pairs that the whole file corrected; counts them."""
        gone = [pk for pk, key in self._corrected.items() if key not in self._keys]
        self.report.counts[REPLACED] = len(gone)
        return gone

    def _pair(self, unit):
        """The pair of a unit; ``None``, and counted, for one that is refused."""
        if unit.reason:
            self.report.counts[REFUSED] += 1
            self.report.refused += [unit][: SHOWN - len(self.report.refused)]
            return None
        texts = sorted(zip(self.languages, (unit.text, unit.other_text), strict=True))
        return MemoryPair(
            memory=self.memory,
            language=self.languages[0],
            text=unit.text,
            other_language=self.languages[1],
            other_text=unit.other_text,
            written_at=unit.written_at,
            key=_hash(*(part for text in texts for part in text)),
            unit=_hash(unit.tuid, *sorted(self.languages)) if unit.tuid else "",
        )

    def _stored(self, pairs):
        """The keys of some pairs that the memory has, and its pairs of before by their units."""
        known, older = set(), defaultdict(list)
        if self.memory is not None:
            keys = {each.key for each in pairs}
            known.update(self.memory.pairs.filter(key__in=keys).values_list("key", flat=True))
            units = {each.unit for each in pairs} - {""}
            for each in self.memory.pairs.filter(unit__in=units):
                if each.key not in self._keys:
                    older[each.unit].append(each)
        return known, older


def _is_older(pair, other):
    """Whether ``pair`` was written before ``other``, as in a file from before a correction."""
    return bool(pair.written_at and other.written_at and pair.written_at < other.written_at)


def _texts(pair):
    return {(pair.language, pair.text), (pair.other_language, pair.other_text)}


def _hash(*parts):
    return sha256("\0".join(parts).encode()).hexdigest()[:32]
