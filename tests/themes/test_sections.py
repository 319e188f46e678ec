"""The section of an article: marked in the navigation, and named in its colour."""

import pytest
from wagtail.models import Page

from tests.factories import make_article, make_topic
from tests.reading import page_at


@pytest.fixture
def journal(journal):
    Page.objects.filter(depth=journal.home.depth + 1).update(show_in_menus=True)
    return journal


def current(page):
    marked = page.select(".header__navigation [aria-current=true]")
    return [each.get_text() for each in marked]


def test_the_main_topic_of_an_article_is_the_current_section(client, journal):
    climate, money = make_topic(journal), make_topic(journal, "Argent", "Money")
    make_article(journal, topics=[money, climate])
    assert current(page_at(client, "/fr/articles/le-lac-gele/")) == ["Argent"]
    assert current(page_at(client, "/en/stories/the-lake-freezes/")) == ["Money"]
    assert current(page_at(client, "/fr/thematiques/climat/")) == ["Climat", "Thématiques"]


def test_without_a_topic_it_is_the_list_of_articles(client, journal):
    make_article(journal)
    assert current(page_at(client, "/fr/articles/le-lac-gele/")) == ["Articles"]


def test_a_topic_that_is_not_in_the_language_is_no_section(client, journal):
    make_article(journal, topics=[make_topic(journal, "Genève", "Geneva", live_in=("fr",))])
    assert current(page_at(client, "/en/stories/the-lake-freezes/")) == ["Stories"]


def test_the_name_of_a_topic_has_its_colour(client, journal):
    topic = make_topic(journal)
    make_article(journal, topics=[topic])
    listed = page_at(client, "/fr/thematiques/climat/").select_one(".page-head--topic")
    for address in ("/fr/", "/fr/articles/", "/fr/articles/le-lac-gele/"):
        kicker = page_at(client, address).select_one(".kicker")
        assert kicker["data-topic-colour"] == listed["data-topic-colour"]
