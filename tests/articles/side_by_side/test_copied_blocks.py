"""Blocks of a translation that say word for word what their source said."""

import pytest

from diptych.articles.languages.publication.readiness.grading import NotPublishable
from tests.articles.admin.html import text_of
from tests.articles.languages.editor import draft_of
from tests.articles.side_by_side.screen import (
    address,
    body,
    change_source,
    look,
    mark,
    row_of,
    three_paragraphs,
    translated,
)
from tests.factories import write_draft

pytestmark = pytest.mark.rare

CHANGED = (("a", "Un lac gelé."), ("b", "Deux rives."), ("c", "Trois ponts."))


@pytest.fixture
def article(journal, translator):
    article = three_paragraphs(journal)
    translator.post(address(article, act="start-copied"))
    article.refresh_from_db()
    return article


def test_a_copied_block_is_to_translate_also_when_its_source_changes(article, translator):
    change_source(article, *CHANGED)
    screen = look(translator, article)
    assert screen.places["body.a"] == "untranslated"
    assert text_of(screen.place("body.a").p) == "To translate 3 words"
    assert screen.buttons("body.a") == ["Copy this block", "Still valid"]
    assert row_of(article).words_missing == row_of(article, "en").words_missing


def test_a_block_counts_as_copied_whichever_way_it_came_there(journal, translator):
    article = three_paragraphs(journal)
    write_draft(article, headline_en="The lake", body_en=body(("a", "Un lac.")))
    change_source(article, *CHANGED)
    assert look(translator, article).places["body.a"] == "untranslated"


def test_a_copied_block_that_is_written_over_is_translated(article, translator):
    change_source(article, *CHANGED)
    write_draft(article, body_en=body(("a", "A frozen lake."), ("b", "Deux rives.")))
    assert look(translator, article).places["body.a"] == "translated"
    change_source(article, ("a", "Un lac."))
    assert look(translator, article).places["body.a"] == "outdated"


def test_a_copied_block_can_be_called_the_same_in_both_languages(article, translator):
    mark(translator, article, "diptych-confirm", "body.a")
    assert look(translator, article).places["body.a"] == "translated"
    change_source(article, *CHANGED)
    assert look(translator, article).places["body.a"] == "outdated"


def test_a_copied_block_keeps_a_language_from_going_live(journal, translator):
    article = translated(journal)
    write_draft(article, body_en=body(("a", "Un lac."), ("b", "Two banks."), ("c", "Bridges.")))
    with pytest.raises(NotPublishable, match="1 passage"):
        draft_of(article).publish_languages(["en"])
    mark(translator, article, "diptych-confirm", "body.a")
    draft_of(article).publish_languages(["en"])
    article.refresh_from_db()
    assert "Un lac." in translator.get(article.url_in("en")).content.decode()
