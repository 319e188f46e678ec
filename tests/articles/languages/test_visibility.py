"""What any visitor may see in a language, in lists of every kind."""

import pytest
from wagtail.models import PageViewRestriction

from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage, StandardPage, TopicPage
from tests.factories import make_article, make_plain_page, make_topic, write_draft


def visible(language):
    """The slugs of the articles visible in a language."""
    found = ArticlePage.objects.visible_in(language)
    return sorted(found.values_list("slug", flat=True))


def restrict(page, kind=PageViewRestriction.LOGIN):
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")


@pytest.fixture
def articles(journal):
    make_article(journal, "Deux", "Two")
    make_article(journal, "Un", None, live_in=["fr"])
    make_article(journal, "Demi", "Half", live_in=["fr"])
    make_article(journal, None, "One", live_in=["en"])
    make_article(journal, "Brouillon", "Draft", live_in=[])


def test_only_what_is_live_in_the_language_is_visible(articles):
    assert visible("fr") == ["demi", "deux", "un"]
    assert visible("en") == ["deux", "one"]


def test_the_language_spoken_is_the_one_that_counts_when_none_is_named(articles):
    assert sorted(ArticlePage.objects.visible_in().values_list("slug", flat=True)) == visible("fr")


def test_an_unknown_language_shows_nothing(articles):
    assert visible("de") == []


def test_a_draft_of_a_live_page_changes_nothing(journal):
    page = make_article(journal, "Un", None, live_in=["fr"])
    write_draft(page, headline_en="One")
    assert visible("en") == []


def test_an_unpublished_language_is_not_visible(journal):
    page = make_article(journal, "Deux", "Two")
    page.unpublish_languages(["en"])
    assert visible("en") == []
    assert visible("fr") == ["deux"]


@pytest.mark.parametrize(
    "kind",
    [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS],
)
def test_a_private_page_is_not_visible(journal, kind):
    restrict(make_article(journal, "Deux", "Two"), kind)
    make_article(journal, "Trois", "Three")
    assert visible("fr") == ["trois"]
    assert visible("en") == ["trois"]


def test_what_stands_below_a_private_page_is_not_visible(journal):
    parent = make_plain_page(journal, "Dossier", "File")
    below = make_plain_page(journal, "Un", "One", parent=parent)
    make_plain_page(journal, "Deux", "Two", parent=below)
    make_plain_page(journal, "Dossiers", "Files")
    restriction = restrict(parent)
    found = StandardPage.objects.visible_in("en").values_list("headline_en", flat=True)
    assert list(found) == ["Files"]
    restriction.delete()
    assert StandardPage.objects.visible_in("en").count() == 4


def test_pages_of_every_type_are_asked_in_one_query(journal, django_assert_num_queries):
    make_article(journal, "Deux", "Two")
    with django_assert_num_queries(1):
        found = set(PageLanguage.objects.visible_in("en").values_list("url_path", flat=True))
    assert "/accueil/stories/two/" in found
    assert "/accueil/" in found


def test_topics_and_their_counts_speak_of_the_language_only(journal):
    topic = make_topic(journal)
    make_topic(journal, "Seulement", None, live_in=["fr"])
    make_article(journal, "Deux", "Two", topics=[topic])
    make_article(journal, "Un", None, live_in=["fr"], topics=[topic])
    counts = {
        language: dict(
            TopicPage.objects.visible_in(language)
            .with_article_counts(journal.topics, language)
            .values_list("slug", "article_count")
        )
        for language in ("fr", "en")
    }
    assert counts == {"fr": {"climat": 2, "seulement": 0}, "en": {"climat": 1}}


def test_addresses_of_a_whole_list_are_fetched_in_one_query(journal, django_assert_num_queries):
    for number in range(4):
        make_article(journal, f"Un {number}", f"One {number}")
    list(ArticlePage.objects.first().alternates())
    with django_assert_num_queries(2):
        for page in ArticlePage.objects.with_addresses():
            assert page.url_in("en")
            assert len(page.alternates()) == 2
