"""Blocks of several parts, of which a translation leaves some empty."""

import pytest

from tests.articles.admin.html import text_of
from tests.articles.side_by_side.screen import (
    body,
    form_of,
    look,
    mark,
    row_of,
    save,
    three_paragraphs,
    translated,
)
from tests.factories import make_image, write_draft

pytestmark = pytest.mark.rare


def quotation(text, attribution=""):
    return {"text": text, "attribution": attribution, "source": ""}


def table(*cells):
    return {"caption": "", "source": "", "table": {"data": [list(row) for row in cells]}}


def gallery(*captions, image):
    pictures = [
        {"image": image, "alt": "", "caption": caption, "decorative": False} for caption in captions
    ]
    return {"caption": "", "pictures": pictures}


def article_of(journal, kind, french, english):
    source, target = body(("q", kind, french)), body(("q", kind, english))
    return translated(journal, is_complete=False, body_fr=source, body_en=target)


@pytest.mark.parametrize("attribution", ["", "  "])
def test_a_quotation_without_its_speaker_is_to_translate(journal, translator, attribution):
    french = quotation("Il pleut sur le lac.", "Une batelière de Morges")
    english = quotation("It rains on the lake.", attribution)
    article = article_of(journal, "quotation", french, english)
    screen = look(translator, article)
    assert screen.places["body.q"] == "untranslated"
    place = text_of(screen.place("body.q"))
    assert "Translated in part 4 words" in place
    assert "Still empty here: Une batelière de Morges" in place
    assert screen.buttons("body.q") == ["Leave the rest empty"]
    assert (row_of(article).progress, row_of(article).words_missing) == ("incomplete", 4)


def test_a_name_that_is_the_same_counts_once_it_stands_there(journal, translator):
    french = quotation("Il pleut.", "Léa Rochat")
    article = article_of(journal, "quotation", french, quotation("It rains."))
    blocks = [("q", "quotation", quotation("It rains.", "Léa Rochat"))]
    save(translator, article, form_of(translator, article, blocks))
    assert look(translator, article).places["body.q"] == "translated"
    assert row_of(article).progress == "up_to_date"


def test_a_speaker_can_be_left_out_on_purpose(journal, translator):
    french = quotation("Il pleut.", "Léa Rochat")
    article = article_of(journal, "quotation", french, quotation("It rains."))
    mark(translator, article, "diptych-confirm", "body.q")
    assert look(translator, article).places["body.q"] == "translated"
    assert row_of(article).words_missing == 0


def test_a_speaker_that_is_taken_away_is_missed(journal, translator):
    french = quotation("Il pleut.", "Léa Rochat")
    article = article_of(journal, "quotation", french, quotation("It rains.", "Léa Rochat"))
    assert look(translator, article).places["body.q"] == "translated"
    write_draft(article, body_en=body(("q", "quotation", quotation("It rains."))))
    assert look(translator, article).places["body.q"] == "untranslated"


def test_cells_and_captions_are_missed_too(journal, translator):
    french = table(["Année", "Débit"], ["2024", ""])
    article = article_of(journal, "table", french, table(["Year", ""], ["2024", ""]))
    assert row_of(article).words_missing == 1
    image = make_image().pk
    french = gallery("Un lac", "Deux rives", image=image)
    article = article_of(journal, "gallery", french, gallery("A lake", "", image=image))
    assert "Still empty here: Deux rives" in text_of(look(translator, article).place("body.q"))


def test_what_only_the_translation_says_is_nobody_s_fault(journal, translator):
    french = quotation("Il pleut.")
    article = article_of(journal, "quotation", french, quotation("It rains.", "A boatwoman"))
    assert look(translator, article).places["body.q"] == "translated"


def test_another_kind_of_block_in_the_same_place_is_a_translation(journal, translator):
    source = body(("q", "quotation", quotation("Il pleut.", "Léa Rochat")))
    target = body(("q", "A boatwoman says that it rains."))
    article = translated(journal, body_fr=source, body_en=target)
    assert look(translator, article).places["body.q"] == "translated"


def test_a_copied_quotation_without_its_speaker_is_to_translate(journal, translator):
    french = body(("q", "quotation", quotation("Il pleut.", "Léa Rochat")))
    article = three_paragraphs(journal, body_fr=french)
    write_draft(
        article, headline_en="Rain", body_en=body(("q", "quotation", quotation("Il pleut.")))
    )
    assert look(translator, article).places["body.q"] == "untranslated"
