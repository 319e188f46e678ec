"""Querysets of visible pages are filtered, combined, cut and searched as any other."""

import pytest
from django.db import connection
from django.db.models.sql.constants import MULTI
from wagtail.models import PageViewRestriction
from wagtail.search.backends import database, get_search_backend

from diptych.articles.models import ArticlePage
from tests.factories import make_article


@pytest.fixture
def articles(journal):
    """By name: in both languages, in one of them, in none, private."""
    found = {
        "both": make_article(journal, "Le lac", "The lake"),
        "french": make_article(journal, "Un lac", None, live_in=["fr"]),
        "english": make_article(journal, None, "A lake named lac", live_in=["en"]),
        "draft": make_article(journal, "Lac à venir", "Lake to come", live_in=[]),
        "private": make_article(journal, "Lac caché", "Hidden lake"),
    }
    PageViewRestriction.objects.create(
        page=found["private"], restriction_type=PageViewRestriction.LOGIN
    )
    return found


def french():
    return ArticlePage.objects.visible_in("fr")


def english():
    return ArticlePage.objects.visible_in("en")


FORMS = {
    "either": (lambda: french() | english(), {"both", "french", "english"}),
    "both": (lambda: french() & english(), {"both"}),
    "filtered twice": (lambda: french().visible_in("en"), {"both"}),
    "without": (lambda: french().exclude(pk__in=english()), {"french"}),
    "excluded afterwards": (lambda: french().exclude(headline_fr="Un lac"), {"both"}),
    "all others": (
        lambda: ArticlePage.objects.exclude(pk__in=french()),
        {"english", "draft", "private"},
    ),
    "of a list of lists": (
        lambda: english().filter(pk__in=french().filter(pk__in=english().values("pk"))),
        {"both"},
    ),
    "through a relation": (
        lambda: english().filter(languages__page__in=french()).distinct(),
        {"both"},
    ),
    "union": (
        lambda: french().order_by().union(english().order_by()),
        {"both", "french", "english"},
    ),
    "specific": (lambda: french().specific(), {"both", "french"}),
    "specific and deferred": (lambda: french().specific(defer=True), {"both", "french"}),
    "newest first": (lambda: french().newest_first(), {"both", "french"}),
    "cards": (lambda: french().for_cards().with_addresses(), {"both", "french"}),
}


@pytest.mark.parametrize("form", FORMS)
def test_they_are_combined(articles, form):
    make, expected = FORMS[form]
    found = {page.pk for page in make()}
    assert found == {articles[name].pk for name in expected}
    assert len(found) == make().count() == len(make().values_list("pk"))
    assert make().exists()


def test_they_are_ordered_and_cut(articles):
    pages = french().order_by("headline_fr")
    assert [page.headline_fr for page in pages] == ["Le lac", "Un lac"]
    assert [page.headline_fr for page in pages[1:]] == ["Un lac"]
    assert [page.headline_fr for page in pages.reverse()] == ["Un lac", "Le lac"]
    assert pages.first().pk == articles["both"].pk
    assert pages.get(pk=articles["french"].pk) == articles["french"]
    cut = french().order_by("headline_fr")[:1]
    assert list(ArticlePage.objects.filter(pk__in=cut)) == [articles["both"]]


@pytest.mark.parametrize("backend", [get_search_backend, lambda: database.SearchBackend({})])
@pytest.mark.parametrize("method", ["search", "autocomplete"])
def test_the_backends_search_them(articles, backend, method):
    for pages, expected in (
        (french(), {"both", "french"}),
        (french().live().order_by("title"), {"both", "french"}),
        (french() | english(), {"both", "french", "english"}),
        (french().exclude(pk__in=english()), {"french"}),
        (french().descendant_of(articles["both"].get_parent()), {"both", "french"}),
    ):
        for by_relevance in (True, False):
            find = getattr(backend(), method)
            found = find("lac", pages, order_by_relevance=by_relevance)
            assert {page.pk for page in found} == {articles[name].pk for name in expected}
            assert found.count() == len(expected)


def test_they_are_searched(articles):
    assert {page.pk for page in french().search("lac")} == {
        articles["both"].pk,
        articles["french"].pk,
    }
    by_title = french().search("lac", order_by="title")
    assert [page.title for page in by_title] == sorted(page.title for page in by_title)
    assert len(french().newest_first().for_cards().search("lac")) == 2
    assert [page.specific.headline_fr for page in french().autocomplete("un")] == ["Un lac"]
    assert not french().search("caché")


def test_a_few_pages_are_looked_up_without_listing_the_others(articles):
    if connection.vendor != "sqlite":
        pytest.skip("as SQLite tells its plan")
    plan = french().filter(pk__in=[page.pk for page in articles.values()]).explain()
    assert "LIST SUBQUERY" not in plan


def test_a_search_engine_gets_their_keys(articles):
    """Elasticsearch and OpenSearch filter by the keys that a query of their own finds."""
    [condition] = french().query.where.children
    assert condition.lookup_name == "in"
    compiler = condition.rhs.query.get_compiler("default")
    found = {row[0] for chunk in compiler.execute_sql(MULTI) for row in chunk}
    assert {articles["both"].pk, articles["french"].pk} < found
    assert not found & {articles[name].pk for name in ("english", "draft", "private")}
