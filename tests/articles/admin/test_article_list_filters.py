"""The filters of the list of all articles: which are offered, and what they find."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.articles.admin.html import LIST, soup, text_of, titles
from tests.factories import make_article, make_author, make_journal, make_topic

STATES = [
    ({"language_en": "live"}, {"Publié", "Modifié"}),
    ({"language_en": "changed"}, {"Modifié"}),
    ({"language_en": "draft"}, {"Brouillon"}),
    ({"language_en": "missing"}, {"Seul"}),
    ({"language_en": ["draft", "missing"]}, {"Brouillon", "Seul"}),
    ({"language_fr": "live", "language_en": "missing"}, {"Seul"}),
    ({"language_fr": "missing"}, set()),
]


def test_filter_by_the_state_in_a_language(articles, admin, subtests):
    for parameters, found in STATES:
        with subtests.test(**parameters):
            assert set(titles(admin, **parameters)) == found


def test_filters_are_named_and_can_be_taken_off(articles, admin):
    response = admin.get(LIST, {"language_fr": "live", "language_en": "missing"})
    active = [text_of(each) for each in soup(response).select(".w-active-filters .w-pill")]
    assert active == ["French: Live", "English: Missing"]


def filters_offered(response):
    return [
        text_of(each) for each in soup(response).select("#filters-drilldown .w-drilldown__toggle")
    ]


@pytest.mark.parametrize("kind", ["articles", "authors", "topics"])
def test_no_filter_is_offered_that_has_nothing_to_choose_or_another_meaning(articles, admin, kind):
    offered = filters_offered(admin.get(reverse(f"diptych_{kind}:index")))
    assert "French" in offered
    assert not {"Owner", "Site", "Has child pages"}.intersection(offered)


@pytest.mark.rare
def test_several_sites_can_be_told_apart(articles, admin):
    make_journal("other.example")
    assert "Site" in filters_offered(admin.get(reverse("diptych_articles:index")))


def test_filter_by_topic_and_author(journal, admin):
    climate, campus = make_topic(journal), make_topic(journal, "Campus", "Campus")
    author = make_author(journal)
    make_article(journal, "Un", "One", topics=[climate], authors=[author])
    make_article(journal, "Deux", "Two", topics=[campus])
    make_article(journal, "Trois", "Three")
    assert titles(admin, topic=climate.pk) == ["Un"]
    assert set(titles(admin, topic=[climate.pk, campus.pk])) == {"Un", "Deux"}
    assert titles(admin, author=author.pk) == ["Un"]


def test_topics_and_authors_to_choose_from_are_in_the_language_of_the_interface(journal, admin):
    make_topic(journal, "Climat", "Climate")
    make_topic(journal, "Société", None, live_in=("fr",))
    choices = [text_of(each) for each in soup(admin.get(LIST)).select("#id_topic label")]
    assert sorted(choices) == ["Climate", "Société"]


@pytest.mark.rare
def test_the_filters_name_people_and_topics_in_the_order_of_a_dictionary(journal, admin):
    for name in ("Zoé", "émile", "Étienne", "Fanny"):
        make_author(journal, name)
    for topic in ("Sport", "Économie", "Culture"):
        make_topic(journal, topic, topic)
    page = soup(admin.get(LIST))
    offered = {
        name: [text_of(each) for each in page.select(f"#id_{name} label")]
        for name in ("author", "topic")
    }
    assert offered["author"] == ["émile", "Étienne", "Fanny", "Zoé"]
    assert offered["topic"] == ["Culture", "Économie", "Sport"]


@pytest.mark.rare
def test_filter_by_date_of_publication(journal, admin):
    for day, name in ((1, "Tôt"), (15, "Milieu"), (28, "Tard")):
        moment = datetime(2026, 3, day, 12, tzinfo=UTC)
        make_article(journal, name, None, ("fr",), publication_date=moment)
    make_article(journal, "Pas encore", None, live_in=())
    assert titles(admin, published_from="2026-03-10", published_to="2026-03-20") == ["Milieu"]
    assert set(titles(admin, published_from="2026-03-10", published_to="2026-03-28")) == {
        "Milieu",
        "Tard",
    }
    assert titles(admin, published_to="2026-03-10") == ["Tôt"]
