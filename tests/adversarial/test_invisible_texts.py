"""Texts of which readers see nothing, or whose direction is turned by marks."""

import pytest
from django.utils import translation

from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import PUBLISH_BOTH, article_form, create, edit, errors
from tests.factories import make_article

pytestmark = pytest.mark.adversarial

INVISIBLE = ["\u202e", "\u200b", "\u00ad", "\u2060", "\u3164", "\u115f\u1160", "\ufeff", "\u2800"]


@pytest.mark.parametrize("mark", INVISIBLE)
def test_no_article_has_only_invisible_headlines(journal, admin, mark):
    response = create(admin, journal.articles, article_form(mark, mark * 3, PUBLISH_BOTH))
    assert "Write a headline." in errors(response)["headline_fr"]
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize("mark", INVISIBLE[:3])
@pytest.mark.parametrize("name", ["headline_en", "lead_en"])
def test_a_language_with_an_invisible_part_is_not_published(journal, admin, mark, name):
    page = make_article(journal, "Éléphant", "Elephant", live_in=["fr"])
    edit(admin, page, article_form("Éléphant", "Elephant", PUBLISH_BOTH, **{name: f" {mark} "}))
    page.refresh_from_db()
    assert "en" not in page.live_languages
    assert getattr(page.get_latest_revision_as_object(), name) == ""


@pytest.mark.parametrize("mark", INVISIBLE)
def test_an_invisible_headline_that_code_gives_is_none(journal, mark):
    page = ArticlePage(headline_fr="Éléphant", headline_en=mark, source_language="fr", live=False)
    journal.articles.add_child(instance=page)
    page.refresh_from_db()
    assert (page.headline_en, page.url_slug_en) == ("", None)
    assert page.languages_written() == ["fr"]


def test_marks_that_turn_a_headline_are_removed(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    edit(admin, page, article_form("Le \u202etnahpele\u202c", "The \u2067פיל\u2069"))
    draft = page.get_latest_revision_as_object()
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert (draft.headline_fr, draft.headline_en) == ("Le tnahpele", "The \u2067פיל\u2069")


@pytest.mark.parametrize(("language", "begins"), [("fr", "Le texte contient"), ("en", "The text")])
def test_marks_that_turn_a_text_are_on_the_checklist(journal, language, begins):
    page = make_article(journal, "Éléphant", "Elephant")
    page.body_fr = [("paragraph", "<p>Le \u202etnahpele</p>")]
    with translation.override(language):
        found = [str(text) for name, text in page.publication_checklist("fr") if name == "body_fr"]
    assert any(text.startswith(begins) for text in found)
    assert all(name != "body_en" for name, _text in page.publication_checklist("en"))
