"""The similarity of articles: the cosine of their texts, with boosts for shared attributes."""

from dataclasses import dataclass, field

import numpy as np

from diptych.articles.related.models import SCALE
from diptych.articles.related.vectors import VectorBlock

#: Boosts where everything is shared: the topics; an author or the series; the newest day. They are
#: small, as similar articles have cosines of 0.05 to 0.1: whole vectors hold many rare terms.
TOPICS, COMPANY, FRESHNESS = 0.02, 0.01, 0.002
#: Where one of two texts is thin, the other languages of their pages count so many times.
POOLED = 10
#: In so many days the freshness of an article halves.
HALF_LIFE = 3652
#: The least similarity of a neighbour on other topics, and what is added to it for few articles,
#: divided by their number: the fewer there are, the less the rare terms weigh more than the others.
LEAST, LEAST_OF_FEW = 0.025, 0.5


@dataclass(frozen=True, slots=True)
class Facts:
    """The compared attributes of an article besides its text."""

    topics: frozenset = frozenset()
    authors: frozenset = frozenset()
    series: int | None = None
    day: int = 0

    def boost(self, other):
        """The boost of the similarity for shared topics, and a shared author or series."""
        boost = 0
        if not self.topics.isdisjoint(other.topics):
            shared, most = self.topics & other.topics, max(len(self.topics), len(other.topics))
            boost += TOPICS * len(shared) / most
        is_same_series = self.series is not None and self.series == other.series
        if is_same_series or not self.authors.isdisjoint(other.authors):
            boost += COMPANY
        return boost


@dataclass(slots=True)
class Article:
    """An article as it is compared: its page, its facts, and a vector for each language."""

    row: int
    page: int
    facts: Facts
    vectors: dict = field(default_factory=dict)


class Targets:
    """The articles that one is compared with in a language.

    ``number`` is that of all articles of the language, where ``articles`` are some of them.
    """

    def __init__(self, language, articles, newest_day, number=None):
        self.language = language
        self.articles = articles
        self.rows = np.array([each.row for each in articles], dtype=np.int64)
        self.newest_day = newest_day
        #: The least score of a neighbour on other topics.
        self.least = round(SCALE * (LEAST + LEAST_OF_FEW / max(number or len(articles), 1)))
        self._freshness = self._fresh(np.array([each.facts.day for each in articles]))
        self._vectors = [each.vectors[language] for each in articles]
        self._block = VectorBlock(self._vectors)
        self._pooled = {}

    def _fresh(self, days):
        """The boost for the newest day, which halves with age."""
        return FRESHNESS * 0.5 ** (np.maximum(self.newest_day - days, 0) / HALF_LIFE)

    def cosines(self, source):
        """The cosine of the text of ``source`` with each, from 0 to 1.

        Where one of the two is thin, they are compared in every language that both have, as if
        the texts were one.
        """
        vector = source.vectors[self.language]
        products, theirs = self._block.products(vector), np.square(self._block.norms)
        own = np.full(len(products), vector.norm**2)
        for code, other in source.vectors.items():
            if code != self.language:
                places, block = self._in_other_language(code, only_thin=not vector.is_thin)
                products[places] += POOLED * block.products(other)
                own[places] += POOLED * other.norm**2
                theirs[places] += POOLED * np.square(block.norms)
        norms = np.sqrt(own * theirs)
        return np.divide(products, norms, out=np.zeros(len(norms)), where=norms > 0)

    def _in_other_language(self, code, only_thin):
        """Places of the articles that have a text in ``code`` too, and the block of these texts."""
        if (code, only_thin) not in self._pooled:
            places = [
                place
                for place, each in enumerate(self.articles)
                if code in each.vectors and (self._vectors[place].is_thin or not only_thin)
            ]
            block = VectorBlock([self.articles[place].vectors[code] for place in places])
            self._pooled[code, only_thin] = np.array(places, dtype=np.int64), block
        return self._pooled[code, only_thin]

    def scores(self, source):
        """The score of each for ``source``, and of ``source`` for each, as whole numbers."""
        shared = self.cosines(source)
        shared += [source.facts.boost(each.facts) for each in self.articles]
        return tuple(
            np.round((shared + freshness) * SCALE).astype(np.int64)
            for freshness in (self._freshness, self._fresh(source.facts.day))
        )

    def nearest(self, source, number, scores=None):
        """``{row: score}`` of the most similar ones without ``source``, the best first.

        Those that are not near are left out.

        ``scores`` are the first of :meth:`scores` where they are known.
        """
        if scores is None:
            scores, _back = self.scores(source)
        order = np.lexsort((-self.rows, -scores))[: number + 1]
        best = zip(order.tolist(), self.rows[order].tolist(), scores[order].tolist(), strict=True)
        near = [
            (row, score)
            for place, row, score in best
            if row != source.row and self.is_near(source, self.articles[place], score)
        ]
        return dict(near[:number])

    def is_near(self, source, other, score):
        """Whether ``other`` is similar enough to be a neighbour, or on a topic of ``source``."""
        return score >= self.least or not source.facts.topics.isdisjoint(other.facts.topics)
