"""Which articles are worth comparing with one."""

import numpy as np

#: With so many articles each one is compared.
CANDIDATES = 100
#: Of the articles that a term leads to, the newest are looked at.
PER_TERM = 300


def candidates(language, row_id, source, index):
    """The rows of the articles to compare with ``source``, its texts by language.

    ``index`` says what a term leads to: the tables, or what a rebuild has in mind. Best come
    those that share the heaviest terms; where too few share any, the newest ones make up for it.
    """
    best = _led_to(source[language], language, index)
    if len(source) > 1:
        best += _in_other_languages(language, source, index)
        best.sort(key=lambda entry: (-entry[0], -entry[1]))
    rows = list(dict.fromkeys(row for _weight, row in best if row != row_id))[:CANDIDATES]
    if len(rows) < CANDIDATES:
        newest = index.newest(language, CANDIDATES + 1)
        rows = list(dict.fromkeys([*rows, *(row for row in newest if row != row_id)]))
    return rows[:CANDIDATES]


def _in_other_languages(language, source, index):
    """Those found by the texts in other languages, where one of the two has hardly any text."""
    is_thin = source[language].is_thin
    if not (is_thin or index.has_thin(language)):
        return []
    found = []
    for code, text in source.items():
        if code != language:
            weights = {row: weight for weight, row in _led_to(text, code, index)}
            same = index.counterparts(list(weights), language, only_thin=not is_thin)
            found += [(weights[row], other) for row, other in same.items()]
    return found


def _led_to(text, language, index):
    """``(weight, row)`` for what the terms of ``text`` lead to, best first."""
    terms, weights = text.looked_up
    found = index.found_by(language, terms, PER_TERM)
    sizes = [len(rows) for rows in found]
    if not sum(sizes):
        return []
    share = np.square(weights) / (text.length**2 or 1)
    rows, places = np.unique(np.concatenate(found), return_inverse=True)
    sums = np.bincount(places, weights=np.repeat(share, sizes))
    order = np.lexsort((-rows, -sums))[: CANDIDATES + 1]
    return list(zip(sums[order].tolist(), rows[order].tolist(), strict=True))
