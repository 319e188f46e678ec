"""What a text says in numbers: its telling terms, and how near it is to another."""

import zlib
from dataclasses import dataclass

import numpy as np

from articles.related.words import PAIR

#: So many words and pairs of an article are compared, those that tell most of it.
WORDS, PAIRS = 250, 50
#: By so many terms an article is found…
FOUND_BY = 25
#: …and for so many it looks through those that others are found by.
LOOKED_UP = 60
#: From so many articles on, a term that stands in more of them leads to no more of them.
ENOUGH = 20
#: A term nobody else uses counts if its article says it as often: others may follow.
REPEATED = 2

#: How often a term occurs is stored in seven bits, beside one for those an article is found by.
MOST, IS_FOUND_BY = 127, 128
#: A stream of zlib without its head and its sum.
RAW = -15


@dataclass(slots=True)
class Text:
    """The telling terms of an article in one language.

    ``terms`` are in ascending order, ``counts`` says how often each occurs. ``found_by`` marks
    the terms by which others find it. What its terms are ``worth`` and the ``length`` of the
    vector they are follow from a vocabulary: see ``weigh``.
    """

    terms: np.ndarray
    counts: np.ndarray
    found_by: np.ndarray
    is_thin: bool = False
    worth: np.ndarray | None = None
    length: float = 0.0
    #: The places of the terms by which it looks for others, the best first. Only a text that has
    #: just been read has them.
    leading: np.ndarray | None = None

    @classmethod
    def read(cls, terms, counts, vocabulary, is_thin=False, is_counted=True):
        """A text from all its ``terms`` and how often each occurs.

        ``is_counted`` says whether the vocabulary knows of it.
        """
        counts = np.minimum(counts, MOST)
        known = vocabulary.counts_of(terms) + (not is_counted)
        worth = vocabulary.worth_of(known)
        weights = np.sqrt(counts) * worth
        kept = _telling(terms, weights, (worth > 0) & ((known >= 2) | (counts >= REPEATED)))
        terms, counts, known, weights = terms[kept], counts[kept], known[kept], weights[kept]
        reach = np.sqrt(np.minimum(np.maximum(known, 1), ENOUGH))
        order = np.argsort(-weights * reach, kind="stable").astype(np.uint16)
        found_by = np.zeros(len(kept), dtype=bool)
        found_by[order[:FOUND_BY]] = True
        return cls(
            terms,
            counts.astype(np.uint8),
            found_by,
            is_thin,
            worth[kept],
            _length(weights),
            order[:LOOKED_UP],
        )

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
    def unpacked(cls, size, packed, is_thin=False):
        stored = np.frombuffer(packed, np.uint8, 2 * size).reshape(2, size)
        rest = zlib.decompress(packed[2 * size :], RAW)
        steps = np.zeros((size, 4), dtype=np.uint8)
        steps[:, :2] = stored.T
        steps[:, 2] = np.frombuffer(rest, np.uint8, size)
        terms = np.cumsum(steps.view("<u4").ravel(), dtype=np.uint32)
        marked = np.frombuffer(rest, np.uint8, size, size)
        return cls(terms, marked & MOST, marked >= IS_FOUND_BY, is_thin)


def _length(weights):
    return float(np.sqrt(np.square(weights, dtype=np.float64).sum()))


def weigh(texts, vocabulary):
    """Say what the terms of ``texts``, which come from the tables, are worth by ``vocabulary``."""
    if texts:
        terms = np.concatenate([text.terms for text in texts])
        worth = vocabulary.worth_of(vocabulary.counts_of(terms))
        ends = np.cumsum([len(text.terms) for text in texts])
        for text, own in zip(texts, np.split(worth, ends[:-1]), strict=True):
            text.worth = own
            text.length = _length(text.weights)


def _telling(terms, weights, candidates):
    """The places of the words and pairs that weigh most among ``candidates``, in their order."""
    is_pair = (terms & PAIR) > 0
    chosen = [
        _heaviest(np.flatnonzero(candidates & kind), weights, most)
        for kind, most in ((~is_pair, WORDS), (is_pair, PAIRS))
    ]
    return np.sort(np.concatenate(chosen))


def _heaviest(places, weights, most):
    if len(places) <= most:
        return places
    return places[np.argsort(-weights[places], kind="stable")[:most]]


def products(text, others):
    """The scalar product of ``text``, which has been weighed, with each of ``others``."""
    if not others or not len(text.terms):
        return np.zeros(len(others), dtype=np.float32)
    terms = np.concatenate([other.terms for other in others])
    counts = np.concatenate([other.counts for other in others])
    shared, places = _shared(text.terms, terms)
    values = text.weights[places] * np.sqrt(counts[shared]) * text.worth[places]
    sizes = np.array([len(other.terms) for other in others])
    owners = np.repeat(np.arange(len(others)), sizes)[shared]
    return np.bincount(owners, weights=values, minlength=len(others)).astype(np.float32)


def _shared(own, terms):
    """Which of ``terms`` are among ``own``, which are in ascending order, and where there.

    Most of them are not, which half of a number mostly tells at once.
    """
    halves = np.zeros(1 << 16, dtype=bool)
    halves[own.astype(np.uint16)] = True
    likely = np.flatnonzero(halves[terms.astype(np.uint16)])
    places = np.minimum(np.searchsorted(own, terms[likely]), len(own) - 1)
    found = own[places] == terms[likely]
    return likely[found], places[found]
