"""All vectors of a small language, cached in memory; changed ones are read again.

The weight of a term depends on the number of articles with it, so a changed article changes the
weights of others. They are computed from the document frequency stored with each term.
"""

from threading import Lock

import numpy as np

from diptych.articles.related.frequencies import (
    MAX_COUNTED,
    MAX_REMEMBERED,
    DocumentFrequencies,
    FrequencyCounter,
    most_frequent,
)
from diptych.articles.related.terms import BIGRAM
from diptych.articles.related.vectors import Vector


class WholeLanguage:
    """The vectors of all articles of one language.

    ``stamps()`` gives a text for each row that changes with its vector. ``stored(rows)`` yields
    ``(row, page, terms, counts, is_thin)`` for each of ``rows``, or for all.
    """

    def __init__(self, stamps, stored):
        self._read_stamps, self._stored = stamps, stored
        self._lock = Lock()
        self._forget()

    def _forget(self):
        #: The text of each row, to detect changes.
        self._stamps = {}
        #: The page, the number of terms and the thinness of each row, in order.
        self._articles = {}
        #: The terms of all articles, concatenated; parallel to each the square root of its
        #: count, and its document frequency.
        self._terms = np.empty(0, np.uint32)
        self._roots = np.empty(0, np.float32)
        self._counts = np.empty(0, np.uint32)
        #: All terms in ascending order, and how many articles have each.
        self._known = DocumentFrequencies()
        self._read = None

    def read(self):
        """The :class:`DocumentFrequencies`, and ``(row, page, vector)`` of each article.

        A transaction that was rolled back may have been read: every row is compared.
        """
        with self._lock:
            stamps = self._read_stamps()
            if self._read is None or stamps != self._stamps:
                self._update(stamps)
            return self._read

    def _update(self, stamps):
        changed = {row for row, stamp in stamps.items() if self._stamps.get(row) != stamp}
        gone = self._articles.keys() - (stamps.keys() - changed)
        # Read before anything is altered, as reading may fail.
        if 2 * len(changed) > len(stamps) or len(self._known.terms) > MAX_COUNTED // 2:
            read = list(self._stored())
            self._forget()
            self._add(read)
        else:
            read = list(self._stored(changed))
            self._add(read, self._remove(gone))
        self._stamps = stamps
        frequencies = DocumentFrequencies(
            len(self._articles),
            *most_frequent(self._known.terms, self._known.counts, MAX_REMEMBERED),
        )
        self._read = frequencies, self._weighted(frequencies)

    def _remove(self, rows):
        """Leave out the articles of ``rows``; returns their terms."""
        sizes = np.array([size for _page, size, _is_thin in self._articles.values()], int)
        left = np.repeat([row not in rows for row in self._articles], sizes).astype(bool)
        removed = self._terms[~left]
        self._terms, self._roots = self._terms[left], self._roots[left]
        self._counts = self._counts[left]
        for row in rows:
            del self._articles[row]
        return removed

    def _add(self, read, removed=None):
        """Put articles behind the others, after the terms ``removed`` were."""
        terms = np.concatenate([np.empty(0, np.uint32), *(each[2] for each in read)])
        counts = np.concatenate([np.empty(0, np.uint8), *(each[3] for each in read)])
        if removed is None:
            counter = FrequencyCounter()
            for each in read:
                counter.add(each[2])
            self._known = counter.frequencies(MAX_COUNTED)
        else:
            self._count(removed, terms)
        self._articles |= {row: (page, len(own), thin) for row, page, own, _counts, thin in read}
        self._terms = np.concatenate([self._terms, terms])
        self._roots = np.concatenate([self._roots, np.sqrt(counts, dtype=np.float32)])
        found = self._known.counts_of(terms).astype(np.uint32)
        self._counts = np.concatenate([self._counts, found])

    def _count(self, removed, added):
        """Update the document frequencies of removed and added terms, also in all articles."""
        terms, places = np.unique(np.concatenate([removed, added]), return_inverse=True)
        signs = np.repeat([-1.0, 1.0], [len(removed), len(added)])
        changes = np.bincount(places, weights=signs, minlength=len(terms)).astype(np.int64)
        terms, changes = terms[changes != 0], changes[changes != 0]
        if not len(terms):
            return
        known, counts = self._known.terms, self._known.counts.astype(np.int64)
        at = np.searchsorted(known, terms)
        is_new = np.append(known, 0)[at] != terms
        is_new |= at == len(known)
        known = np.insert(known, at[is_new], terms[is_new])
        counts = np.insert(counts, at[is_new], 0)
        counts[np.searchsorted(known, terms)] += changes
        self._known = DocumentFrequencies(0, known, counts.astype(np.uint32))
        # Most terms are others, which half of the number mostly tells at once.
        halves = np.zeros(1 << 16, dtype=bool)
        halves[terms.astype(np.uint16)] = True
        likely = np.flatnonzero(halves[self._terms.astype(np.uint16)])
        places = np.minimum(np.searchsorted(terms, self._terms[likely]), len(terms) - 1)
        likely = likely[terms[places] == self._terms[likely]]
        self._counts[likely] = self._known.counts_of(self._terms[likely])

    def _weighted(self, frequencies):
        """``(row, page, vector)`` of each article, weighted by ``frequencies``."""
        counts = self._counts
        if len(frequencies.terms) < np.count_nonzero(self._known.counts):
            # Those of the fewest articles are not remembered.
            counts = np.where(counts >= min(frequencies.counts, default=0), counts, 0)
        weights = self._roots * _weights_by_count(frequencies, self._terms, counts)
        result, start = [], 0
        for row, (page, size, is_thin) in self._articles.items():
            own, part = self._terms[start : start + size], weights[start : start + size]
            norm = float(np.sqrt(part.dot(part)))
            result.append((row, page, Vector(own, part, norm, is_thin)))
            start += size
        return result


def _weights_by_count(frequencies, terms, counts):
    """The result of ``weights_of`` for ``terms`` with these document frequencies."""
    numbers = np.repeat(np.arange(frequencies.articles + 1), 2)
    are_bigrams = np.arange(len(numbers)) % 2 == 1
    weights = frequencies.weights_of_counts(numbers, are_bigrams)
    return weights.take(2 * counts + (terms >= BIGRAM))
