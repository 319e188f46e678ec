"""In how many articles of a language each term stands, which says how much it is worth."""

import zlib
from dataclasses import dataclass, field

import numpy as np

#: So many terms are remembered, those that stand in most articles.
LARGEST = 600_000
#: While articles are counted, at most so many terms are kept in mind.
ROOM = 8 * LARGEST
#: A term that stands in a larger part of all articles says nothing about any of them…
COMMON = 0.5
#: …unless there are hardly any articles.
FEW = 3
MOST = np.iinfo(np.uint16).max


def _empty():
    return np.empty(0, dtype=np.uint32)


@dataclass
class Vocabulary:
    """The terms that stand in most articles of a language; in a small journal, all of them.

    ``terms`` are in ascending order, ``counts`` says in how many of the ``articles`` each stands.
    """

    articles: int = 0
    terms: np.ndarray = field(default_factory=_empty)
    counts: np.ndarray = field(default_factory=_empty)

    def counts_of(self, terms):
        """In how many articles each of ``terms`` stands; 0 for one that is not remembered."""
        if not len(self.terms):
            return np.zeros(len(terms), dtype=np.uint32)
        places = np.minimum(np.searchsorted(self.terms, terms), len(self.terms) - 1)
        return np.where(self.terms[places] == terms, self.counts[places], 0)

    def worth_of(self, counts):
        """What terms are worth that stand in so many articles each; nothing if in most of them."""
        rarity = np.log((self.articles + FEW) / np.maximum(counts, 2))
        is_common = counts > max(FEW, COMMON * self.articles)
        return np.where(is_common, 0, rarity).astype(np.float32)

    def packed(self):
        # The largest journals have more articles than the number has room for, with terms that
        # are then worth nothing anyway.
        counts = np.minimum(self.counts, MOST).astype("<u2")
        return zlib.compress(self.terms.astype("<u4").tobytes() + counts.tobytes(), 1)

    def with_more(self, articles):
        """The same with more articles, each of which is its terms."""
        counting = Counting()
        counting.articles, counting.terms, counting.counts = self.articles, self.terms, self.counts
        for terms in articles:
            counting.add(terms)
        return counting.vocabulary()

    @classmethod
    def unpacked(cls, articles, packed):
        stored = zlib.decompress(packed)
        length = len(stored) // 6
        terms = np.frombuffer(stored, "<u4", length).astype(np.uint32)
        counts = np.frombuffer(stored, "<u2", length, length * 4).astype(np.uint32)
        return cls(articles, terms, counts)


class Counting:
    """Counts the articles of each term, in memory that does not grow with their number.

    When there are too many terms, those that have been met least are forgotten: they are not
    among the ones that are remembered in the end.
    """

    def __init__(self, room=ROOM):
        self.room = room
        self.articles = 0
        self.terms, self.counts = _empty(), _empty()
        self._waiting, self._size = [], 0

    def add(self, terms):
        """Count one more article, with each of its ``terms`` once."""
        self.articles += 1
        self._waiting.append(terms)
        self._size += len(terms)
        if self._size > self.room // 2:
            self._merge()

    def _merge(self):
        terms, counts = np.unique(np.concatenate([_empty(), *self._waiting]), return_counts=True)
        self._waiting, self._size = [], 0
        every, places = np.unique(np.concatenate([self.terms, terms]), return_inverse=True)
        sums = np.zeros(len(every), dtype=np.uint32)
        sums[places[: len(self.terms)]] += self.counts
        sums[places[len(self.terms) :]] += counts.astype(np.uint32)
        self.terms, self.counts = _most_frequent(every, sums, self.room, least=1)

    def vocabulary(self, largest=LARGEST):
        """The :class:`Vocabulary` of the articles counted so far."""
        self._merge()
        terms, counts = _most_frequent(self.terms, self.counts, largest, least=1)
        return Vocabulary(self.articles, terms, counts)


def _most_frequent(terms, counts, largest, least):
    """The terms with the highest ``counts``, which are ``least`` at least; as many as fit."""
    while (counts >= least).sum() > largest:
        least += 1
    kept = counts >= least
    return terms[kept], counts[kept]
