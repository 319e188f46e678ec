"""The page that lists the feeds of the journal, and the links to feeds on pages."""

import pytest
from django.urls import clear_script_prefix, reverse, set_script_prefix
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from diptych.articles.languages.publication.service import publish_languages, unpublish_languages
from tests.factories import make_article, make_author, make_plain_page, make_topic, publish_draft
from tests.kept import statements_of, warm_up
from tests.reading import page_at


def listed(page):
    """The name and the address to copy of each feed."""
    items = page.select(".feeds__item")
    return [(each.h3.text, each.code.text) for each in items]


def test_the_feeds_of_the_journal_and_its_topics_are_listed(client, journal):
    first, second = make_topic(journal, "Été", "Summer"), make_topic(journal, "Hiver", "Winter")
    page = page_at(client, "/en/feeds/")
    names = [name for name, _address in listed(page)]
    assert names[1:] == ["Summer", "Winter"]
    assert [address for _name, address in listed(page)] == [
        "http://testserver/en/feed/rss/",
        f"http://testserver/en/feed/topic/{first.pk}/rss/",
        f"http://testserver/en/feed/topic/{second.pk}/rss/",
    ]
    formats = page.select(".feeds__item")[1].select("a")
    assert [each.text for each in formats] == ["RSS", "Atom", "JSON"]


def test_only_topics_that_readers_may_see_are_listed(client, journal):
    gone, private = make_topic(journal, "Un", "One"), make_topic(journal, "Deux", "Two")
    make_topic(journal, "Trois", "Three", live_in=("fr",))
    assert len(listed(page_at(client, "/en/feeds/"))) == 3
    unpublish_languages(gone, ["en"])
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert len(listed(page_at(client, "/en/feeds/"))) == 1
    assert [name for name, _address in listed(page_at(client, "/fr/feeds/"))][1:] == ["Trois", "Un"]
    publish_languages(gone, ["en"])
    publish_draft(gone, headline_en="First")
    assert listed(page_at(client, "/en/feeds/"))[1][0] == "First"


def test_topics_and_authors_link_to_their_own_feed(client, journal):
    topic, author = make_topic(journal), make_author(journal)
    for page, kind, words in (
        (topic, "topic", "Follow this topic by feed"),
        (author, "author", "Follow this author by feed"),
    ):
        shown = page_at(client, page.url_in("en"))
        own, about = shown.select(".feed-link a")
        assert own.text == words
        assert own["href"] == f"/en/feed/{kind}/{page.pk}/rss/"
        assert own["type"] == "application/rss+xml"
        assert about["href"] == "/en/feeds/"


def test_the_page_names_its_other_language_and_stands_in_the_sitemap(client, journal):
    make_article(journal)
    page = page_at(client, "/fr/feeds/")
    assert page.h1.text == "Flux"
    alternates = {each["hreflang"]: each["href"] for each in page.find_all("link", hreflang=True)}
    assert alternates["en"] == "http://testserver/en/feeds/"
    assert "%2Fen%2Ffeeds%2F" in page.select_one(".language-switch a[hreflang=en]")["href"]
    assert page.select_one('footer a[href="/fr/feeds/"]').text == "Flux"
    assert "<loc>http://testserver/fr/feeds/</loc>" in client.get("/sitemap.xml").content.decode()


@pytest.mark.scale
def test_more_topics_take_no_more_queries(client, journal):
    make_topic(journal, "Un", "One")
    with override("en"):
        address = reverse("diptych_feeds")

    def count():
        warm_up(lambda: client.get(address))
        return len(statements_of(lambda: client.get(address)))

    few = count()
    for number in range(5):
        make_topic(journal, f"Sujet {number}", f"Topic {number}")
    assert count() <= few
    assert few <= 6


def test_a_page_of_that_name_gets_another_address(client, journal):
    page = make_plain_page(journal, "Feeds", "Feeds")
    assert (page.url_in("fr"), page.url_in("en")) == ("/fr/feeds-2/", "/en/feeds-2/")
    assert client.get("/en/feeds-2/").status_code == 200
    below = make_topic(journal, "Feeds", "Feeds")
    assert below.url_in("en").endswith("/feeds/")
    set_script_prefix("/journal/")
    try:
        page = make_plain_page(journal, "Archive", "Archive")
    finally:
        clear_script_prefix()
    assert page.url_in("en") == "/en/archive-2/"
