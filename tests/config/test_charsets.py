"""Requests that declare a charset: none makes the site fail."""

import asyncio

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import RequestFactory

from config.charsets import known_content_type, with_known_charset, with_known_charset_async
from tests.factories import make_article
from tests.tiers import one_of

CHARSETS = ["rot13", "utf-16", "undefined", "idna", "punycode", "base64", "x", "\xe9", "a\0b"]
BOUNDARY = "multipart/form-data; boundary=x"


@pytest.fixture
def connected():
    """Lets a request use the connection of the test, as Django's own client does."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


def status_of(method, address, content_type):
    """The status of the answer of the whole site, as a web server gets it."""
    environ = getattr(RequestFactory(), method)(address).environ
    started = []
    environ["CONTENT_TYPE"] = content_type
    with_known_charset(WSGIHandler())(environ, lambda status, headers: started.append(status))
    return int(started[0].split()[0])


@pytest.mark.django_db
@pytest.mark.parametrize("charset", one_of(CHARSETS, "odd"))
def test_no_charset_makes_a_page_fail(journal, connected, charset):
    make_article(journal)
    for address in (
        "/en/search/?q=lac&page=1",
        "/en/api/articles/?search=lac",
        "/admin/login/?x=1",
    ):
        assert status_of("get", address, f"text/html; charset={charset}") == 200
        assert status_of("post", address, f"{BOUNDARY}; charset={charset}") in (200, 403, 405)


@pytest.mark.django_db
def test_a_parameter_in_an_odd_charset_makes_no_page_fail(journal, connected):
    assert status_of("get", "/en/search/?q=lac", "text/html; x*=rot13'en'%41") == 200


@pytest.mark.parametrize("charset", CHARSETS)
def test_charsets_of_no_form_are_left_out(charset):
    declared = f"{BOUNDARY}; charset={charset}"
    assert known_content_type(declared, "POST") == 'multipart/form-data; boundary="x"'
    assert known_content_type(f"text/html; charset={charset}", "GET") == "text/html"
    assert known_content_type(f"text/html; x*={charset}'en'%ff", "GET").startswith("text/html")


@pytest.mark.parametrize("charset", ["utf-8", "UTF8", '"utf-8"', "latin-1", "us-ascii"])
def test_charsets_of_forms_are_kept_for_what_has_a_body(charset):
    declared = f"application/x-www-form-urlencoded; charset={charset}"
    assert known_content_type(declared, "POST") == declared
    assert known_content_type(declared, "GET") == "application/x-www-form-urlencoded"
    assert known_content_type(BOUNDARY, "POST") == BOUNDARY


def test_asgi_is_given_no_other_charset_either():
    given = []

    async def application(scope, receive, send):
        given.append(scope.get("headers"))

    def send(**scope):
        asyncio.run(with_known_charset_async(application)(scope, None, None))
        return given[-1]

    headers = [(b"content-type", b"text/html; charset=rot13"), (b"accept", b"charset=x")]
    sent = send(type="http", method="GET", headers=headers)
    assert sent == [(b"content-type", b"text/html"), (b"accept", b"charset=x")]
    assert send(type="lifespan") is None
