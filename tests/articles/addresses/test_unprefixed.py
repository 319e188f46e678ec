"""A host whose default language has no prefix in its addresses."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from diptych.articles.caching.addresses import name_of
from diptych.articles.languages.adoption.releasing import release
from diptych.articles.languages.publication.draft_links import address_of, create_link
from diptych.articles.languages.publication.service import unpublish_languages
from diptych.articles.languages.removal.pages import to_plain_pages
from diptych.articles.models import ArticlePage, StandardPage
from tests.factories import (
    make_article,
    make_journal,
    make_plain_page,
    make_topic,
    make_user,
    publish_draft,
    write_draft,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.articles.addresses.unprefixed")]

FRENCH, ENGLISH = "/articles/le-lac-gele/", "/en/stories/the-lake-freezes/"


def html_of(client, path, **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


@pytest.fixture
def article(journal):
    return make_article(journal)


def test_each_language_has_its_own_address(client, article):
    assert (article.url_in("fr"), article.url_in("en")) == (FRENCH, ENGLISH)
    assert "Texte de" in html_of(client, FRENCH)
    assert "Text of" in html_of(client, ENGLISH)


@pytest.mark.parametrize("accepted", ["en", "fr", ""])
def test_the_root_is_the_home_page_whatever_the_browser_speaks(journal, client, accepted):
    response = client.get("/", headers={"accept-language": accepted})
    assert response.status_code == 200
    assert '<html lang="fr"' in response.content.decode()
    assert "Accept-Language" not in response.get("Vary", "")
    assert '<html lang="en"' in html_of(client, "/en/", **{"accept-language": "fr"})


def test_search_engines_are_told_the_addresses(client, article):
    for path in (FRENCH, ENGLISH):
        page = html_of(client, path)
        assert f'<link rel="canonical" href="http://testserver{path}">' in page
        found = dict(re.findall(r'rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', page))
        expected = {"fr": FRENCH, "en": ENGLISH, "x-default": FRENCH}
        assert found == {code: f"http://testserver{url}" for code, url in expected.items()}
    listed = re.findall("<loc>(.+?)</loc>", html_of(client, "/sitemap.xml"))
    assert {f"http://testserver{path}" for path in ("/", "/en/", FRENCH, ENGLISH)} <= set(listed)
    assert not [url for url in listed if "/fr/" in url]


def test_feeds_search_and_api_are_below_no_prefix(client, article):
    for prefix, path in (("", FRENCH), ("/en", ENGLISH)):
        assert f"http://testserver{path}" in html_of(client, f"{prefix}/feed/")
        assert f"http://testserver{path}" in html_of(client, f"{prefix}/api/articles/")
        html_of(client, f"{prefix}/search/?q=lac")


def test_no_page_links_to_the_prefix_of_the_default_language(client, article):
    for path in ("/", "/en/", FRENCH, ENGLISH, "/search/?q=lac", "/nulle-part/"):
        page = client.get(path).content.decode()
        assert not re.findall(r'"(?:http://testserver)?/fr/[^"]*"', page), path
        assert not re.findall(r"next=%2Ffr%2F", page), path


def test_the_language_switch_leads_to_the_other_language(client, article):
    for path, other in ((FRENCH, ENGLISH), (ENGLISH, FRENCH), ("/", "/en/"), ("/en/", "/")):
        soup = BeautifulSoup(html_of(client, path), "html.parser")
        links = [link["href"] for link in soup.select('.language-switch a[href^="/language/"]')]
        assert {client.get(link)["Location"] for link in links} == {other}
        below = [link["href"] for link in soup.select('.footer a[href^="/language/"]')]
        front = "/" if other in ("/", FRENCH) else "/en/"
        assert [client.get(link)["Location"] for link in below] == [front]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/fr/", "/"),
        ("/fr/articles/le-lac-gele/?page=2", "/articles/le-lac-gele/?page=2"),
        ("/fr/feed/atom/", "/feed/atom/"),
    ],
)
def test_an_address_with_the_former_prefix_is_redirected(client, article, old, new):
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)


def test_redirects_from_former_addresses_with_a_prefix_lead_to_the_page_at_once(client, article):
    Redirect.add_redirect("/fr/articles/ancien", redirect_to=article)
    response = client.get("/fr/articles/ancien/")
    assert (response.status_code, response["Location"]) == (301, FRENCH)


def test_a_redirect_back_to_the_former_prefix_is_not_followed_for_ever(client, article):
    """Such as adoption records, where the prefix is left out later."""
    Redirect.add_redirect(FRENCH, redirect_to=f"/fr{FRENCH}")
    response = client.get(f"/fr{FRENCH}", follow=True)
    assert (response.redirect_chain, response.status_code) == ([(FRENCH, 301)], 200)
    for languages in (["fr"], ["en"]):
        unpublish_languages(ArticlePage.objects.get(pk=article.pk), languages)
        assert client.get(FRENCH, follow=True).status_code == 404


def test_a_renamed_page_is_redirected_in_each_language(client, article):
    publish_draft(article, url_slug_fr="glace", url_slug_en="ice")
    for old, new in ((FRENCH, "/articles/glace/"), (ENGLISH, "/en/stories/ice/")):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, new)


def test_a_page_that_is_live_in_one_language_says_so_in_the_other(journal, client):
    make_article(journal, en=None, live_in=("fr",))
    make_article(journal, "Le pont", "The bridge", live_in=("en",))
    for path, words, other in (
        ("/en/articles/le-lac-gele/", "does not exist in English", FRENCH),
        ("/stories/the-bridge/", "n’est pas disponible en français", "/en/stories/the-bridge/"),
    ):
        response = client.get(path)
        assert response.status_code == 404
        assert words in response.content.decode()
        assert f'href="{other}"' in response.content.decode()


def test_what_stands_at_an_address_of_the_other_language_is_redirected(client, article):
    moved = client.get("/stories/the-lake-freezes/")
    assert (moved.status_code, moved["Location"]) == (301, FRENCH)
    moved = client.get("/en/articles/le-lac-gele/")
    assert (moved.status_code, moved["Location"]) == (301, ENGLISH)


def test_a_slug_that_begins_like_a_language_is_no_prefix(journal, client):
    make_plain_page(journal, "En voyage", "On the road")
    assert "En voyage" in html_of(client, "/en-voyage/")


def test_no_page_below_the_root_is_called_like_a_prefix(journal, client):
    page = make_plain_page(journal, "En", "Fr")
    assert page.url_in("fr") == "/en-2/"
    assert page.url_in("en") == "/en/fr/"
    below = make_topic(journal, "En", "In")
    assert below.url_in("fr").endswith("/en/")


def test_links_to_drafts_have_the_prefix_of_their_language(client, article):
    chief = make_user(is_superuser=True)
    write_draft(article, headline_fr="Le lac dégèle", headline_en="The lake thaws")
    for language, start in (("fr", "/draft/"), ("en", "/en/draft/")):
        link = create_link(article, language, chief, 7)
        address = address_of(link, article, None)
        assert address.startswith(f"http://testserver{start}")
        headline = {"fr": "Le lac dégèle", "en": "The lake thaws"}[language]
        assert headline in html_of(Client(), address.removeprefix("http://testserver"))


def test_previews_are_in_their_language(client, article):
    client.force_login(make_user(is_superuser=True))
    for language, words in (("fr", "Texte de"), ("en", "Text of")):
        address = f"/admin/pages/{article.pk}/edit/preview/?mode={language}"
        client.get(address)
        answer = article.make_preview_request(None, language)
        assert words in answer.content.decode()
        assert f'<html lang="{language}"' in answer.content.decode()


def test_the_page_cache_knows_pages_without_prefix(client):
    names = {path: name_of(path) for path in ("/", FRENCH, ENGLISH, "/en-voyage/", "/feed/")}
    assert names == {
        "/": "wagtail_serve",
        FRENCH: "wagtail_serve",
        ENGLISH: "wagtail_serve",
        "/en-voyage/": "wagtail_serve",
        "/feed/": "diptych_feed",
    }


def test_misses_are_missed(client, article):
    for path in ("/nulle-part/", "/en/nowhere/", "/articles/nulle-part/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("make_plain", [lambda: release(StandardPage, "fr"), to_plain_pages])
def test_no_plain_page_redirects_to_itself(make_plain):
    page = make_plain_page(make_journal())
    list(make_plain())
    found = Redirect.objects.filter(redirect_page=page).values_list("old_path", flat=True)
    assert list(found) == ["/en/about"]


def test_the_worker_knows_the_page_of_each_language(client, article):
    script = html_of(client, "/offline-worker.js")
    assert re.findall(r'"page": "([^"]+)"', script) == ["/offline.html", "/en/offline.html"]
    assert '<html lang="fr"' in html_of(client, "/offline.html")
    assert '<html lang="en"' in html_of(client, "/en/offline.html")
