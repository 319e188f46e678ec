"""All articles of a journal in memory, as an index for writing every list anew."""

from collections import defaultdict

import numpy as np

from articles.related.keys import keys_of, ranges_of, rows_between
from articles.related.lists import LONGEST


class LoadedIndex:
    """The same as the tables say, while all of them are written."""

    def __init__(self, numbers):
        self.numbers = numbers
        self.texts = {language: {} for language in numbers}
        self.pages = {language: {} for language in numbers}
        self.rows_of_pages = {language: {} for language in numbers}
        self.facts = {language: {} for language in numbers}
        self.thin = {language: set() for language in numbers}
        self.keys, self.order = {}, {}
        self._waiting = defaultdict(list)

    def add(self, language, row_id, page_id, text):
        self.texts[language][row_id] = text
        self.pages[language][row_id] = page_id
        self.rows_of_pages[language][page_id] = row_id
        found_by = text.terms[text.found_by]
        self._waiting[language].append(keys_of(self.numbers[language], found_by, row_id))
        if text.is_thin:
            self.thin[language].add(row_id)

    def settle(self):
        """Sort what has been added, after which it can be looked up."""
        for language in self.numbers:
            self.keys[language] = _in_order(self._waiting.pop(language, []))
            self.order[language] = sorted(self.texts[language], reverse=True)

    def found_by(self, language, terms, most):
        first, last = ranges_of(self.numbers[language], terms)
        return rows_between(self.keys[language], first, last, most)

    def newest(self, language, most):
        return self.order[language][:most]

    def has_thin(self, language):
        return bool(self.thin[language])

    def counterparts(self, row_ids, language, only_thin=False):
        same = self.rows_of_pages[language]
        pages = ((row, self._page_of(row)) for row in row_ids)
        found = {row: same[page] for row, page in pages if page in same}
        if only_thin:
            found = {row: other for row, other in found.items() if other in self.thin[language]}
        return found

    def _page_of(self, row_id):
        return next((rows[row_id] for rows in self.pages.values() if row_id in rows), None)

    def articles(self, language, row_ids, languages):
        texts, facts = self.texts[language], self.facts[language]
        others = [code for code in languages if code != language] if self.thin[language] else []
        if not others:
            return {row: ({language: texts[row]}, facts[row]) for row in row_ids}
        return {
            row: (self.texts_of(self.pages[language][row], [language, *others]), facts[row])
            for row in row_ids
        }

    def texts_of(self, page_id, languages):
        """The texts of a page by language, in those of ``languages`` that it is live in."""
        rows = {code: self.rows_of_pages[code].get(page_id) for code in languages}
        return {code: self.texts[code][row] for code, row in rows.items() if row is not None}


#: A pair of articles and their score as one number: so many bits for a place and for a score.
PLACE_BITS, SCORE_BITS = 23, 16
WORST = (1 << SCORE_BITS) - 1
LAST = (1 << PLACE_BITS) - 1


class LoadedLists:
    """The lists of all articles of one language, filled from both sides and sorted at once."""

    def __init__(self, row_ids):
        self.rows = np.array(sorted(row_ids), dtype=np.int64)
        self._pairs = []

    def add(self, row_id, lists):
        """Put in the :class:`Lists` of one article."""
        for pairs, is_own in ((lists.own, True), (lists.back, False)):
            if pairs:
                found, others = np.array(pairs, dtype=np.int64).T
                here = np.full(len(pairs), row_id)
                sources, targets = (here, others) if is_own else (others, here)
                self._pairs.append(self._packed(sources, targets, found))

    def _packed(self, sources, targets, found):
        """Numbers in the order of the lists: by source, the highest score and row first."""
        sources, targets = np.searchsorted(self.rows, sources), np.searchsorted(self.rows, targets)
        best_first = ((WORST - found) << PLACE_BITS) | (LAST - targets)
        return (sources << (PLACE_BITS + SCORE_BITS)) | best_first

    def finished(self):
        """``(row, {row of another: score})`` for each article."""
        pairs, self._pairs = _in_order(self._pairs), []
        sources = pairs >> (PLACE_BITS + SCORE_BITS)
        ends = np.searchsorted(sources, np.arange(len(self.rows) + 1))
        for place, row_id in enumerate(self.rows.tolist()):
            # An article can be there twice, once from either side.
            best = pairs[ends[place] : ends[place + 1]][: 2 * LONGEST]
            targets = self.rows[LAST - (best & LAST)].tolist()
            found = (WORST - ((best >> PLACE_BITS) & WORST)).tolist()
            scores = dict(reversed(list(zip(targets, found, strict=True))))
            yield row_id, dict(sorted(scores.items(), key=_best_first)[:LONGEST])


def _best_first(entry):
    target, score = entry
    return -score, -target


def _in_order(parts):
    """The numbers of several arrays in ascending order, each once.

    Sorted where they are: there are tens of millions. The parts are given up for it.
    """
    numbers = np.concatenate([np.empty(0, dtype=np.int64), *parts])
    parts.clear()
    numbers.sort()
    is_new = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=is_new[1:])
    return numbers if is_new.all() else numbers[is_new]
