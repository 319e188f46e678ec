"""Nothing that one visitor sends ends up in what another is shown, nor fills the cache."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from diptych.articles.caching import storage
from diptych.articles.caching.cacheable_requests import REMOVED, _encodings, best_encoding
from diptych.articles.languages.publication.draft_links import create_link
from diptych.articles.models import ArticlePage
from tests.factories import make_article, make_journal, make_user, write_draft
from tests.tiers import one_of

pytestmark = pytest.mark.usefixtures("committed")


def entries():
    return len(storage.memory.entries)


@pytest.mark.parametrize(
    "headers",
    one_of(
        [
            {"x_forwarded_host": "evil.example"},
            {"x_forwarded_proto": "https"},
            {"x_forwarded_port": "8443"},
            {"x_forwarded_for": "203.0.113.9"},
            {"forwarded": "host=evil.example"},
            {"accept_language": "en"},
            {"cookie": "django_language=en; theme=dark"},
            {"referer": "https://evil.example/"},
            {"range": "bytes=0-10"},
            {"accept": "application/json"},
            {"if_match": '"other"'},
        ],
        "odd",
    ),
)
def test_headers_of_one_visitor_change_nothing_for_the_next(article, ask, headers):
    url = article.url_in("fr")
    usual = ask(url)
    storage.memory.clear()
    assert ask(url, **headers).content == usual.content
    assert ask(url).content == usual.content
    assert entries() == 1


@pytest.mark.parametrize("cookie", ["sessionid={}", "sessionid = {}", "a=1;\tsessionid={}"])
def test_what_is_made_for_somebody_signed_in_is_private(article, client, ask, cookie):
    client.force_login(make_user())
    cookie = cookie.format(client.cookies["sessionid"].value)
    for url in (article.url_in("fr"), "/fr/search/?q=texte"):
        assert "private" in ask(url, cookie=cookie)["Cache-Control"]
    assert entries() == 0


@pytest.mark.parametrize("charset", one_of(["utf-16", "rot13"], "odd"))
def test_encoding_of_one_visitor_changes_no_links_for_the_next(article, ask, settings, charset):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 1
    make_article(make_journal(), "La forêt brûle", "The forest burns")
    section = article.get_parent().specific.url_in("fr")
    usual = ask(section).content
    assert b"?page=2" in usual
    storage.memory.clear()
    content_type = f"text/html; charset={charset}"
    assert Client().get(section, CONTENT_TYPE=content_type).content == usual
    assert ask(section).content == usual


def test_made_up_encodings_are_not_remembered():
    assert best_encoding("gzip, " + "x" * 8000) == "gzip"
    assert best_encoding("x, y, br;q=0, gzip") == "gzip"
    assert _encodings("x, y, br;q=0, gzip") == {"gzip"}
    assert best_encoding("x" * 8000 + ", gzip") == ""


def test_rendering_cannot_tell_who_asks(article, ask, monkeypatch):
    """Even a page that shows what it was sent shows the same to all."""
    sent = {name.removeprefix("HTTP_").lower(): "evil" for name in REMOVED}
    sent |= {"cookie": "theme=evil", "accept_encoding": "evil"}

    def serve(page, request, *args, **kwargs):
        return HttpResponse(f"{request.META} {request.headers} {request.COOKIES} {request.GET}")

    monkeypatch.setattr(ArticlePage, "serve", serve)
    url = article.url_in("fr")
    shown = ask(f"{url}?evil=1", **sent).content.decode()
    assert entries() == 1
    assert "evil" not in shown
    assert ask(url).content.decode() == shown


@pytest.mark.parametrize(
    "host", one_of(["evil.example", "testserver:8443", "TESTSERVER", "testserver."], "odd")
)
def test_only_hosts_of_the_journal_are_kept(article, ask, host):
    ask(article.url_in("fr"), host=host)
    assert entries() == 0


def test_invalid_host_is_refused(article, ask, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    ask(article.url_in("fr"))
    assert ask(article.url_in("fr"), host="evil.example").status_code == 400
    assert entries() == 1


def test_schemes_are_kept_apart(article):
    url = article.url_in("fr")
    Client().get(url)
    Client().get(url, secure=True)
    assert entries() == 2


@pytest.mark.parametrize(
    "path", one_of(["/fr/nulle-part/", "/fr", "/", "/language/fr/?next=/fr/"], "odd")
)
def test_what_is_not_found_or_elsewhere_is_not_kept(article, ask, path):
    assert ask(path).status_code in (301, 302, 404)
    assert entries() == 0


def test_entrance_depends_on_each_visitor(article, ask):
    assert ask("/", accept_language="en")["Location"] == "/en/"
    assert ask("/", accept_language="fr")["Location"] == "/fr/"


def test_private_page_is_not_kept(article, ask):
    url = article.url_in("fr")
    ask(url)
    PageViewRestriction.objects.create(page=article, restriction_type="password", password="x")
    before = entries()
    answer = ask(url)
    assert b"Texte de" not in answer.content
    assert "csrftoken" in answer.cookies
    assert entries() == before


def test_form_that_is_open_stays_valid_while_others_are_opened(article):
    PageViewRestriction.objects.create(page=article, restriction_type="password", password="x")
    reader = Client()
    reader.get(article.url_in("fr"))
    secret = reader.cookies["csrftoken"].value
    reader.get(article.url_in("en"))
    assert reader.cookies["csrftoken"].value == secret


def test_draft_behind_a_link_is_not_kept(article, ask):
    write_draft(article, lead_fr="Encore secret.")
    link = create_link(article, "fr", make_user(), 7)
    with override("fr"):
        url = reverse("diptych_draft", args=(link.token,))
    assert "Encore secret." in ask(url).content.decode()
    assert entries() == 0
    assert "Encore secret." not in ask(article.url_in("fr")).content.decode()


def test_posts_are_not_kept(article):
    Client().post(article.url_in("fr"))
    assert entries() == 0


@pytest.mark.parametrize(
    "query", one_of(["page=0", "page=-1", "page=x", "page=99999", "page=1&page=x"], "odd")
)
def test_odd_numbers_of_pages_are_not_kept(article, ask, query):
    section = article.get_parent().specific.url_in("fr")
    ask(f"{section}?{query}")
    assert entries() == 0


def test_long_queries_and_paths_are_not_kept(article, ask):
    ask(article.url_in("fr") + "?" + "a" * 5000)
    ask("/fr/" + "a" * 600 + "/")
    assert entries() == 0


def test_pages_of_a_list_are_told_apart(article, ask, settings):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 1
    section = article.get_parent().specific.url_in("fr")
    first = ask(section)
    assert ask(f"{section}?page=1&x=y").content == ask(f"{section}?page=1").content
    assert ask(f"{section}?page=2").status_code == 404
    assert ask(section).content == first.content


def test_api_refuses_unknown_keys(article, ask):
    assert ask("/fr/api/articles/").status_code == 200
    assert ask("/fr/api/articles/?unknown=1").status_code == 400
    assert ask("/fr/api/articles/?limit=1").status_code == 200
    assert entries() == 1
