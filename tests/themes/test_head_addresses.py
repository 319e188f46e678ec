"""Which address a page names as its own and which as its versions, wherever it is asked for."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from tests.factories import make_article, make_author, make_journal, make_plain_page, make_topic
from tests.themes.structured import graph_of, schema_faults
from tests.tiers import one_of, one_row_of

SITE = "http://testserver"
FRENCH, ENGLISH = "/fr/articles/le-lac-gele/", "/en/stories/the-lake-freezes/"


def head_at(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return BeautifulSoup(response.content, "lxml").head


def canonical(head):
    links = head.select("link[rel=canonical]")
    return links[0]["href"].removeprefix(SITE) if links else None


def alternates(head):
    links = head.select("link[rel=alternate][hreflang]")
    return {link["hreflang"]: link["href"].removeprefix(SITE) for link in links}


def robots(head):
    return [element["content"] for element in head.select("meta[name=robots]")]


def fill_list(journal, both, french=0):
    """So many articles in both languages, and so many more in French, on one topic."""
    values = {"topics": [make_topic(journal)], "authors": [make_author(journal)]}
    for number in range(both):
        make_article(journal, f"Deux {number}", f"Two {number}", **values)
    for number in range(french):
        make_article(journal, f"Un {number}", en=None, live_in=("fr",), **values)


@pytest.mark.parametrize(
    ("french", "english"),
    one_row_of(
        [
            ("/fr/articles/", "/en/stories/"),
            ("/fr/thematiques/climat/", "/en/topics/climate/"),
            ("/fr/auteurs/lea-rochat/", "/en/authors/lea-rochat/"),
        ],
        "rare",
    ),
)
def test_each_page_of_a_list_names_its_own_address_and_the_same_page_elsewhere(
    client, journal, settings, french, english
):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 1
    fill_list(journal, both=2, french=1)
    for address, own in ((french, french), (f"{french}?page=1", french), (f"{french}?a=b", french)):
        head = head_at(client, address)
        assert canonical(head) == own
        assert alternates(head) == {"fr": french, "en": english, "x-default": french}
    second = {"fr": f"{french}?page=2", "en": f"{english}?page=2", "x-default": f"{french}?page=2"}
    for address in (f"{french}?page=2", f"{french}?x=1&page=2"):
        head = head_at(client, address)
        assert (canonical(head), alternates(head)) == (f"{french}?page=2", second)
    assert alternates(head_at(client, f"{english}?page=2")) == second
    third = head_at(client, f"{french}?page=3")
    assert alternates(third) == {"fr": f"{french}?page=3", "x-default": f"{french}?page=3"}
    assert ", page\u00a03 – " in third.title.text
    assert robots(third) == ["max-image-preview:large"]


def test_pages_of_the_list_of_authors_name_each_other(client, journal, settings):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 1
    make_author(journal)
    make_author(journal, "Ana Keller")
    assert alternates(head_at(client, "/en/authors/?page=2")) == {
        "fr": "/fr/auteurs/?page=2",
        "en": "/en/authors/?page=2",
        "x-default": "/fr/auteurs/?page=2",
    }


@pytest.mark.parametrize(
    "number", one_of(["99", "0", "-1", "abc", "1.0", "1e3", "9" * 5000, "%00", "²"], "odd")
)
def test_a_page_there_is_not_is_told_in_the_language_of_the_address(client, journal, number):
    make_article(journal)
    for address, language in (("/fr/articles/", "fr"), ("/en/stories/", "en")):
        response = client.get(f"{address}?page={number}")
        page = BeautifulSoup(response.content, "lxml")
        assert (response.status_code, page.html["lang"]) == (404, language)
        assert robots(page.head) == ["noindex"] and canonical(page.head) is None


def test_a_language_that_is_not_live_is_no_version(client, journal):
    make_article(journal, live_in=("fr",))
    assert alternates(head_at(client, FRENCH)) == {"fr": FRENCH, "x-default": FRENCH}


def test_readers_of_other_languages_get_the_source(client, journal):
    make_article(journal, source_language="en")
    assert alternates(head_at(client, FRENCH))["x-default"] == ENGLISH


def test_an_answer_that_there_is_nothing_has_a_whole_head_and_no_address(client, journal):
    make_article(journal, en=None, live_in=("fr",))
    for address, language in (
        ("/fr/nulle-part/", "fr"),
        ("/en/nowhere/", "en"),
        ("/en/stories/le-lac-gele/", "en"),
    ):
        response = client.get(address)
        page = BeautifulSoup(response.content, "lxml")
        assert (response.status_code, page.html["lang"]) == (404, language)
        assert robots(page.head) == ["noindex"]
        assert canonical(page.head) is None and alternates(page.head) == {}
        for name in ("description", "og:title", "og:description", "og:image", "og:locale"):
            assert page.head.select(f'meta[name="{name}"], meta[property="{name}"]'), name
        assert page.head.title.text.endswith(" – Diptyque")


def test_the_form_of_the_search_is_found_like_a_page(client, journal):
    for language, name in (("fr", "Recherche"), ("en", "Search")):
        address = f"/{language}/search/"
        head = head_at(client, address)
        assert robots(head) == [] and canonical(head) == address
        assert alternates(head) == {
            "fr": "/fr/search/",
            "en": "/en/search/",
            "x-default": "/fr/search/",
        }
        graph = graph_of(str(head))
        assert schema_faults(graph) == [] and graph["WebPage"]["name"] == name


@pytest.mark.parametrize("query", ["?topic=1", "?q=lac", "?q=l%27%C3%A9t%C3%A9+%26+%3Cb%3E"])
def test_a_search_is_kept_out_and_leads_to_the_same_search(client, journal, query):
    head = head_at(client, f"/fr/search/{query}")
    assert robots(head) == ["noindex, follow"] and canonical(head) is None
    named = {"fr": f"/fr/search/{query}", "en": f"/en/search/{query}"}
    assert alternates(head) == {**named, "x-default": named["fr"]}


def test_the_words_of_a_search_stay_words(client, journal):
    head = head_at(client, "/en/search/?q=%3C%2Ftitle%3E%3Cscript%3E+%26")
    assert head.title.text == "Search results for “</title><script> &” – Diptyque"
    assert head.select_one('meta[property="og:title"]')["content"].endswith("“</title><script> &”")


def test_a_private_page_is_named_nowhere_and_kept_out(admin, journal):
    article = make_article(journal)
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    head = head_at(admin, ENGLISH)
    assert robots(head) == ["noindex"] and canonical(head) is None and alternates(head) == {}
    assert not head.select('script[type="application/ld+json"]')


def test_a_preview_is_kept_out_and_has_no_address(admin, journal):
    article = make_article(journal)
    response = admin.get(f"/admin/pages/{article.pk}/view_draft/?mode=en")
    head = BeautifulSoup(response.content, "lxml").head
    assert response.status_code == 200 and "The lake freezes" in head.title.text
    assert robots(head) == ["noindex"] and canonical(head) is None and alternates(head) == {}


@pytest.mark.rare
def test_addresses_are_those_of_the_site_whatever_it_is_called_by(client, journal):
    other = make_journal("other.example")
    make_plain_page(other, "Ailleurs", "Elsewhere")
    html = client.get("/en/elsewhere/", headers={"host": "other.example"}).content.decode()
    assert 'rel="canonical" href="http://other.example/en/elsewhere/"' in html
    assert 'hreflang="fr" href="http://other.example/fr/ailleurs/"' in html
    html = client.get("/en/stories/", headers={"host": "alias.example"}).content.decode()
    assert f'rel="canonical" href="{SITE}/en/stories/"' in html
    assert f'content="{SITE}/static/diptych/share.png"' in html


def test_feeds_of_the_page_come_first_where_it_can_be_read(client, journal):
    topic = make_topic(journal)
    only_french = make_topic(journal, "Débats", "Debates", live_in=("fr",))

    def feeds(address, status=200):
        links = head_at(client, address, status).select("link[rel=alternate][title]")
        return [(link["type"], link["href"], link["title"]) for link in links]

    of_journal = [
        ("application/rss+xml", "/en/feed/rss/", "Diptyque (RSS)"),
        ("application/atom+xml", "/en/feed/atom/", "Diptyque (Atom)"),
        ("application/feed+json", "/en/feed/json/", "Diptyque (JSON)"),
    ]
    assert feeds("/en/") == feeds("/en/nowhere/", 404) == of_journal
    of_topic = feeds("/en/topics/climate/")
    assert of_topic[0] == (
        "application/rss+xml",
        f"/en/feed/topic/{topic.pk}/rss/",
        "Diptyque – Climate (RSS)",
    )
    assert of_topic[3:] == of_journal
    assert feeds("/en/topics/debates/", 404) == of_journal
    assert feeds("/fr/thematiques/debats/")[0][1] == f"/fr/feed/topic/{only_french.pk}/rss/"
