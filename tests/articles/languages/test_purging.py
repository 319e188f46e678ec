"""Every address whose content has changed is purged from the front-end cache."""

import pytest

from tests.articles.languages import caches
from tests.articles.languages.editor import Refused
from tests.factories import make_article, make_plain_page, publish_draft, write_draft


@pytest.fixture
def purged(journal, settings, monkeypatch, django_capture_on_commit_callbacks):
    """The addresses that the engine purges: ``purged(lambda: …)`` gives sorted addresses."""
    monkeypatch.setattr("diptych.articles.delivery.purging.addresses_showing", lambda tags: [])
    caches.install_frontend_cache(monkeypatch)
    settings.WAGTAILFRONTENDCACHE = {
        "default": {"BACKEND": "tests.articles.languages.caches.RecordingCache"}
    }

    def purge(change):
        caches.commit_all()
        caches.purged.clear()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        return sorted(set(caches.purged))

    return purge


def url(path):
    return f"http://testserver{path}"


def of_articles(*paths):
    """The addresses at each of ``paths``, and those below: two languages, and the text to copy."""
    ends = ("", "en-fr/", "fr-en/", "republish/")
    return sorted(url(f"{path}{end}") for path in paths for end in ends)


def test_publishing_purges_the_address_in_each_language(journal, purged):
    page = make_article(journal, "Éléphant", "Elephant")
    assert purged(lambda: publish_draft(page, lead_fr="Autre chapeau.")) == of_articles(
        "/en/stories/elephant/", "/fr/articles/elephant/"
    )


def test_a_new_slug_purges_the_old_address_too(journal, purged):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["en"])
    assert purged(lambda: publish_draft(page, url_slug_en="pachyderm")) == of_articles(
        "/en/stories/elephant/", "/en/stories/pachyderm/"
    )


def test_unpublishing_a_language_purges_its_address(journal, purged):
    page = make_article(journal, "Éléphant", "Elephant")
    assert url("/en/stories/elephant/") in purged(lambda: page.unpublish_languages(["en"]))


def test_unpublishing_purges_the_address_in_each_language(journal, purged):
    page = make_article(journal, "Éléphant", "Elephant")
    assert purged(page.unpublish) == of_articles("/en/stories/elephant/", "/fr/articles/elephant/")


def test_renaming_a_section_purges_what_is_below_it(journal, purged):
    section = make_plain_page(journal, "Dossier", "File")
    make_plain_page(journal, "Un", "One", parent=section)
    section.refresh_from_db()
    addresses = purged(lambda: publish_draft(section, url_slug_en="folder"))
    assert {url("/en/file/one/"), url("/en/folder/one/")} <= set(addresses)
    assert url("/fr/dossier/un/") not in addresses


def test_a_draft_purges_nothing(journal, purged):
    page = make_article(journal, "Éléphant", "Elephant")
    assert purged(lambda: write_draft(page, headline_fr="Brouillon")) == []
    assert purged(lambda: make_article(journal, "Tigre", "Tiger", live_in=[])) == []


def test_what_is_cached_below_the_address_is_purged_with_it(journal, purged, monkeypatch):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["en"])
    monkeypatch.setattr(type(page), "get_cached_paths", lambda self: ["/", "/feed.xml"])
    assert purged(lambda: publish_draft(page, lead_en="Other.")) == [
        url("/en/stories/elephant/"),
        url("/en/stories/elephant/feed.xml"),
    ]


def test_nothing_is_purged_when_the_change_is_undone(journal, purged, refusing):
    page = make_article(journal, "Éléphant", "Elephant")

    def publish_in_vain():
        with refusing(), pytest.raises(Refused):
            publish_draft(page, lead_fr="Autre chapeau.")

    assert purged(publish_in_vain) == []


def test_a_cache_that_cannot_be_reached_does_not_stop_publishing(journal, purged, settings):
    page = make_article(journal, "Éléphant", "Elephant")
    settings.WAGTAILFRONTENDCACHE = {
        "default": {"BACKEND": "tests.articles.languages.caches.BrokenCache"}
    }
    purged(lambda: publish_draft(page, lead_fr="Autre chapeau."))
    page.refresh_from_db()
    assert page.lead_fr == "Autre chapeau."


def test_without_the_application_nothing_is_purged(
    journal, settings, django_capture_on_commit_callbacks
):
    settings.WAGTAILFRONTENDCACHE = {
        "default": {"BACKEND": "tests.articles.languages.caches.RecordingCache"}
    }
    page = make_article(journal, "Éléphant", "Elephant")
    caches.purged.clear()
    with django_capture_on_commit_callbacks(execute=True):
        publish_draft(page, lead_fr="Autre chapeau.")
    assert caches.purged == []
