"""Fields that a translation was started with as they stand in the source."""

import pytest
from django.urls import reverse

from diptych.articles.models import ArticleAuthor
from tests.articles.admin.html import text_of
from tests.articles.languages.editor import article_form, draft_of
from tests.articles.side_by_side.screen import (
    ENGLISH,
    address,
    form_of,
    look,
    mark,
    parsed,
    row_of,
    save,
    three_paragraphs,
)
from tests.factories import make_author, write_draft

pytestmark = pytest.mark.rare


def copied(journal, translator, headline="Climat"):
    article = three_paragraphs(journal)
    write_draft(article, headline_fr=headline)
    translator.post(address(article, act="start-copied"))
    article.refresh_from_db()
    return article


def test_a_headline_of_one_word_is_to_translate_once_it_was_copied(journal, translator):
    article = copied(journal, translator)
    assert look(translator, article).places["headline"] == "untranslated"
    write_draft(article, headline_fr="Climats")
    screen = look(translator, article)
    assert screen.places["headline"] == "untranslated"
    assert text_of(screen.place("headline").p) == "To translate 1 word"
    assert screen.buttons("headline") == ["Copy the text", "Still valid"]
    assert row_of(article).words_missing == row_of(article, "en").words_missing
    save(translator, article, form_of(translator, article, headline_en="Climate"))
    assert look(translator, article).places["headline"] == "translated"


def test_a_copied_headline_can_be_called_the_same(journal, translator):
    article = copied(journal, translator)
    mark(translator, article, "diptych-confirm", "headline")
    assert look(translator, article).places["headline"] == "translated"


def test_a_copy_does_not_go_live_as_a_translation(journal, translator):
    article = copied(journal, translator)
    form = form_of(translator, article, ENGLISH, lead_en="A lead.")
    answer = save(translator, article, {**form, "action-publish-only-en": "1"})
    asked = text_of(parsed(translator.get(answer.url).content.decode()).select_one("main"))
    assert "Headline Copied from the source" in asked
    assert "Lead" not in asked
    article.refresh_from_db()
    assert not article.is_public_en
    mark(translator, article, "diptych-confirm", "headline")
    form = form_of(translator, article, ENGLISH, lead_en="A lead.")
    save(translator, article, {**form, "action-publish-only-en": "1"})
    article.refresh_from_db()
    assert article.is_public_en


def test_a_copy_that_stands_though_its_source_was_deleted_is_no_copy_any_more(journal, translator):
    article = three_paragraphs(journal)
    write_draft(article, hero_caption_fr="Un lac gelé")
    translator.post(address(article, act="start-copied"))
    article.refresh_from_db()
    write_draft(article, hero_caption_fr="")
    assert look(translator, article).places["hero_caption"] == "gone"
    mark(translator, article, "diptych-keep", "hero_caption")
    form = form_of(translator, article, ENGLISH, headline_en="Climate", lead_en="A lead.")
    save(translator, article, {**form, "action-publish-only-en": "1"})
    article.refresh_from_db()
    assert (article.is_public_en, article.hero_caption_en) == (True, "Un lac gelé")
    write_draft(article, hero_caption_fr="Une autre légende.")
    assert look(translator, article).places["hero_caption"] == "translated"


def test_a_copied_headline_makes_no_address_until_it_is_translated(journal, translator):
    article = copied(journal, translator, "Le lac gèle")
    save(translator, article, form_of(translator, article, lead_en="A lead."))
    draft = draft_of(article)
    draft.full_clean()
    assert (draft.headline_en, draft.url_slug_en, draft.lead_en) == ("Le lac gèle", None, "A lead.")
    assert draft.url_slug_fr == article.url_slug_fr
    save(translator, article, form_of(translator, article, headline_en="The lake freezes"))
    assert draft_of(article).url_slug_en == "the-lake-freezes"


def test_a_headline_that_is_the_same_in_both_languages_makes_its_address(journal, translator):
    article = copied(journal, translator)
    mark(translator, article, "diptych-confirm", "headline")
    form = form_of(translator, article, ENGLISH, lead_en="A lead.")
    save(translator, article, {**form, "action-publish-only-en": "1"})
    article.refresh_from_db()
    assert (article.is_public_en, article.url_slug_en) == (True, "climat")


@pytest.mark.parametrize("way", ["view_draft", "preview_on_edit"])
def test_a_copied_headline_without_an_address_is_previewed(journal, translator, way):
    article = copied(journal, translator, "Le lac gèle")
    where = reverse(f"wagtailadmin_pages:{way}", args=(article.pk,))
    if way == "preview_on_edit":
        form = article_form("Le lac gèle", "Le lac gèle")
        assert translator.post(where, form).json()["is_valid"]
    answer = translator.get(where, {"mode": "en"})
    assert answer.status_code == 200
    assert "Le lac gèle" in answer.content.decode()


def test_the_source_goes_live_beside_a_copy_without_an_address(journal, translator):
    article = copied(journal, translator, "Le lac gèle")
    article.publish_languages(["fr"])
    assert "Le lac gèle" in translator.get(article.url_in("fr")).content.decode()
    assert (article.is_public_en, article.url_slug_en) == (False, None)
    assert draft_of(article).url_slug_en is None


def test_a_page_whose_source_becomes_the_copy_keeps_an_address(journal, translator):
    article = copied(journal, translator, "Le lac gèle")
    translator.post(address(article, act="make-source"))
    save(translator, article, form_of(translator, article, language="fr"), language="fr")
    draft = draft_of(article)
    assert (draft.source_language, draft.url_slug_en) == ("en", "le-lac-gele")
    assert draft.slug


def test_copying_leaves_what_was_written_and_the_roles_alone(journal, translator):
    author = ArticleAuthor(author=make_author(journal), role_fr="Texte")
    article = three_paragraphs(journal)
    write_draft(article, headline_en="The lake", authors=[author])
    translator.post(address(article, act="start-copied"))
    draft = draft_of(article)
    assert (draft.headline_en, draft.lead_en) == ("The lake", article.lead_fr)
    assert [row.role_en or "" for row in draft.authors.all()] == [""]
