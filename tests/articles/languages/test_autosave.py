"""The browser saves by itself while an editor writes: half-filled, and every half second."""

import pytest

from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import (
    PUBLISH,
    PUBLISH_ENGLISH,
    article_form,
    autosave,
    autosave_new,
    draft_of,
    edit,
    live_in,
    newest_page,
    rows,
)
from tests.factories import make_article, sign_in


def test_an_empty_page_is_not_created(journal, admin):
    before = ArticlePage.objects.count()
    response = autosave_new(admin, journal.articles, article_form())
    assert response.status_code == 400
    assert response.json()["error_code"] == "validation_error"
    assert ArticlePage.objects.count() == before


@pytest.mark.parametrize("headlines", [("É", None), (None, "E"), ("É", "E")])
def test_a_headline_in_any_language_is_enough(journal, admin, headlines):
    saved = autosave_new(admin, journal.articles, article_form(*headlines)).json()
    assert saved["success"]
    page = newest_page()
    assert page.pk == saved["pk"]
    assert not page.live
    assert page.languages_written() == [
        code for code, headline in zip(("fr", "en"), headlines, strict=True) if headline
    ]


def test_the_address_of_a_new_page_follows_what_is_typed(journal, admin):
    saved = autosave_new(admin, journal.articles, article_form("É")).json()
    page = newest_page()
    form = article_form("Éléphant", "Elephant", url_slug_fr="elephant", url_slug_en="elephant")
    assert autosave(admin, page, form, saved["revision_id"]).json()["success"]
    assert rows(page) == {
        "fr": ("/accueil/articles/elephant/", False),
        "en": ("/accueil/stories/elephant/", False),
    }


def test_a_live_page_stays_as_it_is(journal, admin, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    before = rows(page)
    form = article_form("Brouillon", None, lead_fr="", url_slug_fr="brouillon")
    assert autosave(admin, page, form).json()["success"]
    page.refresh_from_db()
    assert (page.headline_fr, page.headline_en) == ("Éléphant", "Elephant")
    assert rows(page) == before
    draft = draft_of(page)
    assert (draft.headline_fr, draft.headline_en or "") == ("Brouillon", "")
    assert reader.get("/fr/articles/elephant/").status_code == 200


def test_saving_over_and_over_keeps_one_draft(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    revision = autosave(admin, page, article_form("Un", "One")).json()["revision_id"]
    before = page.revisions.count()
    for headline in ("Deux", "Trois"):
        autosave(admin, page, article_form(headline, "One"), revision)
    assert page.revisions.count() == before
    assert draft_of(page).headline_fr == "Trois"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_address_that_is_taken_is_said_and_not_saved(journal, admin, language):
    make_article(journal, "Un", "One", url_slug_fr="pris", url_slug_en="taken")
    page = make_article(journal, "Deux", "Two")
    taken = {"fr": {"url_slug_fr": "pris"}, "en": {"url_slug_en": "taken"}}[language]
    response = autosave(admin, page, article_form("Deux", "Two", **taken))
    assert response.json()["error_code"] == "validation_error"
    assert not ArticlePage.objects.get(pk=page.pk).has_unpublished_changes


def test_emptying_every_headline_is_said_and_not_saved(journal, admin):
    page = make_article(journal, "Deux", "Two")
    response = autosave(admin, page, article_form())
    assert response.json()["error_code"] == "validation_error"


def test_publishing_after_autosave_publishes_what_was_typed(journal, admin):
    saved = autosave_new(admin, journal.articles, article_form("É")).json()
    page = newest_page()
    form = article_form("Éléphant", "Elephant", PUBLISH_ENGLISH)
    edit(admin, page, {**form, "overwrite_revision_id": str(saved["revision_id"])})
    assert live_in(page) == ["en"]
    edit(admin, page, article_form("Éléphant", "Elephant", PUBLISH))
    assert live_in(page) == ["en"]


def test_autosave_of_somebody_without_the_right_to_publish_works_too(journal, client):
    sign_in(client, "editor")
    saved = autosave_new(client, journal.articles, article_form("Éléphant")).json()
    assert autosave(client, newest_page(), article_form("Deux"), saved["revision_id"]).json()[
        "success"
    ]
