"""An alias names the address of its original as the one that search engines should know."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import PageViewRestriction, Site

from diptych.articles.models import ArticleIndexPage, ArticlePage
from tests.factories import make_alias, make_article, make_author, make_journal, make_page
from tests.themes.structured import graph_of, schema_faults

SITE = "http://testserver"
OTHER = "other.example"


@pytest.fixture
def section(journal):
    return make_page(ArticleIndexPage, journal.home, "Dossiers", "Reports")


def answer_of(client, page, language="en", host="testserver", query=""):
    url = type(page).objects.get(pk=page.pk).full_url_in(language)
    answer = client.get(f"/{url.split('/', 3)[3]}{query}", headers={"host": host})
    assert answer.status_code == 200
    return answer


def addresses(answer):
    """The canonical address, that for other sites, and those of all languages."""
    head = BeautifulSoup(answer.content, "lxml").head
    (canonical,) = head.select("link[rel=canonical]")
    (shared,) = head.select('meta[property="og:url"]')
    versions = {
        each["hreflang"]: each["href"] for each in head.select("link[rel=alternate][hreflang]")
    }
    return canonical["href"], shared["content"], versions


def of_original(page, language="en"):
    page = type(page).objects.get(pk=page.pk)
    urls = {code: page.full_url_in(code) for code in ("fr", "en")}
    return urls[language], urls[language], {**urls, "x-default": urls["fr"]}


def sitemap(client, host="testserver"):
    document = client.get(reverse("diptych_sitemap"), headers={"host": host}).content.decode()
    return BeautifulSoup(document, "xml").select("url > loc")


def locations(client, host="testserver"):
    return [each.text for each in sitemap(client, host)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_alias_names_the_address_of_its_original(client, journal, section, language):
    article = make_article(journal)
    alias = make_alias(article, section)
    expected = of_original(article, language)
    assert addresses(answer_of(client, article, language)) == expected
    answer = answer_of(client, alias, language)
    assert addresses(answer) == expected
    graph = graph_of(answer.content)
    assert not schema_faults(graph)
    said = graph["NewsArticle"]
    assert said["url"] == said["mainEntityOfPage"] == expected[0]
    assert said["@id"] == f"{expected[0]}#article"
    assert alias.full_url_in(language) not in str(said)


def test_an_alias_of_an_author_names_their_page(client, journal):
    author = make_author(journal)
    make_article(journal, authors=[author])
    alias = make_alias(author, journal.authors)
    answer = answer_of(client, alias)
    assert addresses(answer) == of_original(author)
    said = graph_of(answer.content)["ProfilePage"]
    assert said["mainEntity"]["url"] == said["url"] == of_original(author)[0]


def test_an_alias_on_another_site_names_the_original_there(client, journal):
    other = make_journal(OTHER)
    article = make_article(other)
    alias = make_alias(article, journal.articles)
    assert addresses(answer_of(client, alias))[0].startswith(f"http://{OTHER}/en/")
    assert addresses(answer_of(client, alias)) == of_original(article)
    assert not [each for each in locations(client) if "encore" in each]
    assert article.full_url_in("en") in locations(client, OTHER)


@pytest.mark.rare
def test_an_alias_of_what_stands_on_no_site_names_its_own_address(client, journal):
    other = make_journal(OTHER)
    article = make_article(other)
    alias = make_alias(article, journal.articles)
    Site.objects.filter(hostname=OTHER).delete()
    assert addresses(answer_of(client, alias)) == of_original(alias)
    assert alias.full_url_in("en") in locations(client)


@pytest.mark.rare
def test_the_sitemap_has_each_canonical_address_once(client, journal, section):
    article = make_article(journal)
    before = locations(client)
    alias = make_alias(article, section)
    assert locations(client) == before
    assert alias.full_url_in("en") not in before and article.full_url_in("en") in before
    assert len(before) == len(set(before))
    for address in before:
        answer = client.get(address.removeprefix(SITE))
        assert addresses(answer)[0] == address


def test_what_is_private_is_in_no_sitemap_by_another_address(client, journal, section):
    before = locations(client)
    article = make_article(journal)
    make_alias(article, section)
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert locations(client) == before


def test_a_further_page_of_a_list_is_the_originals_where_that_has_one(client, journal, settings):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 1
    author = make_author(journal)
    for name in ("One", "Two"):
        make_article(journal, name, name, authors=[author])
    alias = make_alias(author, journal.authors)
    canonical = addresses(answer_of(client, alias, query="?page=2"))[0]
    assert canonical == f"{author.full_url_in('en')}?page=2"


def test_ordinary_pages_ask_for_no_original(client, journal, django_assert_num_queries):
    make_article(journal)
    article = ArticlePage.objects.with_addresses().get()
    with django_assert_num_queries(0):
        assert article.canonical_page_in("en") is article
