"""Beside the publishing buttons: what is to do, what is advisable, and the dates of a language."""

import datetime
import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from diptych.articles.languages.admin.publishing.schedule import presets
from diptych.articles.languages.models import LanguageSchedule
from tests.articles.admin.html import soup, text_of
from tests.articles.languages.editor import (
    PUBLISH_BOTH,
    PUBLISH_ENGLISH,
    PUBLISH_FRENCH,
    article_form,
    autosave,
    live_in,
)
from tests.factories import make_article, make_user, sign_in, write_draft


def editor(client, page):
    return soup(client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))))


def bar(screen):
    """What the bar says and does in each language, and the button for all of them."""
    found = screen.select_one("#diptych-publishing-bar")
    languages = {
        each["data-tab"]: (text_of(each), each["data-buttons"].split())
        for each in found.select("button")
    }
    return languages, found["data-diptych-publishing-whole-value"]


# Beside the buttons


def test_what_is_ready_is_published_first(journal, admin):
    page = make_article(journal, live_in=("fr",))
    languages, whole = bar(editor(admin, page))
    review = reverse("diptych_review", args=(page.pk, "en"))
    assert languages == {
        "tab-francais": ("", []),
        "tab-english": ("Before you publish (5)", [PUBLISH_ENGLISH, review]),
    }
    assert whole == PUBLISH_BOTH
    write_draft(page, headline_fr="Nouveau")
    assert bar(editor(admin, page))[0]["tab-francais"][1][0] == PUBLISH_FRENCH


def test_what_the_gate_refuses_or_asks_about_is_not(journal, admin):
    page = make_article(journal, live_in=("fr",))
    write_draft(page, lead_en="", lead_fr="")
    languages, whole = bar(editor(admin, page))
    assert languages == {
        "tab-francais": ("1 thing to do", []),
        "tab-english": ("1 thing to do", []),
    }
    assert whole == ""
    write_draft(page, lead_fr="Un.", lead_en="A lead.", body_en=page.body_fr)
    languages, whole = bar(editor(admin, page))
    assert languages["tab-english"] == ("1 open place", [])
    assert whole == ""


def test_an_automatic_save_brings_it_up_to_date_and_leaves_the_dates(journal, admin):
    page = make_article(journal, live_in=())
    form = article_form("Le lac gèle", "The lake freezes", lead_en="")
    fresh = soup_of(autosave(admin, page, form))
    assert "1 thing to do" in fresh["#diptych-publishing-bar"]
    assert "The lead is missing." in fresh["#diptych-before-en"]
    assert "[data-side-panel='publishing']" not in fresh


def soup_of(response):
    """Each part of the screen that an automatic save replaces, by selector."""
    from bs4 import BeautifulSoup

    html = BeautifulSoup(response.json()["html"], "lxml")
    found = html.select("template[data-w-teleport-target-value]")
    return {each["data-w-teleport-target-value"]: text_of(each) for each in found}


# What is to do


def test_the_panel_links_what_is_missing_and_what_is_advisable(journal, admin):
    page = make_article(journal, live_in=())
    write_draft(page, lead_en="")
    panel = editor(admin, page).select_one("[data-side-panel=publishing] #diptych-before-en")
    links = {text_of(link): link["href"] for link in panel.select("a")}
    assert links["The lead is missing."].endswith("/edit/#:w:contentpath=lead_en")
    assert links["No author is named."].endswith("=authors")
    assert links["No main picture: shared links and cards show none."].endswith("=hero_image")
    assert links["No description for search engines."].endswith("=meta_description_en")
    assert "ready" not in text_of(panel)


def test_ready_is_said_by_the_source_that_readers_see(journal, admin):
    """English has no text for a French paragraph that waits in the draft, and goes live without."""
    page = make_article(journal, live_in=("fr",))
    old = page.body_fr.get_prep_value()
    english = [{**block, "value": "<p>The lake.</p>"} for block in old]
    newer = [*old, {"type": "paragraph", "value": "<p>Plus tard.</p>", "id": str(uuid4())}]
    write_draft(page, body_en=json.dumps(english), body_fr=json.dumps(newer))
    screen = editor(admin, page)
    assert "ready to be published" in text_of(screen.select_one("#language-state-en"))
    languages, _whole = bar(screen)
    assert languages["tab-english"][1][0] == PUBLISH_ENGLISH
    page.publish_languages(["en"], make_user("moderator"))
    assert live_in(page) == ["fr", "en"]


def test_a_new_page_has_no_dates_yet(journal, admin):
    names = ("diptych", "articlepage", journal.articles.pk)
    screen = soup(admin.get(reverse("wagtailadmin_pages:add", args=names)))
    panel = screen.select_one("[data-side-panel=publishing]")
    assert "The headline is missing." in text_of(panel)
    assert not panel.select("form")


# The dates


@pytest.fixture
def article(journal):
    return make_article(journal, "La neige", "The snow", live_in=("fr",))


def send(client, page, language="en", **data):
    """What the side panel posts."""
    address = reverse("diptych_schedule", args=(page.pk, language))
    return client.post(address, data, headers={"x-requested-with": "XMLHttpRequest"})


def test_a_preset_is_one_click_and_confirmed_in_the_panel(article, admin):
    form = editor(admin, article).select_one("#diptych-schedule-en form")
    preset = form.select_one("button[name=preset]")
    assert text_of(preset).startswith("Tomorrow: ")
    assert not form.select_one("button").get("name"), "the Enter key saves the dates"
    assert "Time zone of the site: Europe/Zurich." in text_of(form)
    answer = soup(send(admin, article, preset=preset["value"]))
    due = LanguageSchedule.objects.get(page=article, language="en").due_at
    local = due.astimezone(timezone.get_default_timezone())
    assert (local.date(), local.hour) == (timezone.localdate() + timedelta(days=1), 8)
    said = text_of(answer.select_one("#diptych-schedule-en"))
    assert "English is published on" in said
    assert "Goes live on" in said
    assert answer.select("#diptych-schedule-en button[name=call-off]")
    assert "Will be published on" in text_of(answer.select_one("#diptych-dates-en"))
    answer = soup(send(admin, article, **{"call-off": "1"}))
    assert "English has no dates any more." in text_of(answer)
    assert not LanguageSchedule.objects.exists()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("31/02/2030 08:00", "Enter a valid date/time."),
        ("01/01/1750 08:00", "Choose a date between the years 1800 and 2999."),
        ("01/01/1850 08:00", "Choose a date in the future."),
        ("31/03/2041 02:30", "The clocks go forward then"),
        ("27/10/2041 02:30", "The clocks go back then: this time comes twice in Europe/Zurich."),
    ],
)
def test_a_refused_date_stays_as_typed_and_says_why(article, admin, typed, reason):
    answer = soup(send(admin, article, publish_at=typed))
    assert reason in text_of(answer)
    assert answer.select_one("input[name=publish_at]")["value"] == typed
    assert not LanguageSchedule.objects.exists()


@pytest.mark.parametrize("preset", ["soon", "0001-01-01T00:00:00+14:00", "2027-02-31T08:00"])
def test_a_preset_that_is_none_is_refused(article, admin, preset):
    assert soup(send(admin, article, preset=preset)).select(".w-field__errors")
    assert not LanguageSchedule.objects.exists()


def test_an_incomplete_text_is_asked_about_on_a_page_of_its_own(article, admin):
    write_draft(article, body_en=article.body_fr)
    (moment, _label), *_others = presets()
    assert send(admin, article, preset=moment.isoformat()).status_code == 409
    address = reverse("diptych_schedule", args=(article.pk, "en"))
    question = soup(admin.post(address, {"preset": moment.isoformat()}))
    assert "Publish English with 1 place still in French?" in text_of(question)
    answer = {each["name"]: each["value"] for each in question.select("main form input[name]")}
    admin.post(address, answer)
    assert LanguageSchedule.objects.get().due_at == moment


def test_who_may_not_publish_has_no_dates_in_the_panel(article, client):
    sign_in(client, "editor")
    panel = editor(client, article).select_one("[data-side-panel=publishing]")
    assert "The lead" not in text_of(panel)
    assert not panel.select("form")
    assert send(client, article, preset="2030-01-01T08:00+01:00").status_code in (302, 403)
    assert not LanguageSchedule.objects.exists()


@pytest.mark.parametrize(
    ("today", "days"),
    [
        ((2026, 11, 26), ["2026-11-27T08:00:00+01:00", "2026-11-30T08:00:00+01:00"]),
        ((2026, 11, 29), ["2026-11-30T08:00:00+01:00"]),
        ((2026, 11, 30), ["2026-12-01T08:00:00+01:00", "2026-12-07T08:00:00+01:00"]),
        ((2027, 3, 27), ["2027-03-28T08:00:00+02:00", "2027-03-29T08:00:00+02:00"]),
    ],
)
def test_presets_are_mornings_where_the_site_is(monkeypatch, today, days):
    noon = datetime.datetime(*today, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
    with timezone.override("Asia/Tokyo"):
        found = presets()
    assert [moment.isoformat() for moment, _label in found] == days
    assert all("8" in label for _moment, label in found)
