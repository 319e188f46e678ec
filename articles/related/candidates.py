"""The articles worth comparing with one, in languages of too many to compare them all."""

from functools import cached_property

import numpy as np
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from diptych.articles.languages.models import PageLanguage
from diptych.articles.related.loading import has_thin, vectors_in
from diptych.articles.related.models import CandidateTerm
from diptych.articles.related.vectors import LOOKED_UP

#: Candidates for one article, and articles that one term leads to: the newest.
CANDIDATES, PER_TERM = 200, 300


def candidate_rows(language, source, frequencies, lookup):
    """The rows of the candidates for ``source``, the best first.

    Best are those that share the heaviest terms; if too few share any, the newest are added.
    ``lookup`` is :class:`StoredTerms` or :class:`LoadedTerms`.
    """
    weights = _found_by(source.vectors[language], language, frequencies, lookup)
    if len(source.vectors) > 1:
        for row, weight in _found_in_other_languages(language, source, frequencies, lookup):
            weights[row] = max(weight, weights.get(row, 0))
    weights.pop(source.row, None)
    rows = sorted(weights, key=lambda row: (-weights[row], -row))[:CANDIDATES]
    if len(rows) < CANDIDATES:
        newest = lookup.newest(language, CANDIDATES + 1)
        rows = list(dict.fromkeys([*rows, *(row for row in newest if row != source.row)]))
    return rows[:CANDIDATES]


def _found_in_other_languages(language, source, frequencies, lookup):
    """Candidates by the texts in other languages, where one of the two is thin in this one."""
    is_thin = source.vectors[language].is_thin
    if is_thin or lookup.has_thin(language):
        for code, vector in source.vectors.items():
            if code != language:
                weights = _found_by(vector, code, frequencies, lookup)
                same = lookup.in_language(list(weights), language, only_thin=not is_thin)
                yield from ((other, weights[row]) for row, other in same.items())


def _found_by(vector, language, frequencies, lookup):
    """``{row: weight}`` of the best candidates by the leading terms of ``vector``."""
    places = vector.leading(frequencies[language], LOOKED_UP)
    owners, rows = lookup.rows_with(language, vector.terms[places])
    share = np.square(vector.weights[places]) / (vector.norm**2 or 1)
    rows, groups = np.unique(rows, return_inverse=True)
    sums = np.bincount(groups, weights=share[owners], minlength=len(rows))
    best = np.lexsort((-rows, -sums))[: CANDIDATES + 1]
    return dict(zip(rows[best].tolist(), sums[best].tolist(), strict=True))


class StoredTerms:
    """Looks candidate terms up in the database."""

    def __init__(self):
        self._has_thin = {}

    def rows_with(self, language, terms):
        """The articles each of ``terms`` leads to: the places of terms, and a row for each."""
        place = Window(RowNumber(), partition_by="term", order_by=F("row_id").desc())
        found = CandidateTerm.objects.filter(language=language, term__in=terms.tolist())
        found = found.annotate(place=place).filter(place__lte=PER_TERM)
        places = {term: number for number, term in enumerate(terms.tolist())}
        pairs = [(places[term], row) for term, row in found.values_list("term", "row_id")]
        return np.array(pairs, dtype=np.int64).reshape(-1, 2).T

    def newest(self, language, number):
        rows = vectors_in(language).order_by("-row_id").values_list("row_id", flat=True)
        return list(rows[:number])

    def has_thin(self, language):
        if language not in self._has_thin:
            self._has_thin[language] = has_thin(language)
        return self._has_thin[language]

    def in_language(self, rows, language, only_thin):
        """The rows in ``language`` of the pages of ``rows``, by these."""
        pages = dict(PageLanguage.objects.filter(pk__in=rows).values_list("page_id", "pk"))
        found = vectors_in(language).filter(row__page_id__in=list(pages))
        found = found.filter(is_thin=True) if only_thin else found
        return {pages[page]: row for page, row in found.values_list("row__page_id", "row_id")}


class LoadedTerms:
    """The same in memory, for a rebuild."""

    def __init__(self, languages):
        self._found = {code: [] for code in languages}
        self._pages, self._rows = {}, {code: {} for code in languages}
        self._thin = {code: set() for code in languages}

    def add(self, language, row, page, terms, is_thin):
        """Add an article, with the terms it is found by."""
        self._found[language].append((row, terms))
        self._pages[row], self._rows[language][page] = page, row
        if is_thin:
            self._thin[language].add(row)

    @cached_property
    def _sorted(self):
        """By language, the terms in ascending order and the row of each."""
        result = {}
        for code, found in self._found.items():
            terms = np.concatenate([np.empty(0, dtype=np.uint32), *(each for _row, each in found)])
            rows = np.repeat(
                np.array([row for row, _terms in found], dtype=np.int64),
                np.array([len(each) for _row, each in found], dtype=np.int64),
            )
            order = np.lexsort((rows, terms))
            result[code] = terms[order], rows[order]
        return result

    def rows_with(self, language, terms):
        known, rows = self._sorted[language]
        ends = np.searchsorted(known, terms, side="right")
        starts = np.maximum(np.searchsorted(known, terms), ends - PER_TERM)
        sizes = ends - starts
        first = np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
        return np.repeat(np.arange(len(terms)), sizes), rows[first + np.arange(sizes.sum())]

    @cached_property
    def _newest(self):
        return {code: sorted(rows.values(), reverse=True) for code, rows in self._rows.items()}

    def newest(self, language, number):
        return self._newest[language][:number]

    def has_thin(self, language):
        return bool(self._thin[language])

    def in_language(self, rows, language, only_thin):
        found = {row: self._rows[language].get(self._pages[row]) for row in rows}
        wanted = self._thin[language] if only_thin else self._pages
        return {row: other for row, other in found.items() if other in wanted}
