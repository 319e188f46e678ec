"""Footnotes as readers find them: numbered, and linked both ways."""

import pytest
from django.test import Client

from diptych.themes.parts.rich_text import html_with_notes_inside
from tests.factories import blocks, make_article, make_plain_page
from tests.reading import page_at

pytestmark = pytest.mark.django_db


def noted(text, note):
    return f"<p>{text}<footnote> {note}</footnote>.</p>"


BODY = blocks(
    ("heading", {"text": "Note 1", "level": "h2"}),
    ("paragraph", noted("Un", "Premier") + noted("Deux", "Voir <i>Ice</i>")),
    ("question", {"question": "Où ?", "answer": noted("Ici", "Troisième")}),
    ("note", {"title": "À part", "text": noted("Aussi", "Dernier")}),
)


def test_notes_are_numbered_as_they_come_and_linked_both_ways(journal):
    make_article(journal, body_fr=BODY, body_en=BODY)
    page = page_at(Client(), "/en/stories/the-lake-freezes/")
    calls = page.select("a[role=doc-noteref]")
    assert [each.get_text() for each in calls] == ["1", "2", "3", "4"]
    notes = page.select("section[role=doc-endnotes] li")
    assert [each.span.get_text() for each in notes] == [
        "Premier",
        "Voir Ice",
        "Troisième",
        "Dernier",
    ]
    for call, note in zip(calls, notes, strict=True):
        assert call["href"] == f"#{note['id']}"
        assert note.select_one("a[role=doc-backlink]")["href"] == f"#{call['id']}"
    assert calls[1]["aria-label"] == "See note 2"
    back = notes[1].select_one("a[role=doc-backlink]")
    assert back["aria-label"] == "Back to note 2 in the text"
    assert page.select_one("footnote") is None
    ids = [each["id"] for each in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_without_notes_there_is_no_list_and_a_plain_page_has_one(journal):
    make_article(journal)
    make_plain_page(journal, body_fr=BODY, body_en=BODY)
    assert not page_at(Client(), "/en/stories/the-lake-freezes/").select(
        "section[role=doc-endnotes]"
    )
    assert len(page_at(Client(), "/en/about/").select("section[role=doc-endnotes] li")) == 4


def test_where_no_list_follows_a_note_stands_between_brackets():
    html = html_with_notes_inside(noted("Un", "Premier"))
    assert html == "<p>Un <small>(Premier)</small>.</p>"
