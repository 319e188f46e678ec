"""Reading without a connection: the worker's script, its page, and which pages take part in it."""

import json
import re
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.test import override_settings
from django.urls import reverse, set_script_prefix
from django.utils.translation import override
from wagtail.models import PageViewRestriction, Site

from diptych.articles.caching.addresses import name_of
from diptych.articles.caching.cacheable_responses import is_the_same_for_all
from diptych.articles.languages.publication.service import unpublish_languages
from tests.factories import make_article, make_plain_page, sign_in
from tests.reading import page_at

OFF = override_settings(DIPTYCH_OFFLINE_READING=False)
SCRIPT = "script[data-worker]"
NOTICE = "[data-offline-notice]"


def is_kept(response):
    """Whether the page cache may keep it."""
    return is_the_same_for_all(response.wsgi_request, response)


def journal_of(script):
    """What the script of the worker is told."""
    return json.loads(re.match(r"const JOURNAL = (\{.*\});\n", script)[1])


# The worker


def test_the_worker_is_told_its_pages_and_how_dates_are_written(client, journal):
    response = client.get("/offline-worker.js")
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    told = journal_of(response.text)
    assert {code: each["page"] for code, each in told.items()} == {
        "fr": "/fr/offline.html",
        "en": "/en/offline.html",
    }
    assert told["en"]["choice"] == "/language/en/"
    assert told["fr"]["dates"]["first"][3] == "1er\N{NO-BREAK SPACE}avril\N{NO-BREAK SPACE}{year}"
    assert (
        told["fr"]["dates"]["other"][1] == "{day}\N{NO-BREAK SPACE}février\N{NO-BREAK SPACE}{year}"
    )
    assert (
        told["en"]["dates"]["other"][11]
        == "{day}\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}{year}"
    )
    assert 'addEventListener("fetch"' in response.text


def test_while_it_is_off_a_script_answers_that_removes_it(client, journal):
    with OFF:
        response = client.get("/offline-worker.js")
    assert response.status_code == 200
    assert "registration.unregister()" in response.text
    assert "fetch" not in response.text


@pytest.mark.parametrize("is_on", [True, False])
def test_no_cache_keeps_the_script(client, journal, is_on):
    with override_settings(DIPTYCH_OFFLINE_READING=is_on):
        response = client.get("/offline-worker.js")
        assert client.post("/offline-worker.js").status_code == 405
    assert response.headers["Cache-Control"] == "no-cache"
    assert "Vary" not in response.headers and not response.cookies
    assert "Content-Language" not in response.headers
    assert name_of("/offline-worker.js") is None and not is_kept(response)


def test_on_a_host_without_languages_of_the_journal_the_worker_is_removed(client, journal):
    with override_settings(DIPTYCH_LANGUAGE_HOSTS={"fr": "fr.example", "en": "en.example"}):
        assert "unregister()" in client.get("/offline-worker.js").text


def test_a_browser_that_has_the_script_is_not_sent_it_again(client, journal):
    etag = client.get("/offline-worker.js").headers["ETag"]
    again = client.get("/offline-worker.js", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    with OFF:
        assert client.get("/offline-worker.js", headers={"if-none-match": etag}).content


def test_on_a_host_of_no_site_the_worker_is_removed(client, journal):
    Site.objects.all().delete()
    assert "unregister()" in client.get("/offline-worker.js").text
    assert client.get("/en/offline.html").status_code == 404


def test_below_a_prefix_of_scripts_everything_is(client, journal):
    set_script_prefix("/journal/")
    try:
        told = journal_of(client.get("/offline-worker.js", SCRIPT_NAME="/journal").text)
        page = page_at(client, "/en/", SCRIPT_NAME="/journal")
    finally:
        set_script_prefix("/")
    assert told["en"]["page"] == "/journal/en/offline.html"
    assert page.select_one(SCRIPT)["data-worker"] == "/journal/offline-worker.js"


# The page for when there is no connection


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_lists_articles_in_its_language_and_is_no_page_of_engines(
    client, journal, language
):
    make_article(journal)
    page = page_at(client, f"/{language}/offline.html")
    assert page.html["lang"] == language
    assert page.select_one("[data-offline-list]")["data-offline-language"] == language
    assert page.select_one("[data-offline-list]").has_attr("hidden")
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert not page.select("link[rel=canonical], link[hreflang]")
    other = "fr" if language == "en" else "en"
    switch = [unquote(each["href"]) for each in page.select(".language-switch a[href]")]
    assert any(each.endswith(f"/{other}/offline.html") for each in switch)
    assert "/offline.html" not in client.get("/sitemap.xml").text


def test_the_page_is_kept_for_all_readers(client, journal):
    assert name_of("/en/offline.html") == "diptych_offline"
    assert is_kept(client.get("/en/offline.html"))


def test_there_is_no_page_in_other_languages_or_while_it_is_off(client, journal):
    assert client.get("/de/offline.html").status_code == 404
    with OFF:
        assert client.get("/en/offline.html").status_code == 404


def test_it_takes_its_address_from_no_page(client, journal):
    page = make_plain_page(journal, "Hors ligne", "Offline")
    assert page.url_in("en") == "/en/offline/"
    assert page_at(client, "/en/offline/").h1.text == "Offline"
    assert page_at(client, "/en/offline.html").h1.text == "No connection"


# Pages that take part


def test_public_pages_bring_the_worker_in(client, journal):
    article = make_article(journal)
    for address in ("/en/", "/fr/search/", "/en/archive/", article.url_in("en")):
        script = page_at(client, address).select_one(SCRIPT)
        assert script["data-worker"] == "/offline-worker.js"
        assert script.has_attr("defer")
    assert page_at(client, "/en/nowhere/", 404).select_one(SCRIPT)


def test_while_it_is_off_pages_say_nothing_of_it(client, journal):
    article = make_article(journal)
    with OFF:
        page = page_at(client, article.url_in("en"))
    assert not page.select(f"{SCRIPT}, {NOTICE}")


@pytest.mark.parametrize(
    ("language", "notice"),
    [
        ("fr", "Vous êtes hors ligne. Voici la copie enregistrée le {date}."),
        ("en", "You are offline. This is the copy stored on {date}."),
    ],
)
def test_an_article_says_what_a_copy_of_it_will(client, journal, language, notice):
    article = make_article(journal, "Le lac ; la glace", 'The "lake" & <ice>')
    response = client.get(article.url_in(language))
    found = BeautifulSoup(response.content, "lxml").select_one(NOTICE)
    assert found.has_attr("hidden") and found.text == ""
    assert found["data-offline-notice"] == notice
    titles = {"fr": "Le lac\N{NARROW NO-BREAK SPACE}; la glace", "en": "The “lake” & <ice>"}
    assert found["data-offline-title"] == titles[language]
    assert found["data-offline-language"] == language
    # The script reads attributes in double quotes, and the first two of these in this order.
    assert re.search(r'\shidden data-offline-notice="[^"]*"[^>]*></p>', response.text)


def test_other_pages_are_not_stored(client, journal):
    article = make_article(journal)
    plain = make_plain_page(journal)
    address = article.url_in("en")
    beside = f"{address}en-fr/"
    for each in ("/en/", plain.url_in("en"), beside, "/en/search/", "/en/archive/"):
        assert not page_at(client, each).select(NOTICE)
    unpublish_languages(article, ["en"])
    assert not page_at(client, address, 404).select(NOTICE)


def test_a_private_article_is_not_stored_whoever_reads_it(client, journal):
    article = make_article(journal)
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(article.url_in("en")).status_code == 302
    sign_in(client)
    page = page_at(client, article.url_in("en"))
    assert page.select(SCRIPT) and not page.select(NOTICE)


def test_a_preview_takes_no_part(admin, journal):
    article = make_article(journal)
    with override("en"):
        answer = article.make_preview_request(preview_mode="en")
    page = BeautifulSoup(answer.content, "lxml")
    assert page.h1 and not page.select(f"{SCRIPT}, {NOTICE}")


def test_the_admin_takes_no_part(admin, journal):
    assert not page_at(admin, reverse("wagtailadmin_home")).select(SCRIPT)


def test_workers_come_from_the_site_alone(client, journal):
    assert "worker-src 'self'" in client.get("/en/").headers["Content-Security-Policy"]
