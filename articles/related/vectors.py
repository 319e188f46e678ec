"""Term vectors: articles as weighted terms, and the cosine between them."""

import zlib
from dataclasses import dataclass

import numpy as np

#: Terms an article is found by, and terms by which it looks for candidates.
FOUND_BY, LOOKED_UP = 25, 60
#: Beyond so many articles, a term does not lead to more of them.
ENOUGH = 20


def pack(terms, counts):
    """The bytes stored for the terms of a text and their counts."""
    return zlib.compress(terms.astype("<u4").tobytes() + counts.tobytes(), 6)


def unpack(packed):
    """``(terms, counts)`` from stored bytes."""
    content = zlib.decompress(packed)
    size = len(content) // 5
    return np.frombuffer(content, "<u4", size), np.frombuffer(content, np.uint8, size, 4 * size)


@dataclass(slots=True)
class Vector:
    """The weighted terms of a text; ``terms`` are in ascending order."""

    terms: np.ndarray
    weights: np.ndarray
    norm: float
    #: Whether the text is little more than headline and lead.
    is_thin: bool = False

    @classmethod
    def weighted(cls, terms, counts, frequencies, is_thin=False):
        """The vector of counted terms: the root of the count by the weight of the term."""
        return cls.all_weighted([(terms, counts, is_thin)], frequencies)[0]

    @classmethod
    def all_weighted(cls, counted, frequencies):
        """The vectors of several ``(terms, counts, is_thin)``, weighted at once."""
        terms = np.concatenate([each[0] for each in counted])
        counts = np.concatenate([each[1] for each in counted])
        weights = np.sqrt(counts, dtype=np.float32) * frequencies.weights_of(terms)
        ends = np.cumsum([len(each[0]) for each in counted])
        return [
            cls(own, part, float(np.sqrt(part.dot(part))), is_thin)
            for (own, _counts, is_thin), part in zip(
                counted, np.split(weights, ends[:-1]), strict=True
            )
        ]

    def leading(self, frequencies, number):
        """Places of the terms to find other articles by: heavy, and not too rare; best first."""
        counts = np.clip(frequencies.counts_of(self.terms), 1, ENOUGH)
        order = np.argsort(-self.weights * np.sqrt(counts), kind="stable")[:number]
        return order[self.weights[order] > 0]

    def shared(self, other):
        """The terms of both with their weight in the product, the heaviest first."""
        terms, own, theirs = np.intersect1d(self.terms, other.terms, return_indices=True)
        weights = self.weights[own] * other.weights[theirs]
        order = np.argsort(-weights, kind="stable")
        return terms[order[weights[order] > 0]]


class VectorBlock:
    """Vectors side by side, each of which is compared with another one at once."""

    def __init__(self, vectors):
        self.norms = np.array([each.norm for each in vectors])
        self.terms = np.concatenate([np.empty(0, dtype=np.uint32), *(v.terms for v in vectors)])
        self.weights = np.concatenate([np.empty(0, np.float32), *(v.weights for v in vectors)])
        self.owners = np.repeat(
            np.arange(len(vectors)), np.array([len(v.terms) for v in vectors], int)
        )

    def products(self, vector):
        """The scalar product of ``vector`` with each."""
        if not len(vector.terms):
            return np.zeros(len(self.norms))
        # Most terms are not shared, which half of the number mostly tells at once.
        halves = np.zeros(1 << 16, dtype=bool)
        halves[vector.terms.astype(np.uint16)] = True
        likely = np.flatnonzero(halves[self.terms.astype(np.uint16)])
        places = np.minimum(
            np.searchsorted(vector.terms, self.terms[likely]), len(vector.terms) - 1
        )
        found = vector.terms[places] == self.terms[likely]
        likely, places = likely[found], places[found]
        values = vector.weights[places] * self.weights[likely]
        return np.bincount(self.owners[likely], weights=values, minlength=len(self.norms))
