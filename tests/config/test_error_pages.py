"""What a reader is told when a page is refused, in the language of the address or the browser."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.views.defaults import permission_denied
from wagtail import hooks

from tests.factories import make_article

pytestmark = pytest.mark.django_db

FORBIDDEN = {
    "fr": "Vous n’avez pas accès à cette page",
    "en": "You do not have access to this page",
}
BROKEN = {"fr": "Une erreur s’est produite", "en": "Something went wrong"}
NOT_SENT = {"fr": "Le formulaire n’a pas été envoyé", "en": "The form was not sent"}


def refuse(page, request, serve_args, serve_kwargs):
    raise PermissionDenied


def fail(page, request, serve_args, serve_kwargs):
    raise ZeroDivisionError("The hook has failed.")


def told(response):
    """The language of the page and its headline."""
    assert response.status_code == 403
    page = BeautifulSoup(response.content, "lxml")
    assert page.select_one("meta[name=robots][content=noindex]")
    return page.html["lang"], page.h1.text


def told_of_failure(address, spoken):
    """The language and headline of the answer to a reader whose browser speaks ``spoken``."""
    client = Client(raise_request_exception=False, headers={"accept-language": spoken})
    with hooks.register_temporarily("before_serve_page", fail):
        response = client.get(address)
    assert response.status_code == 500
    page = BeautifulSoup(response.content, "lxml")
    assert "The hook has failed" not in page.text
    return page.html["lang"], page.h1.text


@pytest.mark.parametrize("spoken", ["fr", "en"])
@pytest.mark.parametrize(
    ("language", "path"),
    [("fr", ""), ("en", ""), ("fr", "articles/le-lac-gele/"), ("en", "stories/the-lake-freezes/")],
)
def test_a_failure_is_told_in_the_language_of_the_address(journal, language, path, spoken):
    make_article(journal)
    expected = (language, BROKEN[language])
    assert told_of_failure(f"/{language}/{path}", spoken) == expected


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_that_is_not_open_to_the_reader(journal, client, language):
    with hooks.register_temporarily("before_serve_page", refuse):
        assert told(client.get(f"/{language}/")) == (language, FORBIDDEN[language])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_form_that_has_gone_stale(journal, language):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": language})
    response = client.post("/admin/login/", {"username": "a", "password": "b"})
    assert told(response) == (language, NOT_SENT[language])


def test_without_a_site_the_page_is_still_answered(rf):
    request = rf.get("/")
    assert permission_denied(request, PermissionDenied()).status_code == 403
