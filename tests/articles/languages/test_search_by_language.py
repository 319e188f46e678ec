"""Wagtail's own search, of page types whose search fields are translated."""

import pytest
from django.core.management import call_command
from django.core.paginator import Paginator
from django.utils import translation
from modelsearch.backends.base import FilterFieldError, SearchFieldError
from modelsearch.query import Phrase
from wagtail.models import Page
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from diptych.articles.languages.index.querysets import MultilingualPageQuerySet
from diptych.articles.languages.models import PageInLanguage
from diptych.articles.languages.models.searched_languages import types_searched_by_language
from diptych.articles.models import StandardPage
from tests.factories import make_plain_page, paragraphs, write_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def searched(monkeypatch):
    fields = [
        *StandardPage.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.AutocompleteField("lead"),
        index.FilterField("lead"),
        index.FilterField("source_language"),
    ]
    monkeypatch.setattr(StandardPage, "search_fields", fields)
    monkeypatch.setattr(StandardPage, "is_searched_by_language", True)
    types_searched_by_language.cache_clear()
    yield
    types_searched_by_language.cache_clear()


@pytest.fixture
def page(journal):
    return make_plain_page(
        journal,
        fr="Vaisselle",
        en="Crockery",
        lead_fr="Un bol de grès",
        lead_en="A bowl of stoneware",
        body_fr=paragraphs("Couvert d’un émail chaleureux."),
        body_en=paragraphs("Covered with a warm glaze."),
    )


def found(query, language="en", pages=None, **options):
    with translation.override(language):
        pages = StandardPage.objects.all() if pages is None else pages
        return list(pages.search(query, **options))


@pytest.mark.parametrize(
    "word", ["crockery", "stoneware", "glaze"], ids=["title", "text", "blocks"]
)
def test_a_live_text_is_found_in_its_language(page, word):
    assert found(word) == [page]
    assert found(word, "fr") == []


@pytest.mark.parametrize("word", ["vaisselle", "grès", "émail"])
def test_the_other_language_is_not(page, word):
    assert found(word, "fr") == [page]
    assert found(word) == []


def test_a_language_that_is_not_live_is_not_found(journal):
    page = make_plain_page(journal, lead_fr="Un bol", lead_en="A bowl", live_in=["fr"])
    assert found("bol", "fr") == [page]
    assert found("bowl") == found("bowl", "fr") == []


def test_a_draft_is_not_found(page):
    write_draft(page, lead_en="A teapot")
    assert found("teapot") == []
    assert found("stoneware") == [page]


@pytest.mark.parametrize("is_whole", [False, True])
def test_what_is_taken_down_leaves_the_index(page, is_whole):
    page.unpublish() if is_whole else page.unpublish_languages(["en"])
    assert found("stoneware") == []
    search = get_search_backend().search
    left = [] if is_whole else ["fr"]
    assert [row.language for row in search("bol", PageInLanguage)] == left
    assert list(search("stoneware", PageInLanguage)) == list(search("stoneware", Page)) == []


def test_what_is_deleted_leaves_the_index(page):
    page.delete()
    assert list(get_search_backend().search("bol", PageInLanguage)) == []


def test_what_is_kept_private_is_not_found(page):
    page.view_restrictions.create(restriction_type="login")
    assert found("stoneware") == found("bol", "fr") == []


def test_pages_of_all_types_are_searched_together(page, journal):
    pages = MultilingualPageQuerySet(Page)
    assert [each.pk for each in found("glaze", pages=pages)] == [page.pk]
    assert found("glaze", pages=pages.specific()) == [page]
    assert found("glaze", "fr", pages=pages) == []


@pytest.mark.parametrize("backend", ["wagtail.search.backends.database", None])
def test_with_the_backend_of_wagtail_too(page, settings, backend):
    if backend:
        settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": backend}}
    assert found("stoneware glaze") == [page]
    assert found("glaze", "fr") == []
    assert found(Phrase("bowl of stoneware")) == [page]
    assert found("bol glaze", operator="or") == [page]
    assert found("bol glaze") == found("") == found("glaze", fields=[]) == []


def test_the_fields_that_are_named_are_searched_in_the_language(page):
    assert found("crockery", fields=["title"]) == [page]
    assert found("crockery", fields=["headline"]) == [page]
    assert found("crockery", fields=["body"]) == []
    assert found("vaisselle", fields=["title"]) == []
    assert found("stoneware", fields=["lead"]) == [page]
    assert found("grès", fields=["title", "lead"]) == []
    for name, pages in [("source_language", None), ("title", MultilingualPageQuerySet(Page))]:
        with pytest.raises(SearchFieldError):
            found("stoneware", fields=[name], pages=pages)


def test_titles_count_for_more_and_results_are_cut_counted_and_scored(journal):
    texts = [("Pots", "About plates"), ("Plates", "About pots"), ("Pots and pots", "About pots")]
    pages = [make_plain_page(journal, en, en, lead_en=lead) for en, lead in texts]
    with translation.override("en"):
        results = StandardPage.objects.order_by("headline_en").search("pots")
        ranked = [each.headline for each in results]
        assert set(ranked[:2]) == {"Pots", "Pots and pots"} and ranked[2] == "Plates"
        assert results.count() == len(results) == 3
        assert [each.headline for each in results[1:]] == ranked[1:]
        assert [each.headline for each in results[1:][:1]] == ranked[1:2]
        assert results[0].headline == ranked[0] and results[2:9].count() == 1
        scored = results.annotate_score("score")[:2]
        assert all(isinstance(each.score, float) for each in scored)
        paged = Paginator(results, 2)
        assert [len(paged.page(number)) for number in paged.page_range] == [2, 1]
    by_title = ["Plates", "Pots", "Pots and pots"]
    assert [each.headline_en for each in found("pots", order_by="headline_en")] == by_title
    ordered = StandardPage.objects.order_by("-headline_en")
    backwards = found("pots", pages=ordered, order_by_relevance=False)
    assert [each.headline_en for each in backwards] == by_title[::-1]
    assert found("pots", order_by_relevance=False) == pages


def test_results_are_grouped_by_what_may_be_filtered(page, journal):
    make_plain_page(journal, "Tasse", "Cup", lead_en="Stoneware", source_language="en")
    with translation.override("en"):
        results = StandardPage.objects.search("stoneware")
        assert results.facet("source_language") == {"en": 1, "fr": 1}
        with pytest.raises(FilterFieldError):
            results.facet("seo_title")
        assert list(StandardPage.objects.filter(lead="Stoneware").search("cup"))


def test_the_index_is_built_anew(page, capsys):
    call_command("update_index")
    assert found("glaze") == [page] == found("émail", "fr")
    assert found("glaze", "fr") == []


def test_the_admin_finds_every_language_and_drafts(page):
    write_draft(page, headline_en="Teapots")
    for text in ("Vaisselle", "Crockery", "Teapots", "bol", "bowl"):
        assert list(StandardPage.objects.autocomplete(text)) == [page]


def test_a_type_that_is_not_searched_by_language_is_searched_as_wagtail_does(page, monkeypatch):
    monkeypatch.setattr(StandardPage, "is_searched_by_language", False)
    assert found("Vaisselle") == [page]
