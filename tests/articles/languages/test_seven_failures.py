"""What goes wrong when two languages share a page elsewhere, and must not here."""

import re
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.apps import apps

from tests.articles.languages import caches
from tests.articles.languages.editor import (
    PUBLISH,
    PUBLISH_ENGLISH,
    PUBLISH_FRENCH,
    article_form,
    create,
    draft_of,
    edit,
    newest_page,
    revert,
)
from tests.factories import make_article, sign_in

NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


@pytest.mark.parametrize(
    ("interface", "slug", "old", "new"),
    [
        ("fr", {"url_slug_en": "new"}, "/en/stories/elephant/", "/en/stories/new/"),
        ("en", {"url_slug_fr": "neuf"}, "/fr/articles/elephant/", "/fr/articles/neuf/"),
    ],
)
def test_no_dead_link_when_a_slug_changes_in_the_language_the_editor_does_not_speak(
    journal, client, reader, interface, slug, old, new
):
    page = make_article(journal, "Éléphant", "Elephant")
    sign_in(client, language=interface)
    slugs = {"url_slug_fr": "elephant", "url_slug_en": "elephant", **slug}
    edit(client, page, article_form("Éléphant", "Elephant", PUBLISH, **slugs))
    response = reader.get(old)
    assert (response.status_code, response.url) == (301, new)
    assert reader.get(new).status_code == 200


def test_french_text_under_an_english_address_is_no_article_and_marked(journal, reader):
    make_article(journal, "Seulement en français", None, live_in=["fr"])
    for path in ("/en/stories/", "/en/articles/"):
        response = reader.get(f"{path}seulement-en-francais/")
        assert response.status_code == 404
        assert "Texte de" not in response.content.decode()
        soup = BeautifulSoup(response.content, "html.parser")
        leads = soup.find_all(string=re.compile("Chapeau de"))
        assert [each.find_parent(lang=True)["lang"] for each in leads] == ["fr"]


def test_no_correction_is_lost_in_english_when_french_goes_back_to_an_old_version(journal, admin):
    page = make_article(journal, "Un", "A tpyo")
    first = page.latest_revision
    edit(admin, page, article_form("Deux", "A tpyo", PUBLISH))
    edit(admin, page, article_form("Deux", "A typo", PUBLISH))
    edit(admin, page, article_form("Quatre", "A typo", PUBLISH))
    revert(admin, page, first, article_form("Un", "A tpyo", PUBLISH_FRENCH))
    page.refresh_from_db()
    assert (page.headline_fr, page.headline_en) == ("Un", "A typo")
    assert draft_of(page).headline_en == "A typo"


def test_no_address_is_left_in_the_cache_when_a_page_is_published(
    journal, admin, settings, monkeypatch, django_capture_on_commit_callbacks
):
    page = make_article(journal, "Éléphant gris", "Grey elephant")
    installed = apps.is_installed
    cache = "wagtail.contrib.frontend_cache"
    monkeypatch.setattr(apps, "is_installed", lambda name: name == cache or installed(name))
    backend = "tests.articles.languages.caches.RecordingCache"
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": backend}}
    caches.purged.clear()
    with django_capture_on_commit_callbacks(execute=True):
        edit(admin, page, article_form("Éléphant gris", "Grey elephant", PUBLISH))
    assert {
        "http://testserver/fr/articles/elephant-gris/",
        "http://testserver/en/stories/grey-elephant/",
    } <= set(caches.purged)


def test_no_language_is_missing_from_the_sitemap(journal, reader):
    make_article(journal, "Éléphant", "Elephant")
    make_article(journal, "Seul", None, live_in=["fr"])
    make_article(journal, "Brouillon", "Draft", live_in=[])
    document = ElementTree.fromstring(reader.get("/sitemap.xml").content)
    versions = {
        url.findtext("s:loc", namespaces=NAMESPACES): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMESPACES)
        }
        for url in document.findall("s:url", NAMESPACES)
    }
    french = "http://testserver/fr/articles/elephant/"
    english = "http://testserver/en/stories/elephant/"
    assert versions[french] == versions[english]
    assert {versions[french]["fr"], versions[french]["en"]} == {french, english}
    alone = "http://testserver/fr/articles/seul/"
    assert set(versions[alone].values()) == {alone}
    assert not any("brouillon" in address or "draft" in address for address in versions)


@pytest.mark.parametrize(
    ("accepted", "address"),
    [
        ("en", "/en/"),
        ("en-GB,en;q=0.9,fr;q=0.5", "/en/"),
        ("fr-CH,fr;q=0.9,en;q=0.5", "/fr/"),
        ("de,it;q=0.5", "/fr/"),
        ("", "/fr/"),
    ],
)
def test_no_reader_is_sent_to_a_language_the_browser_did_not_ask_for(
    journal, reader, accepted, address
):
    response = reader.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response.url) == (302, address)
    assert "Accept-Language" in response.headers["Vary"]
    assert "Cookie" in response.headers["Vary"]


def test_no_language_must_wait_for_the_other_to_be_published(journal, admin):
    create(admin, journal.articles, article_form("Éléphant", "Half", PUBLISH_FRENCH, lead_en=""))
    page = newest_page()
    assert page.live_languages == ["fr"]
    assert page.first_public_at_en is None
    edit(admin, page, article_form("Éléphant", "Elephant", PUBLISH_ENGLISH))
    page = newest_page()
    assert page.live_languages == ["fr", "en"]
    assert page.first_public_at_en > page.first_public_at_fr
