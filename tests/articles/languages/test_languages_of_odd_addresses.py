"""Who follows a bad address is answered in the language of the address, else of the browser."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.factories import make_article, make_topic

pytestmark = pytest.mark.odd

LONG = "x" * 8192

#: Addresses that belong to no language of the site: the browser says which one to speak.
OF_NO_LANGUAGE = [
    "/de/articles/elephant/",
    "/de/",
    "/xx/",
    "/accueil/",
    "/%ff/",
    "/%00/",
    f"/{LONG}/",
    f"/de/{LONG}/",
    "/de/?page=abc",
    "/nulle-part/?page=999",
    "/articles/nulle-part/",
]

#: Addresses below a language: it is the language of the answer, whatever the browser speaks.
OF_A_LANGUAGE = [
    "nulle-part/",
    "/",
    "//",
    "%ff/",
    "%00/",
    "%E0%A4%A/",
    f"{LONG}/",
    "x/" * 4096,
    "de/",
    "%2e%2e/%2e%2e/etc/passwd",
]

LISTS = {
    "fr": ["articles/", "thematiques/climat/", "auteurs/", "search/"],
    "en": ["stories/", "topics/climate/", "authors/", "search/"],
}
NUMBERS = ["abc", "999", "0", "-1", "1.5", "%ff", "%00", "9" * 400]

NOT_FOUND = {"fr": "Cette page n’existe pas", "en": "This page does not exist"}


@pytest.fixture
def article(journal):
    return make_article(journal, "Éléphant", "Elephant", topics=[make_topic(journal)])


def answer(address, spoken):
    """The status, the language and the headline a browser that speaks ``spoken`` ends up with."""
    response = Client(headers={"accept-language": spoken}).get(address, follow=True)
    page = BeautifulSoup(response.content, "lxml")
    return response.status_code, page.html["lang"], page.h1.text


def not_found(language):
    return (404, language, NOT_FOUND[language])


@pytest.mark.parametrize(
    ("spoken", "language"),
    [("fr", "fr"), ("en", "en"), ("en-GB,en;q=0.9,fr;q=0.4", "en"), ("de", "fr"), ("", "fr")],
)
def test_without_a_language_the_browser_says_which(article, subtests, spoken, language):
    for address in OF_NO_LANGUAGE:
        with subtests.test(address[:40]):
            assert answer(address, spoken) == not_found(language)


@pytest.mark.parametrize("spoken", ["fr", "en"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_below_a_language_the_address_says_which(article, subtests, language, spoken):
    for path in OF_A_LANGUAGE:
        with subtests.test(path[:40]):
            status, lang, _headline = answer(f"/{language}/{path}", spoken)
            assert lang == language
            assert status == 404


@pytest.mark.parametrize("spoken", ["fr", "en"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_of_a_list_that_there_is_not(article, subtests, language, spoken):
    for path in LISTS[language]:
        for number in NUMBERS:
            with subtests.test(path, number=number[:10]):
                address = f"/{language}/{path}?page={number}"
                assert answer(address, spoken) == not_found(language)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_two_slashes_lead_to_the_front_page_in_the_language_of_the_browser(article, language):
    response = Client(headers={"accept-language": language}).get("//", follow=True)
    page = BeautifulSoup(response.content, "lxml")
    assert (response.status_code, page.html["lang"]) == (200, language)


@pytest.mark.parametrize("chosen", ["fr", "en"])
def test_the_language_a_reader_chose_comes_before_that_of_the_browser(article, subtests, chosen):
    spoken = {"fr": "en", "en": "fr"}[chosen]
    for address in OF_NO_LANGUAGE:
        client = Client(headers={"accept-language": spoken})
        client.get(f"/language/{chosen}/?next=/")
        with subtests.test(address[:40]):
            page = BeautifulSoup(client.get(address, follow=True).content, "lxml")
            assert page.html["lang"] == chosen
