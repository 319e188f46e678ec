"""Which of the texts found comes first.

A database only says what is found; the order is made here, so it is the same on each. Where few
are found, their texts are weighed. Of many, those come into question whose headline, lead or
headings have the words, or whose body has them often, then the newest; the best of these are
weighed.
"""

import math
from itertools import pairwise

from articles.search import vocabulary
from articles.search.matching.matcher import row_of
from articles.search.models import SearchText
from articles.search.schema import TOP_FIELDS

#: So many texts are weighed for one search.
WEIGHED = 200
#: Stems by which many results are sorted.
STEMS_PLACED = 12
#: What a word is worth by the best field it stands in. Each is worth more than all below it.
WORTH = {"headline": 1.0, "lead": 0.6, "headings": 0.4, "often": 0.27, "body": 0.2}
FIELDS = ("headline", "lead", "headings", "body")
#: At most added for a word that stands there again and again.
WORTH_OF_REPETITION = 0.15
#: Added for two words that stand side by side as in the query, by the worth of their field.
WORTH_OF_NEIGHBOURS = 0.3
#: A common word beside telling ones.
WORTH_IF_COMMON = 0.1


def in_order(keys, query, matcher, is_cut=False):
    """The rows of ``keys``, the best first, of equally good ones the newest.

    Where they are cut off and no word of ``query`` tells one text from another, the newest come
    into question wherever the words stand.
    """
    keys = sorted(keys, reverse=True)
    if len(keys) < 2:
        return [row_of(key) for key in keys]
    importance = importance_of(query)
    if len(keys) > WEIGHED and (query.tells or not is_cut):
        keys = _sorted_by_places(keys, query, importance, matcher)
    rows = [row_of(key) for key in keys]
    return _weighed(rows[:WEIGHED], query, importance) + rows[WEIGHED:]


def importance_of(query):
    """How much each stem of ``query`` tells: the rarer, the more."""
    stems = query.stems
    if len(stems) == 1:
        return dict.fromkeys(stems, 1.0)
    counts = vocabulary.documents_with(list(stems), query.language)
    importance = {stem: 1 / math.log2(2 + counts.get(stem, 0)) for stem in stems}
    for term in query.terms:
        # What counts as a word tells no more than the word, however rare it is.
        tells = importance[term.stem] * (WORTH_IF_COMMON if term.is_common else 1)
        importance |= {stem: min(importance[stem], tells) for stem in term.stems}
    return importance


def _sorted_by_places(keys, query, importance, matcher):
    """``keys`` by where the words stand, as far as the index of the best fields tells it."""
    terms = [term.stems for term in query.required]
    terms += [{stem: 1.0} for phrase in query.phrases for stem in phrase]
    stems = list(dict.fromkeys(stem for term in terms for stem in term))[:STEMS_PLACED]
    rows = set(map(row_of, keys))
    places = matcher.places(stems, TOP_FIELDS, min(rows))
    total = {}
    for term in terms:
        for row, worth in _best_places(term, importance, places, rows).items():
            total[row] = total.get(row, 0) + worth
    placed = [key for key in keys if row_of(key) in total]
    placed.sort(key=lambda key: -total[row_of(key)])
    return placed + [key for key in keys if row_of(key) not in total]


def _best_places(term, importance, places, rows):
    """By row, what the best place of a term in it is worth."""
    found = [
        (worth * WORTH[field] * importance[stem], stem, field)
        for stem, worth in term.items()
        for field in TOP_FIELDS
        if (stem, field) in places
    ]
    best = {}
    for worth, stem, field in sorted(found):
        best.update(dict.fromkeys(places[stem, field] & rows, worth))
    return best


def _weighed(rows, query, importance):
    """``rows`` by the weight of their texts; equally heavy ones stay in order."""
    texts = SearchText.objects.filter(pk__in=rows).values_list("pk", *FIELDS)
    weight = Weight(query, importance)
    weights = {pk: weight.of(dict(zip(FIELDS, fields, strict=True))) for pk, *fields in texts}
    return sorted((row for row in rows if row in weights), key=lambda row: -weights[row])


class Weight:
    """Weighs texts for one query."""

    def __init__(self, query, importance):
        terms = [
            [(f" {stem} ", worth * importance[stem]) for stem, worth in term.stems.items()]
            for term in query.terms
        ]
        phrases = [
            [(f" {' '.join(phrase)} ", sum(importance[stem] for stem in phrase))]
            for phrase in query.phrases
        ]
        #: What is looked for: alternatives, each with how much it tells.
        self.wanted = terms + phrases
        stems = [term.stem for term in sorted(query.terms, key=lambda term: term.word.start)]
        self.neighbours = [
            (f" {first} {second} ", max(importance[first], importance[second]))
            for first, second in pairwise(stems)
        ]

    def of(self, text):
        fields = [(WORTH[name], f" {text[name]} ".replace("\n", " ")) for name in FIELDS]
        weight = 0
        for alternatives in self.wanted:
            weight += max(_worth(words, fields) * tells for words, tells in alternatives)
        for words, tells in self.neighbours:
            worth = next((worth for worth, text in fields if words in text), 0)
            weight += WORTH_OF_NEIGHBOURS * worth * tells
        return round(weight, 9)


def _worth(words, fields):
    """What ``words`` are worth where they stand, and how often."""
    counts = [text.count(words) for _worth, text in fields]
    best = next((worth for (worth, _text), count in zip(fields, counts, strict=True) if count), 0)
    repeated = sum(counts)
    return best and best + WORTH_OF_REPETITION * repeated / (repeated + 3)
