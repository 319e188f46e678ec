"""The demo runs with DEBUG on, and still answers a wrong address with the journal's own page."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as current

MIDDLEWARE = "config.not_found.OwnNotFoundMiddleware"


@pytest.mark.parametrize(
    ("address", "language", "headline"),
    [
        ("/fr/nulle-part/", "fr", "Cette page n’existe pas"),
        ("/en/nowhere/", "en", "This page does not exist"),
        ("/fr//articles/", "fr", "Cette page n’existe pas"),
        ("/en/%ff/", "en", "This page does not exist"),
    ],
)
def test_in_the_language_of_the_address(journal, client, settings, address, language, headline):
    settings.DEBUG = True
    settings.MIDDLEWARE = [*current.MIDDLEWARE, MIDDLEWARE]
    response = client.get(address)
    page = BeautifulSoup(response.content, "lxml")
    assert (response.status_code, page.html["lang"], page.h1.text) == (404, language, headline)
