"""What a text says in numbers: its telling terms, and how near it is to another."""

import zlib
from dataclasses import dataclass

import numpy as np

from articles.related.words import PAIR

#: So many words and pairs of an article are compared, those that tell most of it.
WORDS, PAIRS = 250, 50
#: By so many terms an article is found…
FOUND_BY = 30
#: …and for so many it looks through those that others are found by.
LOOKED_UP = 60
#: From so many articles on, a term that stands in more of them leads to no more of them.
ENOUGH = 20
#: A term nobody else uses counts if its article says it as often: others may follow.
REPEATED = 2

#: The terms of stored texts have 24 bits, the highest for pairs.
BITS = 24
PAIR_BIT = np.uint32(1 << (BITS - 1))
LOW_BITS = np.uint32((1 << (BITS - 1)) - 1)
#: How often a term occurs is stored in seven bits, beside one for those an article is found by.
MOST, IS_FOUND_BY = 127, 128
#: A stream of zlib without its head and its sum.
RAW = -15


@dataclass
class Text:
    """The telling terms of an article in one language.

    ``terms`` are in ascending order, ``counts`` says how often each occurs, and ``length`` is
    that of the vector they are. ``found_by`` marks the terms by which others find it. Only a
    text that has just been read has ``worth``, what each of its terms is worth.
    """

    terms: np.ndarray
    counts: np.ndarray
    found_by: np.ndarray
    length: float
    is_thin: bool = False
    worth: np.ndarray | None = None
    #: The places of the terms by which it looks for others, the best first.
    leading: np.ndarray | None = None

    @classmethod
    def read(cls, terms, counts, vocabulary, is_thin=False):
        """A text from all its ``terms`` and how often each occurs."""
        known = vocabulary.counts_of(terms)
        worth = vocabulary.worth_of(known)
        weights = np.sqrt(counts) * worth
        kept = _telling(terms, weights, (worth > 0) & ((known >= 2) | (counts >= REPEATED)))
        terms, counts, known = terms[kept], counts[kept], known[kept]
        reach = np.sqrt(np.minimum(np.maximum(known, 1), ENOUGH))
        order = np.argsort(-weights[kept] * reach, kind="stable")
        found_by = np.zeros(len(kept), dtype=bool)
        found_by[order[:FOUND_BY]] = True
        text = cls(
            shortened(terms),
            np.minimum(counts, MOST).astype(np.uint8),
            found_by,
            float(np.sqrt(np.square(weights[kept]).sum())),
            is_thin,
            worth[kept],
            order[:LOOKED_UP],
        )
        return text._sorted()

    def _sorted(self):
        """The same text with its shortened terms in ascending order."""
        places = np.argsort(self.terms, kind="stable")
        ranks = np.empty_like(places)
        ranks[places] = np.arange(len(places))
        for name in ("terms", "counts", "found_by", "worth"):
            setattr(self, name, getattr(self, name)[places])
        self.leading = ranks[self.leading].astype(np.uint16)
        return self

    @property
    def weights(self):
        return np.sqrt(self.counts) * self.worth

    @property
    def looked_up(self):
        """The terms by which this text looks for others, the best first, with their weights."""
        return self.terms[self.leading], self.weights[self.leading]

    def packed(self):
        """As it is stored: how far each term is from the one before, and how often it occurs.

        Two bytes of the distance are noise; only the third and the counts can be made smaller.
        """
        steps = np.diff(self.terms, prepend=np.uint32(0)).astype("<u4").view(np.uint8)
        low, middle, high, _none = steps.reshape(-1, 4).T
        marked = self.counts | np.where(self.found_by, IS_FOUND_BY, 0).astype(np.uint8)
        press = zlib.compressobj(9, zlib.DEFLATED, RAW, 9, zlib.Z_HUFFMAN_ONLY)
        pressed = press.compress(high.tobytes()) + press.flush(zlib.Z_FULL_FLUSH)
        pressed += press.compress(marked.tobytes()) + press.flush()
        return low.tobytes() + middle.tobytes() + pressed

    @classmethod
    def unpacked(cls, size, packed, length, is_thin=False):
        stored = np.frombuffer(packed, np.uint8, 2 * size).reshape(2, size)
        rest = zlib.decompress(packed[2 * size :], RAW)
        steps = np.zeros((size, 4), dtype=np.uint8)
        steps[:, :2] = stored.T
        steps[:, 2] = np.frombuffer(rest, np.uint8, size)
        terms = np.cumsum(steps.view("<u4").ravel(), dtype=np.uint32)
        marked = np.frombuffer(rest, np.uint8, size, size)
        return cls(terms, marked & MOST, marked >= IS_FOUND_BY, length, is_thin)


def shortened(terms):
    """Terms as texts are stored with: a pair stays a pair."""
    return (terms & LOW_BITS) | np.where(terms & PAIR, PAIR_BIT, 0).astype(np.uint32)


def _telling(terms, weights, candidates):
    """The places of the words and pairs that weigh most among ``candidates``."""
    is_pair = (terms & PAIR) > 0
    chosen = [
        _heaviest(np.flatnonzero(candidates & kind), weights, most)
        for kind, most in ((~is_pair, WORDS), (is_pair, PAIRS))
    ]
    return np.concatenate(chosen)


def _heaviest(places, weights, most):
    if len(places) <= most:
        return places
    return places[np.argsort(-weights[places], kind="stable")[:most]]


def products(text, others):
    """The scalar product of ``text``, which has just been read, with each of ``others``."""
    if not others or not len(text.terms):
        return np.zeros(len(others), dtype=np.float32)
    terms = np.concatenate([other.terms for other in others])
    counts = np.concatenate([other.counts for other in others])
    places = np.minimum(np.searchsorted(text.terms, terms), len(text.terms) - 1)
    shared = np.flatnonzero(text.terms[places] == terms)
    places = places[shared]
    values = text.weights[places] * np.sqrt(counts[shared]) * text.worth[places]
    sizes = np.array([len(other.terms) for other in others])
    owners = np.repeat(np.arange(len(others)), sizes)[shared]
    return np.bincount(owners, weights=values, minlength=len(others)).astype(np.float32)
