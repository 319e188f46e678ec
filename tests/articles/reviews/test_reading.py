"""How a text under review is read, and where it is written that it waits."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.articles.reviews.steps import address, decide, hand_in
from tests.articles.side_by_side.screen import make_member
from tests.factories import make_image, paragraphs, publish_confirmed, write_draft


def notices(client, article):
    answer = client.get(reverse("diptych_translate", args=(article.pk, "en")))
    page = BeautifulSoup(answer.content, "lxml")
    return page.select_one(".diptych-translating__notices")


def test_where_a_text_is_written_it_says_that_it_is_under_review(article, translator, reviewer):
    assert "attend une relecture" not in notices(translator, article).get_text()
    hand_in(translator, article)
    said = notices(reviewer, article)
    assert f"{translator.user.username} handed it in on" in said.get_text()
    assert said.a["href"] == address(article)
    assert "attend une relecture" in notices(translator, article).get_text()
    decide(reviewer, article, "send_back", "The lead is too long.")
    assert not notices(reviewer, article).a


@pytest.mark.rare
def test_where_a_text_is_written_it_says_that_it_was_sent_back(article, translator, reviewer):
    hand_in(translator, article)
    decide(reviewer, article, "send_back", "The lead is too long.")
    said = " ".join(notices(translator, article).get_text().split())
    assert f"Renvoyé par {reviewer.user.username} le" in said
    assert said.endswith("The lead is too long.")
    hand_in(translator, article)
    assert "Renvoyé" not in notices(translator, article).get_text()


def test_what_was_sent_back_says_so_when_its_reviewer_is_gone(article, translator, reviewer):
    hand_in(translator, article)
    decide(reviewer, article, "send_back", "The lead is too long.")
    reviewer.user.delete()
    assert "Renvoyé le" in notices(translator, article).get_text()


def test_the_way_to_a_review_is_shown_to_those_who_may_go_it(journal, article, translator, client):
    hand_in(translator, article)
    client.force_login(make_member(journal, "edit_en"))
    said = notices(client, article)
    assert "attend une relecture" in said.get_text()
    assert said.a is None


def test_notes_and_passages_are_read_as_what_they_are(article, reviewer, translator):
    note = 'Ice<footnote> See <i>Lakes</i>.</footnote> says <span lang="de">nein</span>.'
    write_draft(article, body_en=paragraphs(note))
    hand_in(translator, article)
    page = BeautifulSoup(reviewer.get(address(article)).content, "lxml")
    text = next(each for each in page.select(".diptych-review__text") if "Ice" in each.get_text())
    assert text["lang"] == "en"
    assert text.select_one("span[lang=de]").get_text() == "nein"
    assert not text.select("footnote")
    assert text.select_one("p").get_text(" ", strip=True) == "Ice 1 says nein ."
    assert text.select_one(".diptych-notes").get_text(" ", strip=True) == "Note 1 See Lakes ."


def test_what_readers_see_now_is_read_beside_it(article, reviewer, translator):
    publish_confirmed(article, headline_en="The <old> lake")
    write_draft(article, headline_en="The new lake")
    hand_in(translator, article)
    page = BeautifulSoup(reviewer.get(address(article)).content, "lxml")
    (live,) = page.select(".diptych-review__text details")
    assert "The <old> lake" in live.get_text()


def columns(client, article, label):
    """The source and the text beside it of the piece that is called ``label``."""
    page = BeautifulSoup(client.get(address(article)).content, "lxml")
    pieces = page.select(".diptych-review__piece")
    piece = next(each for each in pieces if each.h2.get_text(strip=True) == label)
    found = piece.select(":scope > .diptych-piece")
    return [" ".join(each.get_text(" ").split()) for each in found]


def test_what_only_the_translation_says_stands_on_its_side(article, reviewer):
    image = make_image(alt_fr="Deux montagnes.", caption_fr="")
    words = {"hero_alt_en": "Two mountains.", "hero_caption_en": "From Morges."}
    write_draft(article, hero_image=image, **words)
    assert columns(reviewer, article, "Alternative text of the main picture") == [
        "The image’s own alternative text Deux montagnes.",
        "Two mountains.",
    ]
    said = columns(reviewer, article, "Caption of the main picture")
    assert said == ["", "From Morges."]
