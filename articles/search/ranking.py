"""Ranking: the most relevant of the matching texts first, equally relevant ones newest first.

Up to ``SCORED`` texts are read and scored. Of more matches, those are scored whose headline, lead
or headings have the words, or whose body has them often, then the newest. It is the same on every
database, which only says what matches.
"""

import math
from itertools import pairwise

from articles.search import vocabulary

#: Texts that are read and scored for one search.
SCORED = 200
#: Stems by which more matches than that are sorted.
MAX_STEMS = 12
#: The weight of a word by the best field it stands in.
FIELD_WEIGHTS = {"headline": 1.0, "lead": 0.6, "headings": 0.4, "often": 0.27, "body": 0.2}
SCORED_FIELDS = ("headline", "lead", "headings", "body")
#: Added at most for a word that is repeated.
REPETITION_WEIGHT = 0.15
#: Added, times the weight of the field, for two words side by side as in the query.
NEIGHBOUR_WEIGHT = 0.3
#: The weight of a stop word beside other words.
STOP_WORD_WEIGHT = 0.1


def rank(rows, query, index, by_field=True):
    """``rows``, which come newest first, by relevance.

    Without ``by_field``, the first ones are scored as they come.
    """
    if len(rows) < 2:
        return rows
    rarity = rarity_of_stems(query)
    if by_field and len(rows) > SCORED:
        rows = _sorted_by_field(rows, query, rarity, index)
    return _scored(rows[:SCORED], query, rarity, index) + rows[SCORED:]


def rarity_of_stems(query):
    """The inverse document frequency of each stem of ``query``, on a scale of its own."""
    stems = query.stems
    if len(stems) == 1:
        return dict.fromkeys(stems, 1.0)
    counts = vocabulary.document_frequencies(list(stems), query.language)
    rarity = {stem: 1 / math.log2(2 + counts.get(stem, 0)) for stem in stems}
    for term in query.terms:
        # A completion weighs no more than the word as typed, however rare it is.
        most = rarity[term.stem] * (STOP_WORD_WEIGHT if term.is_stop_word else 1)
        rarity |= {stem: min(rarity[stem], most) for stem in term.stems}
    return rarity


def _sorted_by_field(rows, query, rarity, index):
    """``rows`` by the best field of each term, as far as the index tells without the texts."""
    terms = [term.stems for term in query.required]
    terms += [{stem: 1.0} for phrase in query.phrases for stem in phrase.stems]
    stems = list(dict.fromkeys(stem for term in terms for stem in term))[:MAX_STEMS]
    found = index.rows_by_field(stems, query.language, min(rows))
    totals = dict.fromkeys(rows, 0)
    for term in terms:
        best = {}
        for weight, key in sorted(
            (term[stem] * FIELD_WEIGHTS[field] * rarity[stem], (stem, field))
            for stem, field in found
            if stem in term
        ):
            best.update(dict.fromkeys(found[key], weight))
        for row in best.keys() & totals.keys():
            totals[row] += best[row]
    return sorted(rows, key=lambda row: -totals[row])


def _scored(rows, query, rarity, index):
    """``rows`` by the score of their texts; rows with equal scores keep their order."""
    scorer = Scorer(query, rarity)
    scores = {row: scorer.score(fields) for row, *fields in index.stems_of(rows, SCORED_FIELDS)}
    return sorted((row for row in rows if row in scores), key=lambda row: -scores[row])


class Scorer:
    """Scores the stems of a text for one query."""

    def __init__(self, query, rarity):
        #: The words and phrases searched: alternatives, each with its weight.
        self.wanted = [
            [(f" {stem} ", weight * rarity[stem]) for stem, weight in term.stems.items()]
            for term in query.terms
        ] + [
            [(f" {' '.join(phrase.stems)} ", sum(rarity[stem] for stem in phrase.stems))]
            for phrase in query.phrases
        ]
        stems = [term.stem for term in sorted(query.terms, key=lambda term: term.token.start)]
        self.neighbours = [
            (f" {first} {second} ", max(rarity[first], rarity[second]))
            for first, second in pairwise(stems)
        ]

    def score(self, fields):
        """The relevance of a text, given as the stems of the ``SCORED_FIELDS``."""
        weighted = [
            (FIELD_WEIGHTS[name], f" {stems} ".replace("\n", " "))
            for name, stems in zip(SCORED_FIELDS, fields, strict=True)
        ]
        score = 0
        for alternatives in self.wanted:
            score += max(_weight(words, weighted) * weight for words, weight in alternatives)
        for words, weight in self.neighbours:
            best = next((field_weight for field_weight, text in weighted if words in text), 0)
            score += NEIGHBOUR_WEIGHT * best * weight
        return round(score, 9)


def _weight(words, weighted):
    """The weight of ``words`` by the best field they stand in, and how often they do."""
    counts = [text.count(words) for _weight, text in weighted]
    best = next((weight for (weight, _text), n in zip(weighted, counts, strict=True) if n), 0)
    repeated = sum(counts)
    return best and best + REPETITION_WEIGHT * repeated / (repeated + 3)
