"""Document frequencies: in how many articles of a language each term occurs, hence its weight."""

import zlib
from dataclasses import dataclass, field

import numpy as np

from diptych.articles.related.terms import BIGRAM

#: Terms that are remembered, those of the most articles; the others count as rare.
MAX_REMEMBERED = 600_000
#: Terms that are held in memory while articles are counted.
MAX_COUNTED = 8 * MAX_REMEMBERED
#: A term has no weight in more than this part of the articles, and a few.
COMMON, FEW = 0.27, 3
#: Weight of a bigram relative to a word of the same frequency.
BIGRAM_WEIGHT = 0.7


def _empty():
    return np.empty(0, dtype=np.uint32)


@dataclass
class DocumentFrequencies:
    """``terms`` in ascending order, and the number of ``articles`` that each occurs in."""

    articles: int = 0
    terms: np.ndarray = field(default_factory=_empty)
    counts: np.ndarray = field(default_factory=_empty)

    def counts_of(self, terms):
        """The document frequency of each of ``terms``; 0 for one that is not remembered."""
        if not len(self.terms):
            return np.zeros(len(terms), dtype=np.uint32)
        places = np.minimum(np.searchsorted(self.terms, terms), len(self.terms) - 1)
        return np.where(self.terms[places] == terms, self.counts[places], 0)

    def weights_of(self, terms):
        """The inverse document frequency of each of ``terms``, bigrams reduced, common ones 0."""
        return self.weights_of_counts(self.counts_of(terms), terms >= BIGRAM)

    def weights_of_counts(self, counts, is_bigram):
        """The weights of terms that so many articles have, of words or of bigrams."""
        weights = np.log((self.articles + FEW) / np.maximum(counts, 2))
        weights *= np.where(is_bigram, BIGRAM_WEIGHT, 1)
        weights[counts > COMMON * self.articles + FEW] = 0
        return weights.astype(np.float32)

    def packed(self):
        """The bytes stored for it, without the number of articles."""
        columns = self.terms.astype("<u4").tobytes() + self.counts.astype("<u4").tobytes()
        return zlib.compress(columns, 1)

    @classmethod
    def unpacked(cls, articles, packed):
        terms, counts = np.frombuffer(zlib.decompress(packed), "<u4").reshape(2, -1)
        return cls(articles, terms, counts)


class FrequencyCounter:
    """Counts document frequencies in bounded memory: of too many terms the rarest are dropped."""

    def __init__(self, limit=MAX_COUNTED):
        self.limit = limit
        self.articles = 0
        self.terms, self.counts = _empty(), _empty()
        self._added, self._size = [], 0

    def add(self, terms):
        """Count one more article, given each of its terms once."""
        self.articles += 1
        self._added.append(terms)
        self._size += len(terms)
        if self._size > self.limit // 2:
            self._merge()

    def _merge(self):
        terms, counts = np.unique(np.concatenate([_empty(), *self._added]), return_counts=True)
        self._added, self._size = [], 0
        every, places = np.unique(np.concatenate([self.terms, terms]), return_inverse=True)
        sums = np.zeros(len(every), dtype=np.uint32)
        sums[places[: len(self.terms)]] += self.counts
        sums[places[len(self.terms) :]] += counts.astype(np.uint32)
        self.terms, self.counts = most_frequent(every, sums, self.limit)

    def frequencies(self, limit=MAX_REMEMBERED):
        """The :class:`DocumentFrequencies` of the articles counted so far."""
        self._merge()
        return DocumentFrequencies(self.articles, *most_frequent(self.terms, self.counts, limit))


def most_frequent(terms, counts, limit):
    """At most ``limit`` of the terms, those with the highest counts."""
    least = 1
    while (counts >= least).sum() > limit:
        least += 1
    kept = counts >= least
    return terms[kept], counts[kept]
