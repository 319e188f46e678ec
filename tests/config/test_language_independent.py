"""What is the same in every language is kept once by caches."""

import re

import pytest

from tests.factories import make_article, make_journal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def journal():
    make_article(make_journal())


def in_both_languages(client, address):
    return [client.get(address, headers={"accept-language": code}) for code in ("fr", "en")]


def varies(response):
    return {name.strip() for name in response.headers.get("Vary", "").split(",") if name}


@pytest.mark.parametrize("address", ["/robots.txt", "/sitemap.xml", "/sitemap-news.xml"])
def test_crawlers_get_one_answer(client, address):
    french, english = in_both_languages(client, address)
    assert french.content == english.content
    assert varies(french) == varies(english) == set()
    assert "Content-Language" not in french.headers


def test_a_stylesheet_differs_by_its_packing_alone(client):
    html = client.get("/fr/").content.decode()
    address = re.search(r'href="([^"]*/theme/[^"]*)"', html)[1]
    french, english = in_both_languages(client, address)
    assert french.content == english.content
    assert varies(french) == varies(english) == {"Accept-Encoding"}


@pytest.mark.parametrize("address", ["/", "/nowhere.txt"])
def test_what_depends_on_the_language_says_so(client, address):
    for response in in_both_languages(client, address):
        assert "Accept-Language" in varies(response)


def test_a_part_of_the_sitemap_that_is_none_is_an_answer_of_its_language(client):
    response = client.get("/sitemap.xml?p=99")
    assert response.status_code == 404
    assert "Accept-Language" in varies(response)
