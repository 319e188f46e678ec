"""A host for each language: no prefix there, and every address names the right one."""

import re

import pytest
from django.test import Client
from wagtail.models import Page, Site

from diptych.articles.caching.addresses import name_of
from diptych.articles.languages.checks.addresses import (
    check_addresses,
    check_language_hosts,
    check_sites_of_languages,
)
from diptych.articles.languages.publication.draft_links import address_of, create_link
from tests.factories import make_article, make_plain_page, make_user, publish_draft, write_draft

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.articles.addresses.by_host")]

FR, EN = "www.journal.example", "en.journal.example"
FRENCH, ENGLISH = "/articles/le-lac-gele/", "/stories/the-lake-freezes/"
FRENCH_URL, ENGLISH_URL = f"http://{FR}{FRENCH}", f"https://{EN}{ENGLISH}"


@pytest.fixture
def article(journal, settings):
    settings.DIPTYCH_LANGUAGE_HOSTS = {"fr": FR, "en": EN}
    Site.objects.filter(pk=journal.site.pk).update(hostname=FR)
    english = Site(hostname=EN, port=443, site_name="Diptych", root_page=journal.home)
    english.save()
    return make_article(journal)


def ask(host, path, **headers):
    return Client().get(path, headers={"host": host, **headers})


def places(host, path, **headers):
    """Status and address of an answer."""
    response = ask(host, path, **headers)
    return response.status_code, response.get("Location")


def html_of(host, path):
    response = ask(host, path, **{"accept-language": "de"})
    assert response.status_code == 200, (host, path, response.get("Location"))
    return response.content.decode()


def test_each_language_stands_on_its_host_without_prefix(article):
    assert article.full_url_in("fr") == FRENCH_URL
    assert article.full_url_in("en") == ENGLISH_URL
    assert "Texte de" in html_of(FR, FRENCH)
    assert "Text of" in html_of(EN, ENGLISH)
    assert '<html lang="fr"' in html_of(FR, "/")
    assert '<html lang="en"' in html_of(EN, "/")


def test_canonical_alternate_and_listed_addresses_have_the_right_host(article):
    for host, path, url in ((FR, FRENCH, FRENCH_URL), (EN, ENGLISH, ENGLISH_URL)):
        page = html_of(host, path)
        assert f'<link rel="canonical" href="{url}">' in page
        found = dict(re.findall(r'rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', page))
        assert found == {"fr": FRENCH_URL, "en": ENGLISH_URL, "x-default": FRENCH_URL}
        listed = re.findall("<loc>(.+?)</loc>", html_of(host, "/sitemap.xml"))
        start = url.removesuffix(path)
        assert url in listed
        assert all(each.startswith(f"{start}/") for each in listed)
        assert all(each.startswith(f"{start}/") for each in news(host))
        assert url in html_of(host, "/feed/")
        assert url in html_of(host, "/api/articles/")
        html_of(host, "/search/?q=lac")


def news(host):
    return re.findall("<loc>(.+?)</loc>", html_of(host, "/sitemap-news.xml"))


def test_the_language_switch_leads_to_the_other_host(article):
    assert f'href="{ENGLISH_URL}"' in html_of(FR, FRENCH)
    assert f'href="{FRENCH_URL}"' in html_of(EN, ENGLISH)
    assert f'href="https://{EN}/search/?q=lac"' in html_of(FR, "/search/?q=lac")


def test_the_search_invites_to_results_on_the_other_host(article):
    page = html_of(FR, "/search/?q=freezes")
    links = re.findall(r'class="search-elsewhere">.+?href="([^"]+)"', page)
    assert links == [f"https://{EN}/search/?q=freezes"]


@pytest.mark.rare
def test_the_api_names_its_addresses_on_the_host_of_the_language_asked_for(article):
    for endpoint in ("articles", "pages"):
        found = ask(EN, f"/api/{endpoint}/?lang=fr").json()["items"]
        one = ask(EN, f"/api/{endpoint}/{article.pk}/?lang=fr").json()
        urls = [each["meta"]["detail_url"] for each in [*found, one]]
        assert f"http://{FR}/api/articles/{article.pk}/" in urls
        assert all(url.startswith(f"http://{FR}/api/") for url in urls)
    assert one["meta"]["parent"]["meta"]["detail_url"].startswith(f"http://{FR}/api/")


def test_a_page_of_another_type_stands_on_the_host_of_the_language_of_the_project(article):
    home = article.get_parent().get_parent()
    home.add_child(instance=Page(title="Breads", slug="breads"))
    url = f"http://{FR}/breads/"
    assert places(FR, "/breads/") == (200, None)
    assert places(EN, "/breads/?a=b") == (301, f"{url}?a=b")
    assert url in html_of(FR, "/sitemap.xml")
    assert "breads" not in html_of(EN, "/sitemap.xml")
    # A host of no language has prefixes.
    assert places("machine.local", "/fr/breads/") == (200, None)


@pytest.mark.parametrize(
    ("host", "path", "url"),
    [
        (FR, f"/en{ENGLISH}?page=2", f"{ENGLISH_URL}?page=2"),
        (EN, f"/en{ENGLISH}", ENGLISH_URL),
        (EN, f"/fr{FRENCH}", FRENCH_URL),
        (FR, "/fr/", f"http://{FR}/"),
        (EN, FRENCH, ENGLISH_URL),
        (FR, ENGLISH, FRENCH_URL),
    ],
)
def test_a_page_asked_under_another_host_or_a_prefix_is_redirected(article, host, path, url):
    status, address = places(host, path)
    assert status == 301
    assert address == url or f"{'https' if host == EN else 'http'}://{host}{address}" == url


def test_a_page_that_has_no_other_language_says_so(article):
    make_article(make_journal_again(article), "Seul", None, live_in=("fr",))
    response = ask(EN, "/stories/seul/")
    assert response.status_code == 404
    assert f'href="http://{FR}/articles/seul/"' in response.content.decode()


def make_journal_again(article):
    """The journal of ``article``, whose site has another host now."""
    from types import SimpleNamespace

    return SimpleNamespace(articles=article.get_parent().specific)


def test_hosts_of_no_language_have_prefixes(article):
    """For instance the name of a machine, for which Wagtail takes the default site."""
    assert places("machine.local", f"/en{ENGLISH}")[0] == 200
    assert places("machine.local", f"/fr{FRENCH}")[0] == 200
    english = {"accept-language": "en"}
    assert places("machine.local", ENGLISH, **english) == (302, f"/en{ENGLISH}")


def test_a_renamed_page_is_redirected_on_its_host(article):
    publish_draft(article, url_slug_fr="glace", url_slug_en="ice")
    assert places(FR, FRENCH) == (301, f"http://{FR}/articles/glace/")
    assert places(EN, ENGLISH) == (301, f"https://{EN}/stories/ice/")


def test_links_to_drafts_have_the_host_of_their_language(article):
    write_draft(article, headline_fr="Le lac dégèle", headline_en="The lake thaws")
    chief = make_user(is_superuser=True)
    for language, host, words in (("fr", FR, "Le lac dégèle"), ("en", EN, "The lake thaws")):
        address = address_of(create_link(article, language, chief, 7), article, None)
        scheme = "https" if host == EN else "http"
        assert address.startswith(f"{scheme}://{host}/draft/")
        assert words in html_of(host, address.removeprefix(f"{scheme}://{host}"))


def test_no_page_below_the_root_is_called_like_a_prefix(article):
    home = article.get_parent().get_parent().specific
    page = make_plain_page(None, "En", "Fr", parent=home)
    assert page.full_url_in("fr") == f"http://{FR}/en-2/"
    assert page.full_url_in("en") == f"https://{EN}/fr-2/"


def test_the_page_cache_knows_addresses_by_host(article):
    assert name_of(FRENCH, "fr") == name_of("/", "en") == "wagtail_serve"
    assert name_of(FRENCH) is None
    assert name_of(f"/en{ENGLISH}") == "wagtail_serve"


def test_checks_say_what_is_missing(article, settings):
    assert check_addresses(None) == check_language_hosts(None) == []
    assert check_sites_of_languages(None, databases=["default"]) == []
    settings.DIPTYCH_LANGUAGE_HOSTS = {"fr": FR, "en": "other.example", "de": "de.example"}
    assert [each.id for each in check_language_hosts(None)] == ["diptych.E014"]
    missing = check_sites_of_languages(None, databases=["default"])
    assert [each.id for each in missing] == ["diptych.W015"] * 2


@pytest.mark.urls("config.urls")
def test_djangos_patterns_do_not_know_the_hosts(article):
    assert [each.id for each in check_language_hosts(None)] == ["diptych.E013"]


def test_the_worker_of_a_host_knows_the_page_of_its_language(article):
    for host, language in ((FR, "fr"), (EN, "en")):
        script = html_of(host, "/offline-worker.js")
        assert f'const JOURNAL = {{"{language}": {{"page": "/offline.html", ' in script
        assert script.count('"page"') == 1
        assert f'<html lang="{language}"' in html_of(host, "/offline.html")
