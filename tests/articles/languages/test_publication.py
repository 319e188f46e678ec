"""Which languages go live, by whichever way a page is published."""

from tests.articles.languages.editor import (
    PUBLISH,
    PUBLISH_BOTH,
    PUBLISH_ENGLISH,
    PUBLISH_FRENCH,
    article_form,
    create,
    draft_of,
    edit,
    errors,
    live_in,
    newest_page,
    rows,
)
from tests.factories import make_article


def test_creating_and_publishing_with_an_english_interface_keeps_the_title_french(journal, admin):
    response = create(admin, journal.articles, article_form("Éléphant", "Elephant", PUBLISH))
    assert response.status_code == 302
    page = newest_page()
    assert (page.title, page.slug, page.url_path) == (
        "Éléphant", "elephant", "/accueil/articles/elephant/")
    assert rows(page) == {"fr": ("/accueil/articles/elephant/", True), "en": ("/accueil/stories/elephant/", False)}


def test_create_both(journal, admin):
    response = create(admin, journal.articles, article_form("Éléphant", "Elephant", PUBLISH_BOTH))
    assert response.status_code == 302
    assert live_in(newest_page()) == ["fr", "en"]

def test_create_en(journal, admin):
    response = create(admin, journal.articles, article_form("Éléphant", "Elephant", PUBLISH_ENGLISH))
    assert response.status_code == 302
    assert live_in(newest_page()) == ["en"]
def test_edit_fr(journal, admin):
    page = make_article(journal)
    response = edit(admin, page, article_form("Nouveau", "New", PUBLISH_FRENCH))
    assert response.status_code == 302
    page.refresh_from_db()
    assert (page.headline_fr, page.headline_en) == ("Nouveau", "The lake freezes")
    draft = draft_of(page)
    assert (draft.headline_fr, draft.headline_en) == ("Nouveau", "New")

def test_err(journal, admin):
    page = make_article(journal)
    response = edit(admin, page, article_form("Nouveau", "New", PUBLISH_FRENCH, headline_fr=""))
    print(errors(response))
