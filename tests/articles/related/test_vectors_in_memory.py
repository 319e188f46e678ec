"""What is kept in memory of a small language is what reading all of it gives, whatever changes."""

import numpy as np
import pytest
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from diptych.articles.related import vectors_in_memory
from diptych.articles.related.frequencies import FrequencyCounter
from diptych.articles.related.terms import BIGRAM
from diptych.articles.related.vectors import Vector
from diptych.articles.related.vectors_in_memory import WholeLanguage

TERMS = [*range(40), *(int(BIGRAM) + 65536 * number + 7 for number in range(20))]
texts = st.dictionaries(st.sampled_from(TERMS), st.integers(1, 255), max_size=30)
changes = st.lists(
    st.tuples(st.integers(0, 7), st.one_of(st.none(), st.tuples(texts, st.booleans()))),
    max_size=4,
)


class Store:
    """The stored vectors of a language, with a number for each that was written."""

    def __init__(self):
        self.articles, self.stamps, self.read = {}, {}, []

    def change(self, row, article):
        self.articles.pop(row, None)
        self.stamps.pop(row, None)
        if article is not None:
            self.articles[row] = article
            self.stamps[row] = str(len(self.read)) + str(article)

    def stored(self, rows=None):
        self.read.append(rows)
        for row in self.articles if rows is None else rows:
            text, is_thin = self.articles[row]
            terms = np.array(sorted(text), dtype=np.uint32)
            counts = np.array([text[term] for term in sorted(text)], dtype=np.uint8)
            yield row, 100 + row, terms, counts, is_thin


def read_anew(store, limit):
    """The frequencies and vectors as they are made of all stored terms."""
    read = list(Store.stored(store))
    counter = FrequencyCounter()
    for _row, _page, terms, _counts, _is_thin in read:
        counter.add(terms)
    frequencies = counter.frequencies(limit)
    return frequencies, {
        row: (page, Vector.weighted(*counted, frequencies=frequencies, is_thin=is_thin))
        for row, page, *counted, is_thin in read
    }


def check(kept, store, limit):
    frequencies, vectors = kept.read()
    expected, anew = read_anew(store, limit)
    every = np.array(TERMS, dtype=np.uint32)
    assert frequencies.articles == expected.articles
    assert frequencies.counts_of(every).tolist() == expected.counts_of(every).tolist()
    assert sorted(row for row, _page, _vector in vectors) == sorted(anew)
    for row, page, vector in vectors:
        known_page, known = anew[row]
        assert (page, vector.is_thin) == (known_page, known.is_thin)
        assert vector.terms.tolist() == known.terms.tolist()
        assert vector.weights.tolist() == known.weights.tolist()
        assert vector.norm == known.norm


@pytest.mark.parametrize(
    "limit", [vectors_in_memory.MAX_REMEMBERED, 25], ids=["all", "a few remembered"]
)
@given(
    start=st.dictionaries(st.integers(0, 30), st.tuples(texts, st.booleans()), min_size=6),
    steps=st.lists(changes, max_size=5),
)
@pytest.mark.rare
def test_it_is_what_reading_all_gives(limit, start, steps):
    store = Store()
    kept = WholeLanguage(lambda: dict(store.stamps), store.stored)
    before, vectors_in_memory.MAX_REMEMBERED = vectors_in_memory.MAX_REMEMBERED, limit
    try:
        for row, article in start.items():
            store.change(row, article)
        check(kept, store, limit)
        for step in steps:
            for row, article in step:
                store.change(row, article)
            check(kept, store, limit)
    finally:
        vectors_in_memory.MAX_REMEMBERED = before


def test_only_what_has_changed_is_read():
    store = Store()
    kept = WholeLanguage(lambda: dict(store.stamps), store.stored)
    for row in range(10):
        store.change(row, ({row: 1, 20: 2}, False))
    kept.read()
    store.change(3, ({3: 2}, True))
    store.change(5, None)
    kept.read()
    kept.read()
    assert store.read == [None, {3}]


def test_a_failure_to_read_alters_nothing():
    store, broken = Store(), []

    def stored(rows=None):
        if broken:
            raise broken.pop()
        return store.stored(rows)

    kept = WholeLanguage(lambda: dict(store.stamps), stored)
    for row in range(10):
        store.change(row, ({row: 1, 20: 2}, False))
    check(kept, store, vectors_in_memory.MAX_REMEMBERED)
    for changed in ((3, 5), range(10)):
        for row in changed:
            store.change(row, ({row: 1, 21: 2}, False))
        broken.append(DatabaseError())
        with pytest.raises(DatabaseError):
            kept.read()
        check(kept, store, vectors_in_memory.MAX_REMEMBERED)
