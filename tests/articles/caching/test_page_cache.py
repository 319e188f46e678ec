"""The page cache in front of the site: what is kept, for whom, and under which address."""

import gzip
import time
from datetime import UTC, datetime, timedelta

import brotli
import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from wagtail import hooks

from diptych.articles.caching import addresses, entries, storage
from diptych.articles.models import ArticlePage
from tests.factories import (
    make_article,
    make_page,
    make_topic,
    paragraphs,
    publish_draft,
    sign_in,
)
from tests.tiers import one_of, one_row_of

pytestmark = pytest.mark.usefixtures("committed")


def test_second_reader_gets_the_kept_page(article, ask, rendered, django_assert_num_queries):
    url = article.url_in("fr")
    first = ask(url)
    assert (first.status_code, rendered()) == (200, 1)
    with django_assert_num_queries(1):
        second = ask(url)
    assert rendered() == 0
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())
    assert b"Le lac" in second.content
    assert [each.wsgi_request.page_cache for each in (first, second)] == ["miss", "hit"]


def test_headers_of_what_is_the_same_for_all(article, ask):
    response = ask(article.url_in("fr"))
    assert response["Vary"] == "Accept-Encoding"
    assert not response.cookies
    assert response["Cache-Control"].startswith("public, max-age=0")
    assert response["Content-Length"] == str(len(response.content))
    assert response["Content-Language"] == "fr"


def test_pages_of_several_media_types_are_given_as_they_are_asked_for(article, ask, monkeypatch):
    """Pages that say in ``Vary`` that they read ``Accept`` are not kept, all others are."""

    def serve(page, request, view_args, view_kwargs):
        if page.pk != article.pk:
            return None
        kind = request.get_preferred_type(ArticlePage.response_media_types)
        headers = {"Vary": "Accept", "Content-Type": kind}
        return HttpResponse(f"{page.title} as {kind}", headers=headers)

    kinds = ["text/html", "text/markdown"]
    monkeypatch.setattr(ArticlePage, "response_media_types", kinds, raising=False)
    monkeypatch.setattr(addresses, "_has_media_types", addresses._has_media_types.__wrapped__)
    with hooks.register_temporarily("before_serve_page", serve):
        for kind in [*kinds, *kinds]:
            response = ask(article.url_in("fr"), accept=kind)
            assert (response["Content-Type"], response["Vary"]) == (kind, "Accept")
            assert response.content.decode().endswith(f" as {kind}")
        section = article.get_parent().specific.url_in("fr")
        given = [ask(section, accept=kind).wsgi_request.page_cache for kind in kinds]
    assert given == ["miss", "hit"]


@pytest.mark.parametrize(
    "encoding, decode",
    one_row_of([("br", brotli.decompress), ("gzip", gzip.decompress)], "rare"),
)
def test_bodies_are_compressed(article, ask, encoding, decode):
    plain = ask(article.url_in("fr"))
    packed = ask(article.url_in("fr"), accept_encoding=encoding)
    assert packed["Content-Encoding"] == encoding
    assert decode(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert "Content-Encoding" not in ask(article.url_in("fr"), accept_encoding=f"{encoding};q=0")


def test_validators(article, ask, rendered):
    url = article.url_in("fr")
    response = ask(url)
    rendered()
    for headers in (
        {"if_none_match": response["ETag"]},
        {"if_none_match": f"W/{response['ETag']}"},
        {"if_modified_since": response["Last-Modified"]},
    ):
        again = ask(url, **headers)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])
    assert rendered() == 0
    assert ask(url, if_none_match='"other"').status_code == 200


def test_page_that_says_how_long_it_holds_is_not_held_longer(article, ask, rendered, monkeypatch):
    def serve(page, request, *args, **kwargs):
        response = serve_page(page, request, *args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=60"
        return response

    serve_page, now = ArticlePage.serve, time.time()
    monkeypatch.setattr(ArticlePage, "serve", serve)
    monkeypatch.setattr(entries.time, "time", lambda: now)
    first = ask(article.url_in("fr"))
    monkeypatch.setattr(entries.time, "time", lambda: now + 40)
    for headers, status in ({}, 200), ({"if_none_match": first["ETag"]}, 304):
        again = ask(article.url_in("fr"), **headers)
        assert again.status_code == status
        assert (again["Cache-Control"], again["Age"]) == ("public, max-age=60", "40")
    assert rendered() == 1


def test_article_leaves_the_news_at_its_hour(article, ask, monkeypatch, settings):
    settings.DIPTYCH_PAGES_CACHE_CONTROL = {"max-age": 30, "s-maxage": 7200}
    clients = [Client(), Client()]
    date = timezone.now() - timedelta(hours=47, minutes=50)
    publish_draft(article, publication_date=date)
    url, now = "/sitemap-news.xml", time.time()
    before = clients[0].get(url)
    assert b"<loc>" in before.content
    directives = dict(each.split("=") for each in before["Cache-Control"].split(", ")[1:])
    assert (directives["max-age"], int(directives["s-maxage"]) // 10) == ("30", 59)
    later = datetime.fromtimestamp(now + 605, UTC)
    monkeypatch.setattr(entries.time, "time", lambda: now + 605)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert b"<loc>" not in clients[1].get(url).content


def test_head_and_get_share_a_page(article, ask, rendered):
    url = article.url_in("fr")
    head = Client().head(url)
    assert head.content == b""
    response = ask(url)
    assert rendered() == 1
    assert head["Content-Length"] == response["Content-Length"]
    assert len(response.content) > 1000


def test_editor_gets_no_kept_page(article, ask):
    client = Client()
    sign_in(client)
    ask(article.url_in("fr"))
    response = client.get(article.url_in("fr"))
    assert "wagtail-userbar" in response.content.decode()
    assert "private" in response["Cache-Control"]
    assert "wagtail-userbar" not in ask(article.url_in("fr")).content.decode()


def test_changed_page_is_rendered_anew(article, ask):
    url = article.url_in("fr")
    ask(url)
    publish_draft(article, lead_fr="Un tout autre chapeau.")
    assert "Un tout autre chapeau." in ask(url).content.decode()


def test_page_stays_kept_when_another_is_published(journal, article, ask, rendered):
    url = article.url_in("fr")
    ask(url)
    other = make_article(journal, "La ville", "The city")
    ask(url)  # the first one behind it may be suggested
    rendered()
    publish_draft(other, lead_fr="Une autre ville")
    assert b"Le lac" in ask(url).content
    assert rendered() == 0


def test_menu_without_a_choice_follows_the_number_of_articles(journal, article, ask):
    topics = [make_topic(journal, f"Sujet {n}", f"Topic {n}") for n in range(8)]
    assert b"Sujet 7" not in ask(article.url_in("fr")).content
    make_article(journal, "La ville", "The city", topics=topics[7:])
    assert b"Sujet 7" in ask(article.url_in("fr")).content


def test_page_taken_offline_is_gone_at_once(article, ask):
    url = article.url_in("fr")
    ask(url)
    article.unpublish_languages(["fr"])
    assert ask(url).status_code == 404


@pytest.mark.parametrize("query", one_of(["?utm_source=x", "?a=1&b=2", "?page=2&page=2"], "odd"))
def test_unknown_keys_change_nothing(article, ask, rendered, query):
    url = article.url_in("fr")
    plain = ask(url)
    rendered()
    assert ask(url + query).content == plain.content
    assert rendered() == 0


@pytest.mark.parametrize("keys", [100, pytest.param(10_000, marks=pytest.mark.odd)])
def test_unknown_keys_make_no_entries(article, ask, keys):
    url = article.url_in("fr")
    for number in range(keys):
        assert ask(f"{url}?key{number}={number}").status_code == 200
    assert len(storage.memory.entries) == 1


@pytest.mark.rare
def test_link_to_a_page_of_another_language_comes_and_goes(article, ask):
    section = article.get_parent()
    texts = {"lead_fr": "Un chapeau.", "body_fr": paragraphs("Un texte.")}
    french = make_page(ArticlePage, section, "Une source", None, ["fr"], **texts)
    link = f'<a linktype="page" id="{french.pk}">source</a>'
    texts = {"lead_en": "A lead.", "body_en": paragraphs(f"A {link}.")}
    english = make_page(ArticlePage, section, None, "A spring", ["en"], **texts)
    url, address = english.url_in("en"), f'href="{french.url_in("fr")}"'.encode()
    assert address in ask(url).content
    french.unpublish()
    assert address not in ask(url).content
    publish_draft(french)
    assert address in ask(url).content


@pytest.mark.rare
@pytest.mark.urls("tests.articles.addresses.unprefixed")
def test_pages_of_a_language_without_prefix_are_kept(article, ask, rendered):
    """They vary with no header, and a change in another language leaves them as they are."""
    for path in ("/", article.url_in("fr"), "/", article.url_in("fr")):
        assert "Accept-Language" not in ask(path, accept_language="en")["Vary"]
    assert rendered() == 2
    publish_draft(article, headline_fr="Le lac dégèle")
    assert "Le lac dégèle" in ask(article.url_in("fr")).content.decode()
