"""Addresses that are no pages are found, and led to, in the languages the journal is open in."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from diptych.articles.languages.publication.service import publish_languages, unpublish_languages
from diptych.articles.newsletter.models import Newsletter
from tests.articles.recordings.sounds import let_hear
from tests.factories import make_article, make_journal
from tests.kept import read_log, statements_of, warm_up

#: All of them but those that stand for one article, and the API, which says that it has nothing.
ADDRESSES = [
    "archive/",
    "feeds/",
    "feed/",
    "feed/rss/",
    "feed/atom/",
    "feed/json/",
    "feed/podcast/",
    "search/",
    "search/suggestions/?q=lac",
    "newsletter/",
]


@pytest.fixture
def journal(journal):
    """A journal that can be heard and has newsletters, with nothing live but its front page."""
    let_hear(journal)
    for language in ("fr", "en"):
        Newsletter.objects.create(site=journal.site, language=language, name="Lettre")
    for page in (journal.articles, journal.topics, journal.authors):
        page.unpublish()
    return journal


def statuses(client, language):
    return {client.get(f"/{language}/{address}").status_code for address in ADDRESSES}


def document(client, address):
    return BeautifulSoup(client.get(address).content, "lxml")


def links(soup):
    """The addresses in the footer and the header, and the feeds that the head names."""
    found = soup.select(".footer a, .header a, link[rel=alternate][type]")
    return {each["href"] for each in found}


def test_an_empty_journal_is_open_and_its_links_lead_somewhere(client, journal):
    assert statuses(client, "fr") == statuses(client, "en") == {200}
    found = {each for each in links(document(client, "/en/")) if each.startswith("/")}
    assert {"/en/archive/", "/en/feeds/", "/en/feed/podcast/", "/en/newsletter/"} <= found
    answers = {each: client.get(each, follow=True).status_code for each in found}
    assert set(answers.values()) == {200}


def test_where_nothing_is_live_nothing_is_found_and_nothing_leads_there(client, journal):
    unpublish_languages(journal.home, ["en"])
    assert statuses(client, "en") == {404}
    assert statuses(client, "fr") == {200}
    for address in ("archive/", "feeds/", "search/", "newsletter/"):
        page = document(client, f"/fr/{address}")
        assert not page.find_all("link", hreflang="en")
        assert page.select_one(".language-switch [lang=en]").text == "Not in English"
    assert "/en/archive/" not in client.get("/sitemap.xml").content.decode()
    for address in ("/en/archive/", "/en/"):
        found = links(document(client, address))
        assert not [each for each in found if each.removeprefix("/en/") in ADDRESSES]
        # Nor is there a title above nothing.
        assert not document(client, address).select(".footer nav")


def test_a_page_that_is_not_found_has_no_form_to_search_with(client, journal):
    assert document(client, "/en/nothing/").select_one("form[role=search]")
    unpublish_languages(journal.home, ["en"])
    assert not document(client, "/en/nothing/").select_one("form[role=search]")


def test_an_article_alone_opens_a_language(client, journal):
    unpublish_languages(journal.home, ["en"])
    assert client.get("/en/archive/").status_code == 404
    publish_languages(journal.articles, ["en"])
    article = make_article(journal)
    read_log()
    assert statuses(client, "en") == {200}
    assert document(client, "/fr/feeds/").find("link", hreflang="en")
    assert "/en/archive/" in client.get("/sitemap.xml").content.decode()
    for page in (article, journal.articles):
        unpublish_languages(page, ["en"])
    read_log()
    assert client.get("/en/archive/").status_code == 404


def test_a_private_page_opens_nothing(client, journal):
    restriction = PageViewRestriction.LOGIN
    PageViewRestriction.objects.create(page=journal.home, restriction_type=restriction)
    assert statuses(client, "en") == {404}


def test_another_site_opens_nothing_here(client, journal):
    make_journal("other.example", live_in=("fr",))
    assert client.get("/en/archive/", headers={"host": "other.example"}).status_code == 404
    assert client.get("/fr/archive/", headers={"host": "other.example"}).status_code == 200
    assert client.get("/en/archive/").status_code == 200


def test_it_is_known_without_a_query(client, journal):
    def ask():
        assert client.get("/fr/search/").status_code == 200

    warm_up(ask)
    assert not [each for each in statements_of(ask) if "url_path" in each and "LIMIT 1" in each]
