"""The address without a language, the choice of one, and answers in the reader's language."""

import pytest
from bs4 import BeautifulSoup

from diptych.articles.languages.config import language_config
from tests.factories import make_article, make_journal
from tests.tiers import one_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "address"),
    [("en", "/en/"), ("fr-CH,fr;q=0.9", "/fr/"), ("de,en;q=0.5", "/en/"), ("ja", "/fr/")],
)
def test_the_entrance_follows_the_browser(journal, client, accepted, address):
    response = client.get("/", headers={"accept-language": accepted})
    assert response.status_code == 302
    assert response["Location"] == address
    assert "Accept-Language" in response["Vary"]


def test_a_variant_is_read_as_such_where_the_site_has_it(monkeypatch):
    """A site in French and Brazilian Portuguese has no other Portuguese."""
    languages = ["fr", "pt-br"]
    monkeypatch.setattr(language_config.modeltranslation_settings, "AVAILABLE_LANGUAGES", languages)
    asked = ("pt-br", "fr-ch", "fr", "pt", "", None)
    found = [language_config.available_language(code) for code in asked]
    assert found == ["pt-br", "fr", "fr", None, None, None]


def test_a_choice_outweighs_the_browser(journal, client):
    chosen = client.get("/language/en/?next=/en/stories/")
    assert chosen["Location"] == "/en/stories/"
    response = client.get("/", headers={"accept-language": "fr"})
    assert response["Location"] == "/en/"


def test_the_entrance_never_leads_to_a_home_that_is_not_live(client):
    make_journal(live_in=("fr",))
    response = client.get("/", headers={"accept-language": "en"})
    assert response["Location"] == "/fr/"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "javascript:1", "abc", "wagtailadmin_home", "#x"],
)
def test_a_choice_leads_nowhere_else(journal, client, target):
    assert client.get("/language/en/", {"next": target})["Location"] == "/"


def test_an_unknown_language_cannot_be_chosen(journal, client):
    assert client.get("/language/xx/", follow=True).status_code == 404


@pytest.mark.parametrize(
    ("address", "words"),
    [("/en/nowhere/", "This page does not exist"), ("/fr/nulle-part/", "Cette page n’existe pas")],
)
def test_a_missing_page_is_told_in_the_language_of_the_address(journal, client, address, words):
    response = client.get(address)
    assert response.status_code == 404
    assert words in response.content.decode()


def test_a_page_in_one_language_says_so_in_the_other(journal, client):
    make_article(journal, en=None, live_in=("fr",))
    response = client.get("/en/stories/le-lac-gele/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "This article does not exist in English yet" in page
    assert BeautifulSoup(page, "lxml").select_one("[lang=fr][dir=ltr] > .lead-story--side")
    assert 'href="/fr/articles/le-lac-gele/"' in page
    assert "Texte de" not in page
    assert '<meta name="robots" content="noindex">' in page


@pytest.mark.parametrize(
    "query", one_of(["page=abc", "page=0", "page=999", "page=-1", "page=1e9"], "odd")
)
def test_an_unknown_page_of_a_list_is_a_404(journal, client, query):
    make_article(journal)
    assert client.get(f"/en/stories/?{query}").status_code == 404
    assert client.get(f"/en/search/?q=lake&{query}").status_code == 404
