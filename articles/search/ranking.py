"""Ranking: the most relevant of the matching texts first, equally relevant ones newest first.

Up to ``SCORED`` texts are read and scored. Of more matches, those are scored whose headline, lead
or headings have the words, or whose body has them often, then the newest. It is the same on every
database, which only says what matches.
"""

import math
from itertools import pairwise

from diptych.articles.linguistics.languages import main_language
from diptych.articles.linguistics.stemming import form_of
from diptych.articles.search import vocabulary

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
#: What is left of the weight of a word that has only its stem in common with the one typed, as
#: *house* with *housing*.
OTHER_FORM = 0.5


def rank(rows, query, index, by_field=True, named=None):
    """``rows``, which come newest first, by relevance.

    Without ``by_field``, the first ones are scored as they come. ``named`` has, by row, the weight
    of each term of the query by which an author or a topic of the article is called.
    """
    if len(rows) < 2:
        return rows
    rarity, named = rarity_of_stems(query), named or {}
    if by_field and len(rows) > SCORED:
        rows = _sorted_by_field(rows, query, rarity, index, named)
    return _scored(rows[:SCORED], query, rarity, index, named) + rows[SCORED:]


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


def _sorted_by_field(rows, query, rarity, index, named):
    """``rows`` by the best field of each term, as far as the index tells without the texts."""
    terms = [(term, term.stems) for term in query.required]
    terms += [(None, {stem: 1.0}) for phrase in query.phrases for stem in phrase.stems]
    every = dict.fromkeys(stem for _term, stems in terms for stem in stems)
    found = index.rows_by_field(list(every)[:MAX_STEMS], query.language, min(rows))
    totals = dict.fromkeys(rows, 0)
    for term, stems in terms:
        weights = [
            (stems[stem] * FIELD_WEIGHTS[field] * rarity[stem], (stem, field))
            for stem, field in found
            if stem in stems
        ]
        best = {}
        for weight, key in sorted(weights):
            best.update(dict.fromkeys(found[key], weight))
        for row, by_name in named.items():
            if term in by_name:
                best[row] = max(best.get(row, 0), by_name[term] * rarity[term.stem])
        for row in best.keys() & totals.keys():
            totals[row] += best[row]
    return sorted(rows, key=lambda row: -totals[row])


def _scored(rows, query, rarity, index, named):
    """``rows`` by the score of their texts; rows with equal scores keep their order."""
    scorer = Scorer(query, rarity)
    texts = index.stems_of(rows, (*SCORED_FIELDS, "forms"))
    scores = {row: scorer.score(fields, forms, named.get(row, {})) for row, *fields, forms in texts}
    return sorted((row for row in rows if row in scores), key=lambda row: -scores[row])


class Scorer:
    """Scores the stems of a text for one query."""

    def __init__(self, query, rarity):
        language = main_language(query.language)
        #: The terms, with their rarity and their stems; the form of the one that was typed.
        self.words = [
            (
                term,
                rarity[term.stem],
                [
                    (
                        _padded(stem),
                        weight * rarity[stem],
                        _padded(form_of(term.token.word, language)) if stem == term.stem else "",
                    )
                    for stem, weight in term.stems.items()
                ],
            )
            for term in query.terms
        ]
        self.phrases = [
            (_padded(" ".join(phrase.stems)), sum(rarity[stem] for stem in phrase.stems))
            for phrase in query.phrases
        ]
        stems = [term.stem for term in sorted(query.terms, key=lambda term: term.token.start)]
        self.neighbours = [
            (_padded(f"{first} {second}"), max(rarity[first], rarity[second]))
            for first, second in pairwise(stems)
        ]

    def score(self, fields, forms, named):
        """The relevance of a text, given as the stems of the ``SCORED_FIELDS`` and their forms.

        ``named`` are the weights of terms by which its authors and topics are called.
        """
        weights = [FIELD_WEIGHTS[name] for name in SCORED_FIELDS]
        texts = [_padded(stems.replace("\n", " ")) for stems in fields]
        # Before it is indexed anew, a text of an older version has no forms.
        written = [_padded(line) for line in forms.split("\n")] if forms else []
        score = 0
        for term, rarity, alternatives in self.words:
            score += max(
                named.get(term, 0) * rarity,
                *(
                    _weight(stem, texts, weights, form, written) * weight
                    for stem, weight, form in alternatives
                ),
            )
        for words, weight in self.phrases:
            score += _weight(words, texts, weights) * weight
        for words, weight in self.neighbours:
            pairs = zip(weights, texts, strict=True)
            best = next((each for each, text in pairs if words in text), 0)
            score += NEIGHBOUR_WEIGHT * best * weight
        return round(score, 9)


def _padded(words):
    return f" {words} "


def _weight(words, texts, weights, form="", written=()):
    """The weight of ``words`` by the best field they stand in, and how often they do.

    With a ``form`` of the word, a field has its whole weight where that is ``written``.
    """
    counts = [text.count(words) for text in texts]
    repeated = sum(counts)
    if not repeated:
        return 0
    best = next(weight for weight, count in zip(weights, counts, strict=True) if count)
    if form and written:
        fields = zip(weights, written, strict=True)
        best = max(next((each for each, forms in fields if form in forms), 0), best * OTHER_FORM)
    return best + REPETITION_WEIGHT * repeated / (repeated + 3)
