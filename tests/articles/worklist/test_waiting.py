"""The first screen of the admin says what waits for whoever looks at it."""

from datetime import date

import pytest

from diptych.articles.languages.models import Review
from diptych.articles.languages.publication.reviewing import submit
from tests.articles.admin.html import soup, text_of
from tests.articles.worklist.people import (
    assigned,
    browser_of,
    make_translator,
    missing,
    outdated,
    speak,
    up_to_date,
)
from tests.factories import make_article, make_user


def waiting(client):
    """What waits: by heading, the headlines, and the links."""
    panel = soup(client.get("/admin/")).select_one("#diptych-waiting-section")
    if panel is None:
        return {}
    return {
        text_of(part.caption): [text_of(link) for link in part.select("a")]
        for part in panel.select("table")
    }


def test_nothing_is_shown_when_nothing_waits(journal, as_ana):
    up_to_date(journal)
    make_article(journal, "Le brouillon", None, live_in=())
    assert waiting(as_ana) == {}


def test_new_articles_reach_who_translates_into_the_language(journal, as_ana, ana, ben):
    missing(journal)
    assigned(missing(journal, "Pris"), ben)
    assert waiting(as_ana) == {"For you to take": ["Le lac gèle"]}
    assert waiting(browser_of(make_translator(journal, "fritz", "fr"))) == {}
    speak(ana, "fr")
    assert waiting(as_ana) == {"À prendre": ["Le lac gèle"]}


def test_what_was_assigned_to_me_the_most_urgent_first(journal, as_ana, ana, ben):
    assigned(missing(journal, "Un"), ana)
    assigned(missing(journal, "Deux"), ana, due_date=date(2030, 5, 1))
    assigned(missing(journal, "Trois"), ana, due_date=date(2020, 5, 1))
    assigned(missing(journal, "Quatre"), ben)
    assert waiting(as_ana) == {"For you to translate": ["Trois", "Deux", "Un"]}
    assert "Overdue" in text_of(soup(as_ana.get("/admin/")))


def test_what_is_done_waits_no_more(journal, as_ana, ana):
    assigned(up_to_date(journal), ana)
    assert waiting(as_ana) == {}


def test_what_was_sent_back(journal, as_ana, ana):
    assigned(up_to_date(journal), ana, review=Review.SENT_BACK)
    assert waiting(as_ana) == {"Sent back to you": ["The train"]}


def test_what_waits_for_my_review(journal, ana, as_chief, as_ana):
    page = make_article(journal, "Le vent", "The wind", live_in=("fr",))
    submit(page, "en", ana)
    panel = waiting(as_chief)
    assert panel == {"For you to review": ["The wind"]}
    assert waiting(as_ana) == {}, "she has done her part, and may not publish"
    link = soup(as_chief.get("/admin/")).select_one("#diptych-waiting-section td a")
    assert as_chief.get(link["href"]).status_code == 200


def test_who_handed_in_and_when(journal, chief, ana, as_chief):
    submit(make_article(journal, "Le vent", "The wind", live_in=("fr",)), "en", ana)

    def note():
        panel = soup(as_chief.get("/admin/")).select_one("#diptych-waiting-section")
        return text_of(panel.select_one(".diptych-worklist-note"))

    assert note().startswith("Handed in by Ana Costa")
    assert "ago" in note() or "now" in note().lower()
    speak(chief, "fr")
    assert note().startswith("Remis par Ana Costa")


def test_live_translations_that_are_out_of_date(journal, as_ana, ben):
    outdated(journal)
    assigned(outdated(journal, "La pluie", "The rain"), ben)
    assert waiting(as_ana) == {"Live, but out of date": ["The snow"]}
    assert waiting(browser_of(make_translator(journal, "fritz", "fr"))) == {}


@pytest.mark.rare
def test_more_than_a_few_are_a_link_away(journal, as_ana, ana):
    for number in range(7):
        assigned(missing(journal, f"Titre {number}"), ana)
    assert len(waiting(as_ana)["For you to translate"]) == 5
    links = soup(as_ana.get("/admin/")).select(".diptych-waiting-more a")
    assert len(soup(as_ana.get(links[0]["href"])).select("table.listing tbody tr")) == 7


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_the_first_screen_opens_for_everybody(journal, client, role):
    client.force_login(make_user(role))
    assert client.get("/admin/").status_code in (200, 302)
