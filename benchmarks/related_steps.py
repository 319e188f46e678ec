"""What each step costs in quality: candidates, and vectors that are cut.

Each is measured alone, beside all articles compared by whole vectors.
"""

from dataclasses import replace

import numpy as np

#: Candidates for an article, as a part of all articles.
PART = 0.1
#: Terms of a vector that is cut.
CUT = 300


def ranked_by_step(language, keys, length):
    """``{step: {key: ranked keys}}``; ``keys`` are those of pages by their ids."""
    from diptych.articles.related.index import WholeIndex

    whole = WholeIndex(language)
    targets = whole.targets()
    return {
        "every article, whole vectors": _ranked(whole, lambda each: targets, keys, length),
        f"{PART:.0%} of the articles as candidates": _by_candidates(language, whole, keys, length),
        f"vectors cut to {CUT} terms": _by_cut_vectors(language, whole, keys, length),
    }


def _ranked(whole, targets_of, keys, length):
    pages = {row: keys[each.page] for row, each in whole.articles.items()}
    return {
        pages[row]: [pages[other] for other in targets_of(each).nearest(each, length)]
        for row, each in whole.articles.items()
    }


def _by_candidates(language, whole, keys, length):
    from diptych.articles.related.candidates import LoadedTerms, candidate_rows
    from diptych.articles.related.loading import Frequencies
    from diptych.articles.related.similarity import Targets
    from diptych.articles.related.vectors import FOUND_BY

    frequencies = Frequencies()
    lookup = LoadedTerms(next(iter(whole.articles.values())).vectors)
    for row, each in whole.articles.items():
        for code, vector in each.vectors.items():
            found_by = vector.terms[vector.leading(frequencies[code], FOUND_BY)]
            lookup.add(code, row, each.page, found_by, vector.is_thin)
    number = int(PART * len(whole.articles))

    def targets(source):
        rows = candidate_rows(language, source, frequencies, lookup)[:number]
        articles = [whole.articles[row] for row in rows]
        return Targets(language, articles, whole.targets().newest_day)

    return _ranked(whole, targets, keys, length)


def _by_cut_vectors(language, whole, keys, length):
    from diptych.articles.related.similarity import Targets

    articles = {
        row: replace(each, vectors={code: _cut(one) for code, one in each.vectors.items()})
        for row, each in whole.articles.items()
    }
    targets = Targets(language, list(articles.values()), whole.targets().newest_day)
    pages = {row: keys[each.page] for row, each in articles.items()}
    return {
        pages[row]: [pages[other] for other in targets.nearest(each, length)]
        for row, each in articles.items()
    }


def _cut(vector):
    kept = np.sort(np.argsort(-vector.weights, kind="stable")[:CUT])
    weights = vector.weights[kept]
    return replace(
        vector, terms=vector.terms[kept], weights=weights, norm=float(np.linalg.norm(weights))
    )
