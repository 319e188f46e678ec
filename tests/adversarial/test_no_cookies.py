"""No public address sets a cookie for somebody who has not signed in.

Choosing a language is the exception: it is remembered as the choice itself, with nothing that tells
readers apart.
"""

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.translation import override

from tests.adversarial.admin_matrix import walk
from tests.factories import make_article, make_author, make_topic

pytestmark = pytest.mark.adversarial

#: What the parameters of public addresses stand for; addresses with others are asked for as well.
VALUES = {
    "pk": 1,
    "page_id": 1,
    "language": "fr",
    "number": 1,
    "path": "x",
    "key": "x",
    "colours": ["#112233"],
}
#: Forms of people who sign in, which Django protects by a cookie.
FORMS = ("wagtailadmin_", "wagtailcore_login", "wagtailcore_authenticate")


def _public_addresses():
    admin = reverse("wagtailadmin_home").lstrip("/")
    for address, name, parameters in walk(get_resolver().url_patterns):
        if not name or address.startswith(admin) or name.startswith(FORMS):
            continue
        for code in ("fr", "en"):
            with override(code):
                try:
                    yield reverse(name, kwargs={each: VALUES.get(each, 1) for each in parameters})
                except NoReverseMatch:
                    continue


def _pages(journal):
    article = make_article(journal, authors=[make_author(journal)], topics=[make_topic(journal)])
    pages = (journal.home, journal.articles, journal.authors, journal.topics, article)
    return [page.url_in(code) for page in pages for code in ("fr", "en")]


def test_readers_get_no_cookie(journal, client):
    addresses = {*_public_addresses(), *_pages(journal)}
    addresses |= {"/", "/fr/", "/fr/nowhere/", "/sitemap.xml", "/robots.txt", "/fr/?x=1"}
    assert len(addresses) > 30
    found = {}
    for address in sorted(addresses):
        response = client.get(address)
        if response.cookies:
            found[address] = sorted(response.cookies)
    assert found == {reverse("diptych_choose_language", args=("fr",)): ["django_language"]}
