"""Publishing one language while the other is being written: its draft waits, and is kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import (
    PUBLISH,
    PUBLISH_BOTH,
    PUBLISH_ENGLISH,
    PUBLISH_FRENCH,
    article_form,
    create,
    draft_of,
    edit,
    live_in,
    newest_page,
    plain_form,
    revert,
    rows,
)
from tests.factories import make_article, make_author, make_plain_page, write_draft


def texts(page):
    return page.headline_fr, page.headline_en


def test_french_goes_live_and_the_english_draft_is_kept(journal, admin, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    form = article_form("Éléphant 2", "Draft", PUBLISH_FRENCH, url_slug_en="draft")
    edit(admin, page, form)
    page.refresh_from_db()
    assert texts(page) == ("Éléphant 2", "Elephant")
    assert texts(draft_of(page)) == ("Éléphant 2", "Draft")
    assert page.has_unpublished_changes
    assert reader.get("/en/stories/elephant/").status_code == 200
    assert reader.get("/en/stories/draft/").status_code == 404


def test_the_kept_draft_is_published_later(journal, admin, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    edit(admin, page, article_form("Éléphant", "Draft", PUBLISH_FRENCH))
    edit(admin, page, article_form("Pas encore", "Final", PUBLISH_ENGLISH))
    page.refresh_from_db()
    assert texts(page) == ("Éléphant", "Final")
    assert texts(draft_of(page)) == ("Pas encore", "Final")
    assert reader.get("/en/stories/elephant/").url == "/en/stories/final/"


def test_without_changes_in_the_other_language_no_draft_remains(journal, admin):
    page = make_plain_page(journal, "À propos", "About")
    form = plain_form("À propos de nous", "About", PUBLISH_FRENCH, url_slug_en="about")
    edit(admin, page, form)
    page.refresh_from_db()
    assert texts(page) == ("À propos de nous", "About")
    assert not page.has_unpublished_changes


def test_the_editor_is_told_that_a_draft_was_kept(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    response = edit(admin, page, article_form("Éléphant", "Draft", PUBLISH_FRENCH))
    said = [str(message) for message in response.wsgi_request._messages]
    assert any("English" in sentence and "draft" in sentence for sentence in said)


def test_the_table_says_which_language_has_a_draft(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    edit(admin, page, article_form("Éléphant", "Draft", PUBLISH_FRENCH))
    states = {row.language: row.state for row in page.languages.all()}
    assert states == {"fr": "live", "en": "changed"}


def test_a_language_that_is_not_live_is_held_back_too(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    edit(admin, page, article_form("Éléphant 2", "Draft", PUBLISH_FRENCH))
    page.refresh_from_db()
    assert live_in(page) == ["fr"]
    assert texts(draft_of(page)) == ("Éléphant 2", "Draft")


def test_on_a_new_page_the_other_language_waits(journal, admin):
    create(admin, journal.articles, article_form("Éléphant", "Draft", PUBLISH_FRENCH))
    page = newest_page()
    assert live_in(page) == ["fr"]
    assert texts(draft_of(page)) == ("Éléphant", "Draft")


def test_in_code_the_draft_is_kept_as_well(journal):
    page = make_article(journal, "Éléphant", "Elephant")
    write_draft(page, headline_fr="Éléphant 2", headline_en="Draft")
    page.publish_languages(["fr"])
    assert texts(page) == ("Éléphant 2", "Elephant")
    assert texts(draft_of(page)) == ("Éléphant 2", "Draft")
    page.publish_languages(["en"])
    assert texts(page) == ("Éléphant 2", "Draft")
    assert not page.has_unpublished_changes


def test_the_comparison_with_the_live_version_shows_the_kept_draft(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    edit(admin, page, article_form("Éléphant", "Draft", PUBLISH_FRENCH))
    latest = draft_of(page).latest_revision_id
    names = ("wagtailadmin_pages:revisions_compare", [page.pk, "live", latest])
    html = admin.get(reverse(names[0], args=names[1])).content.decode()
    assert "Draft" in html
    assert "Elephant" in html
    assert "Éléphant</" not in html.split("comparison")[-1]


@pytest.mark.rare
def test_what_rows_below_the_page_say_in_the_other_language_waits_too(journal, admin):
    author = make_author(journal)
    page = make_article(journal, "Éléphant", "Elephant", authors=[author])
    entry = page.authors.get()
    roles = {"author": author.pk, "id": entry.pk, "role_fr": "Texte", "role_en": "Words"}
    edit(admin, page, article_form("Éléphant", "Elephant", PUBLISH_FRENCH, authors=[roles]))
    entry.refresh_from_db()
    assert (entry.role_fr, entry.role_en or "") == ("Texte", "")
    kept = draft_of(page).authors.get()
    assert (kept.role_fr, kept.role_en) == ("Texte", "Words")


def test_an_author_that_is_added_appears_in_both_languages_with_the_role_published(journal, admin):
    author = make_author(journal)
    page = make_article(journal, "Éléphant", "Elephant")
    roles = {"author": author.pk, "role_fr": "Texte", "role_en": "Words"}
    edit(admin, page, article_form("Éléphant", "Draft", PUBLISH_FRENCH, authors=[roles]))
    page = ArticlePage.objects.get(pk=page.pk)
    entry = page.authors.get()
    assert (entry.author, entry.role_fr, entry.role_en or "") == (author, "Texte", "")
    kept = draft_of(page).authors.get()
    assert (kept.pk, kept.role_en) == (entry.pk, "Words")
    assert draft_of(page).headline_en == "Draft"


def test_going_back_in_french_keeps_what_was_corrected_in_english(journal, admin):
    page = make_article(journal, "Première", "First")
    first = page.latest_revision
    edit(admin, page, article_form("Deuxième", "Corrected", PUBLISH))
    edit(admin, page, article_form("Deuxième", "Being written"))
    revert(admin, page, first, article_form("Première", "First", PUBLISH_FRENCH))
    page.refresh_from_db()
    assert texts(page) == ("Première", "Corrected")
    assert texts(draft_of(page)) == ("Première", "Being written")


def test_a_slug_held_back_moves_nothing_until_it_is_published(journal, admin, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    form = article_form("Éléphant", "Elephant", PUBLISH_FRENCH, url_slug_en="pachyderm")
    edit(admin, page, form)
    assert rows(page)["en"] == ("/accueil/stories/elephant/", True)
    draft = draft_of(page)
    assert draft.url_slug_en == "pachyderm"
    page.publish_languages(["en"])
    assert rows(page)["en"] == ("/accueil/stories/pachyderm/", True)
    assert reader.get("/en/stories/elephant/").url == "/en/stories/pachyderm/"


@pytest.mark.rare
def test_publishing_all_languages_does_not_pay_for_holding_back(journal, admin):
    """Beside what plain "Publish" costs, the requests are fulfilled and nothing more."""
    counts = []
    for number, button in enumerate((PUBLISH, PUBLISH_BOTH)):
        page = make_article(journal, f"Éléphant {number}", f"Elephant {number}")
        form = article_form("Éléphant", "Elephant", button, url_slug_fr=f"fr-{number}")
        with CaptureQueriesContext(connection) as queries:
            edit(admin, page, form)
        counts.append(len(queries))
    plain, both = counts
    assert both < plain + 8
