"""Footnotes in the editor: what is stored, what comes back, and what is kept out."""

import json

import pytest
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.rich_text import get_text_for_indexing
from wagtail.test.utils.form_data import streamfield

from diptych.articles.blocks.text import INLINE_FEATURES
from tests.articles.languages.editor import article_form, edit
from tests.factories import blocks, make_article, sign_in

TEXT = (
    '<p data-block-key="a1b2c">Il gèle<footnote> Voir <i>L’Hiver</i>, « gel » &amp; "glace",'
    ' <a href="https://ice.example/?a=1&amp;b=2">en ligne</a>.</footnote>, dit-on'
    "<footnote> Deux</footnote>.</p>"
)


@pytest.fixture
def widget():
    return DraftailRichTextArea(features=INLINE_FEATURES)


def sent(widget, content):
    """What is stored of ``content``, as the editor's browser sends it."""
    return widget.value_from_datadict({"text": json.dumps(content)}, {}, "text")


def test_a_text_that_is_opened_and_saved_stays_as_it_is(db, widget):
    content = json.loads(widget.format_value(TEXT))
    assert content["blocks"][0]["text"] == "Il gèle*, dit-on*."
    assert sent(widget, content) == TEXT


@pytest.mark.parametrize(
    ("note", "stored"),
    [
        ("<script>alert(1)</script>Ici", "Ici"),
        ('<img src=x onerror="alert(1)">Ici', "Ici"),
        ('<a href="javascript:alert(1)">Ici</a>', "Ici"),
        ('<a href="/là" onclick="alert(1)" class="x">Ici</a>', '<a href="/là">Ici</a>'),
        ('<a linktype="page" id="7 or 1">Ici</a>', "Ici"),
        ('<a linktype="page" id="7">Ici</a>', '<a linktype="page" id="7">Ici</a>'),
        ("<footnote>Ici</footnote> et <i>là", "Ici et <i>là</i>"),
        ("<p>Ici</p>\r\n<p>et là</p>", "Ici et là"),
        ("</footnote></p><h1>Ici", "Ici"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
    ],
)
def test_only_words_marks_and_links_are_stored(db, widget, note, stored):
    content = json.loads(widget.format_value("<p>Il gèle<footnote> x</footnote>.</p>"))
    next(iter(content["entityMap"].values()))["data"]["note"] = note
    assert f">Il gèle<footnote> {stored}</footnote>.</p>" in sent(widget, content)


@pytest.mark.parametrize("note", ["", " ", "<script>x</script>", "<i></i>", None])
def test_a_note_without_words_is_none(db, widget, note):
    content = json.loads(widget.format_value("<p>Il gèle<footnote> x</footnote>.</p>"))
    next(iter(content["entityMap"].values()))["data"]["note"] = note
    assert ">Il gèle.</p>" in sent(widget, content)


def test_the_words_of_a_note_are_found_and_kept_apart(db):
    assert get_text_for_indexing(TEXT).startswith("Il gèle Voir L’Hiver")


DIALOG = "/admin/diptych/footnote/"


def typed(text):
    block = {"key": "abcde", "type": "unstyled", "depth": 0, "text": text}
    return json.dumps(
        {"blocks": [{**block, "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}
    )


def test_the_dialog_opens_on_the_note_and_gives_back_what_was_written(admin):
    html = admin.post(DIALOG, {"stored": "Voir <i>ici</i>"}).json()["html"]
    assert "Voir ici" in html and "Update the note" in html
    assert admin.post(DIALOG, {"note": typed("Voir là & ailleurs")}).json() == {
        "note": "Voir là &amp; ailleurs"
    }


def test_an_empty_note_is_asked_for_again(admin):
    assert "Insert the note" in admin.post(DIALOG, {"stored": ""}).json()["html"]
    assert "Write the note." in admin.post(DIALOG, {"note": typed("  ")}).json()["html"]


@pytest.mark.parametrize("content", ["", "null", "[]", "{", '{"blocks": 3}'])
def test_what_no_editor_sends_is_refused(admin, content):
    response = admin.post(DIALOG, {"note": content})
    assert response.status_code in (200, 400)
    assert "note" not in (response.json() if response.status_code == 200 else {})


def test_the_dialog_is_for_editors_only(client, db):
    assert client.post(DIALOG, {"stored": ""}).status_code == 302
    sign_in(client, "reader")
    assert client.post(DIALOG, {"stored": ""}).status_code == 302


def test_a_form_that_is_saved_unchanged_changes_no_note(journal, admin):
    body = [("paragraph", TEXT)]
    article = make_article(journal, body_fr=blocks(*body))
    before = stored_text(article)
    content = json.loads(DraftailRichTextArea(features=INLINE_FEATURES).format_value(before))
    [block] = article.body_fr.raw_data
    french = streamfield([("paragraph", json.dumps(content))])
    french["0-id"] = block["id"]
    form = article_form("Le lac gèle", "The lake freezes", body_fr=french)
    assert edit(admin, article, form).status_code == 302
    assert stored_text(article) == before == TEXT


def stored_text(article):
    return article.get_latest_revision_as_object().body_fr.raw_data[0]["value"]
