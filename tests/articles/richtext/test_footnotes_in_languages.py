"""A note goes where its text goes: into a translation, a draft, an old version."""

from diptych.articles.languages.translations.units import units_in
from tests.articles.languages.editor import draft_of
from tests.articles.side_by_side.screen import address
from tests.factories import blocks, make_article, make_user, write_draft

NOTED = "<p>Il gèle<footnote> Voir le rapport.</footnote> ce matin.</p>"


def text_in(page, language):
    return page.text_in("body", language).raw_data[0]["value"]


def test_starting_with_the_text_of_the_source_takes_its_notes_along(journal, client):
    article = make_article(journal, en=None, live_in=("fr",), body_fr=blocks(("paragraph", NOTED)))
    client.force_login(make_user())
    client.post(address(article, act="start-copied"))
    assert text_in(draft_of(article), "en") == NOTED


def test_a_note_counts_as_words_to_translate_and_is_compared(journal):
    article = make_article(journal, body_fr=blocks(("paragraph", NOTED)))
    [unit] = [each for each in units_in(article, "fr").values() if each.field_name == "body"]
    assert unit.text == "Il gèle Voir le rapport. ce matin."
    assert unit.words == 7
    changed = NOTED.replace("rapport", "livre")
    write_draft(article, body_fr=blocks(("paragraph", changed)))
    [other] = [
        each for each in units_in(draft_of(article), "fr").values() if each.field_name == "body"
    ]
    assert other.fingerprint != unit.fingerprint


def test_the_notes_of_a_language_are_shown_in_that_language_alone(journal, client):
    english = NOTED.replace("Voir le rapport", "See the report")
    make_article(
        journal, body_fr=blocks(("paragraph", NOTED)), body_en=blocks(("paragraph", english))
    )
    french_page = client.get("/fr/articles/le-lac-gele/").content.decode()
    english_page = client.get("/en/stories/the-lake-freezes/").content.decode()
    assert "Voir le rapport." in french_page and "See the report." not in french_page
    assert "See the report." in english_page and "Voir le rapport." not in english_page


def test_a_note_of_a_draft_is_read_by_nobody(journal, client):
    article = make_article(journal)
    write_draft(article, body_fr=blocks(("paragraph", NOTED)))
    page = client.get("/fr/articles/le-lac-gele/").content.decode()
    assert "Voir le rapport." not in page and "doc-endnotes" not in page
