"""The answers to a hundred and twenty judged queries, on whichever database is in use."""

from statistics import mean

import pytest

from tests.articles.search.judging import LOOKED_AT, ndcg, queries
from tests.articles.search.reading import articles_found

ENOUGH = 0.95
#: What is answered worse is poor, and the queries that may be.
WORST = 0.8
POOR = {("fr", "culture"), ("fr", "pourquoi les prix augmentent")}


@pytest.fixture(scope="module")
def asked():
    return queries()


@pytest.fixture
def answers(corpus, asked):
    """The names of the first articles found, for each query."""
    return {
        (language, text): [corpus[page.pk] for page in articles_found(text, language)[:LOOKED_AT]]
        for language, text, _wanted, _found in asked
    }


@pytest.mark.scale
def test_readers_find_what_they_want(corpus, asked, answers):
    assert len(corpus) >= 40
    assert len(answers) == 120
    scores = {
        (language, text): ndcg(answers[language, text], wanted)
        for language, text, wanted, _found in asked
    }
    poor = {query: answers[query] for query, score in scores.items() if score < WORST}
    assert mean(scores.values()) >= ENOUGH, poor
    assert poor.keys() <= POOR, poor


@pytest.mark.scale
def test_every_database_answers_in_the_same_order(asked, answers):
    """The order of each result is stored, so that every database is held to the same one."""
    expected = {(language, text): found for language, text, _wanted, found in asked}
    assert answers == expected
