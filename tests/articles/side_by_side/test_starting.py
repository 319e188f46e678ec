"""Starting a translation, connecting one with its source, and following what changes there."""

import json

import pytest
from wagtail.models import PageLogEntry

from tests.articles.admin.html import text_of
from tests.articles.languages.editor import draft_of
from tests.articles.side_by_side.screen import (
    address,
    body,
    change_source,
    look,
    make_member,
    row_of,
    three_paragraphs,
    translated,
)
from tests.factories import make_article, make_author, make_image


def english(page):
    """``(id, type, value)`` of the blocks of the English draft."""
    return [
        (child["id"], child["type"], child["value"]) for child in draft_of(page).body_en.raw_data
    ]


def log_actions(page):
    return list(PageLogEntry.objects.filter(page_id=page.pk).values_list("action", flat=True))


def test_an_untouched_translation_opens_with_the_two_ways_to_start(journal, translator):
    screen = look(translator, three_paragraphs(journal))
    buttons = [text_of(each) for each in screen.soup.select(".diptych-start button")]
    assert buttons == ["Start with empty blocks", "Start with the text of the source"]
    assert not screen.soup.select("#page-edit-form")


def test_starting_with_empty_blocks_keeps_what_is_no_text(journal, translator):
    image = make_image()
    picture = {"image": image.pk, "alt": "Un lac", "caption": "Au matin", "decorative": False}
    french = body(("a", "Un lac."), ("p", "image", picture), ("c", "Trois ponts."))
    article = three_paragraphs(journal, body_fr=french)
    answer = translator.post(address(article, act="start-empty"), follow=True)
    assert answer.redirect_chain == [(address(article), 302)]
    assert english(article) == [
        ("a", "paragraph", ""),
        ("p", "image", {"image": image.pk, "alt": "", "caption": "", "decorative": False}),
        ("c", "paragraph", ""),
    ]
    assert row_of(article).words_missing == row_of(article, "en").words_missing > 0
    assert log_actions(article)[0] == "diptych.start_translation"
    assert (
        "Translation into English started"
        in translator.get(f"/admin/pages/{article.pk}/history/").content.decode()
    )


def test_an_empty_table_keeps_its_figures_and_is_to_translate(journal, translator):
    cells = [["Année", "Débit"], ["2024", "31 %"], [2025, None]]
    table = {"caption": "Le Rhône", "table": {"data": cells, "first_row_is_table_header": True}}
    article = three_paragraphs(journal, body_fr=body(("t", "table", table)))
    translator.post(address(article, act="start-empty"))
    ((_key, _kind, started),) = english(article)
    assert started["table"]["data"] == [["", ""], ["2024", "31 %"], [2025, None]]
    assert (started["caption"], started["table"]["first_row_is_table_header"]) == ("", True)
    assert look(translator, article).places["body.t"] == "untranslated"


def test_starting_with_the_text_leaves_everything_to_translate(journal, translator):
    article = three_paragraphs(journal)
    answer = translator.post(address(article, act="start-copied"), follow=True)
    assert "The texts of the source are there, to be written over." in answer.content.decode()
    draft = draft_of(article)
    assert english(article)[0][2] == "<p>Un lac.</p>"
    assert (draft.headline_en, draft.lead_en) == ("Le lac", article.lead_fr)
    screen = look(translator, article)
    assert set(screen.places) == {"headline", "lead", "body.a", "body.b", "body.c"}
    assert set(screen.places.values()) == {"untranslated"}
    assert "The same in both languages" in screen.buttons("body.a")
    assert row_of(article).words_missing == row_of(article, "en").words_missing > 0


@pytest.mark.rare
def test_what_may_not_be_published_empty_is_not_offered_to_be_left_so(journal, translator):
    article = three_paragraphs(journal, meta_description_fr="Un lac en hiver.")
    translator.post(address(article, act="start-empty"))
    screen = look(translator, article)
    assert screen.buttons("lead") == screen.buttons("headline") == ["Copy the text"]
    assert "Leave it empty" in screen.buttons("meta_description")
    assert screen.buttons("body.a") == ["Copy this block", "Leave it empty"]


def test_a_block_that_is_deleted_before_it_was_translated_is_said_to_be(journal, translator):
    article = three_paragraphs(journal)
    translator.post(address(article, act="start-empty"))
    change_source(article, ("a", "Un lac."), ("b", "Deux rives."))
    screen = look(translator, article)
    assert screen.places["body.c"] == "gone"
    assert "Delete here too" in screen.buttons("body.c")


def test_starting_twice_writes_nothing_over(journal, translator):
    article = translated(journal)
    translator.post(address(article, act="start-copied"))
    assert english(article)[0][2] == "<p>A lake.</p>"


@pytest.mark.parametrize("act", ["start-empty", "pair", "make-source"])
def test_nothing_changes_by_looking(journal, translator, act):
    article = three_paragraphs(journal)
    before = article.revisions.count()
    assert translator.get(address(article, act=act)).status_code == 405
    assert translator.post(address(article, act="other"), follow=True).status_code == 404
    assert article.revisions.count() == before


@pytest.mark.rare
def test_blocks_without_ids_in_common_are_paired_by_their_order(journal, translator):
    english_body = body(("x", "A lake."), ("y", "Two banks."))
    article = translated(journal, body_en=english_body)
    screen = look(translator, article)
    assert "Pair blocks by their order" in screen.response.content.decode()
    answer = translator.post(address(article, act="pair"), follow=True)
    assert "2 blocks have been paired" in answer.content.decode()
    assert [key for key, _kind, _text in english(article)] == ["a", "b"]
    screen = look(translator, article)
    assert screen.places["body.a"] == "translated"
    assert screen.places["body.c"] == "untranslated"
    assert "Pair blocks by their order" not in screen.response.content.decode()


def test_a_block_of_the_source_comes_as_it_is_there_now(journal, translator):
    article = translated(journal)
    change_source(article, ("a", "Un lac."), ("n", "Du neuf."))
    copy = address(article, act="copy")
    answer = translator.get(copy, {"key": "body.n", "text": "1"}).json()
    assert (answer["id"], answer["type"]) == ("n", "paragraph")
    assert "Du neuf." in answer["value"]
    assert "Du neuf." not in translator.get(copy, {"key": "body.n"}).json()["value"]
    assert translator.get(copy, {"key": "lead"}).json() == {"value": article.lead_fr}
    for key in ("body.unknown", "unknown", "", "headline.a"):
        assert translator.get(copy, {"key": key}, follow=True).status_code == 404
    assert [key for key, _kind, _text in english(article)] == ["a", "b", "c"]


def test_rich_text_comes_as_its_field_holds_it(journal, translator):
    author = make_author(journal, biography_fr="<p>Elle <b>écrit</b>.</p>", biography_en="")
    answer = translator.get(address(author, act="copy"), {"key": "biography"}).json()
    (block,) = json.loads(answer["value"])["blocks"]
    assert block["text"] == "Elle écrit."
    assert block["inlineStyleRanges"] == [{"offset": 5, "length": 5, "style": "BOLD"}]


def test_a_source_that_changes_meanwhile_is_read_anew(journal, translator):
    article = translated(journal)
    change_source(article, ("a", "Un lac gelé."), ("b", "Deux rives."))
    answer = translator.get(address(article, act="sources"), {"key": "body.a"})
    assert "Un lac gelé." in answer.content.decode()
    assert "Deux rives." not in answer.content.decode()


@pytest.mark.rare
def test_the_source_language_itself_is_not_translated_but_can_change_places(journal, translator):
    article = translated(journal)
    screen = look(translator, article, "fr")
    assert "Make English the source" in text_of(screen.soup)
    answer = translator.post(address(article, act="make-source"), follow=True)
    assert answer.redirect_chain[0][0] == address(article, "fr")
    draft = draft_of(article)
    assert draft.source_language == "en"
    assert draft.body_fr.raw_data[0]["value"] == "<p>Un lac.</p>"
    screen = look(translator, article, "fr")
    assert set(screen.places.values()) == {"translated"}
    assert screen.source("body.a") == "A lake."
    assert "diptych.change_source" in log_actions(article)


@pytest.mark.parametrize("may", [("edit_en",), ("edit_fr",)])
def test_changing_the_source_needs_both_languages(journal, client, may):
    article = translated(journal)
    client.force_login(make_member(journal, *may))
    client.post(address(article, act="make-source"))
    assert draft_of(article).source_language == "fr"


def test_a_translator_may_start_without_any_other_right(journal, client):
    article = three_paragraphs(journal)
    client.force_login(make_member(journal, "edit_en"))
    client.post(address(article, act="start-empty"))
    assert [key for key, _kind, _text in english(article)] == ["a", "b", "c"]
    assert draft_of(article).body_fr.raw_data[0]["value"] == "<p>Un lac.</p>"


def test_the_ways_here_from_the_editor_and_from_lists(journal, translator):
    article = translated(journal)
    make_article(journal, None, "Rivers", live_in=("en",), source_language="en")
    edit = translator.get(f"/admin/pages/{article.pk}/edit/").content.decode()
    assert f'href="{address(article)}"' in edit
    assert "Translate into English" in edit
    assert f'href="{address(article, "fr")}"' not in edit
    explorer = translator.get(f"/admin/pages/{journal.articles.pk}/").content.decode()
    assert "Translate into English" in explorer
    assert "Translate into French" in explorer
