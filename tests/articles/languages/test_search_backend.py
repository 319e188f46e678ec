"""The search backend finds what Wagtail's finds, in its order, with one search of the index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.search.backends import database, get_search_backend
from wagtail.search.query import MATCH_ALL, Phrase, PlainText

from diptych.articles.models import ArticlePage
from tests.factories import make_article, make_image

HEADLINES = {
    "Le lac": "The lake",
    "Le lac gelé et le lac profond": "The frozen lake and the deep lake",
    "La ville près du lac": "The town near the lake",
    "La montagne": "The mountain",
}
QUERIES = (
    "lac",
    "la",
    "lac gelé",
    "lake",
    PlainText("lac ville", operator="or"),
    PlainText("lac") & PlainText("ville"),
    PlainText("ville") | PlainText("montagne"),
    PlainText("lac") & ~PlainText("ville"),
    ~PlainText("lac"),
    Phrase("lac gelé"),
    MATCH_ALL,
    "nowhere",
)


@pytest.fixture
def articles(journal):
    return [make_article(journal, *each, live_in=("fr", "en")) for each in HEADLINES.items()]


def keys_and_scores(backend, method, query, objects, **options):
    found = getattr(backend, method)(query, objects, **options)
    return [(each.pk, getattr(each, "score", None)) for each in found.annotate_score("score")]


@pytest.mark.parametrize("query", QUERIES, ids=str)
@pytest.mark.parametrize("method", ["search", "autocomplete"])
def test_it_finds_and_orders_as_wagtail_does(articles, query, method):
    ours, wagtails = get_search_backend(), database.SearchBackend({})
    for objects in (Page, ArticlePage.objects.live(), Page.objects.order_by("title")):
        for ordered in (True, False):
            found, expected = (
                keys_and_scores(each, method, query, objects, order_by_relevance=ordered)
                for each in (ours, wagtails)
            )
            assert found == expected


def test_results_are_counted_cut_and_grouped(articles):
    found = get_search_backend().autocomplete("lac", Page)
    keys = [page.pk for page in found]
    assert len(keys) == found.count() == 3
    assert [page.pk for page in found[1:3]] == keys[1:3]
    assert found.facet("live") == {True: 3}
    specific = get_search_backend().autocomplete("lac", Page.objects.specific())
    assert {type(page) for page in specific} == {ArticlePage}


def test_images_are_found(db):
    image = make_image("Un glacier")
    found = get_search_backend().autocomplete("glac", get_image_model())
    assert [each.pk for each in found] == [image.pk]


@pytest.mark.parametrize("method", ["search", "autocomplete"])
def test_ordering_by_relevance_searches_the_index_once(articles, method):
    """Another search for each result made the page chooser take 16 s in 10,000 articles."""
    if connection.vendor != "sqlite":
        pytest.skip("the full-text index of SQLite")
    with CaptureQueriesContext(connection) as queries:
        assert list(getattr(get_search_backend(), method)("lac", Page))
    assert [query["sql"].count(" MATCH ") for query in queries] == [1]
