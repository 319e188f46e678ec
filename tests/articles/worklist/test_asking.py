"""Ask for the translation of many pages at once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests.articles.admin.html import messages, soup, text_of
from tests.articles.worklist.people import (
    WORKLIST,
    assigned,
    browser_of,
    history_of,
    in_progress,
    make_translator,
    missing,
    outdated,
    speak,
    up_to_date,
    work_on,
)
from tests.factories import make_article, make_user


def address(kind, objects):
    label = {"pages": ("wagtailcore", "page"), "rows": ("diptych_languages", "pagelanguage")}[kind]
    url = reverse("wagtail_bulk_action", args=(*label, "ask_for_translation"))
    ids = "&".join(f"id={each.pk}" for each in objects)
    return f"{url}?next={WORKLIST}&{ids}"


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    def ask(client, *pages, **values):
        form = {"language": "en", "translator": "", "due_date": "", "comment": "", **values}
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(address("pages", pages), form)
        if response.status_code == 302:
            return messages(client.get(response["Location"]))
        return response

    return ask


def test_the_action_stands_below_every_list_of_pages(journal, as_chief):
    for url in (
        reverse("wagtailadmin_explore", args=(journal.articles.pk,)),
        reverse("diptych_articles:index"),
        WORKLIST,
    ):
        buttons = soup(as_chief.get(url)).select("[data-bulk-action-button]")
        assert "Ask for translation" in [text_of(button) for button in buttons]


def test_asking_somebody(journal, ask, as_chief, chief, ana):
    speak(ana, "en")
    pages = [missing(journal, "Un"), outdated(journal), in_progress(journal)]
    due = timezone.localdate() + timedelta(days=4)
    said = ask(as_chief, *pages, translator=ana.pk, due_date=due.isoformat(), comment="Please")
    assert said == ["3 translations have been asked for."]
    for page in pages:
        work = work_on(page)
        assert (work.translator, work.due_date, work.comment) == (ana, due, "Please")
        assert work.requested_by == chief
    assert "Asked Ana Costa for the translation into English, due on" in history_of(
        as_chief, pages[0]
    )
    (letter,) = mail.outbox
    assert letter.subject == "3 texts to translate"
    assert all(title in letter.body for title in ("Un", "La neige", "Le pont"))


def test_asking_nobody_in_particular(journal, ask, as_chief, as_ana):
    page = missing(journal)
    assert ask(as_chief, page) == ["1 translation has been asked for."]
    assert mail.outbox == []
    assert "Nobody yet (requested)" in text_of(soup(as_ana.get(WORKLIST)))


@pytest.mark.rare
def test_what_needs_no_translation_is_left_out_and_named(journal, ask, as_chief, ana):
    asked = missing(journal, "Demandé")
    ask(as_chief, asked)
    claimed = missing(journal, "Pris")
    assigned(claimed, ana)
    english = make_article(journal, None, "Rivers", live_in=("en",), source_language="en")
    said = ask(as_chief, asked, claimed, up_to_date(journal), english, missing(journal, "Bon"))
    assert sorted(said[:-1]) == [
        "“Demandé” has been left out. It has been asked for already.",
        "“Le train” has been left out. The translation is up to date.",
        "“Pris” has been left out. Ana Costa has claimed it already.",
        "“Rivers” has been left out. It is written in this language.",
    ]
    assert said[-1] == "1 translation has been asked for."
    assert work_on(claimed).requested_at is None


@pytest.mark.rare
def test_many_that_are_left_out_are_counted(journal, ask, as_chief):
    pages = [up_to_date(journal, f"Titre {number}") for number in range(7)]
    said = ask(as_chief, *pages)
    assert len(said) == 6
    assert said[-1] == "2 more texts have been left out."


def test_somebody_without_the_language_cannot_be_asked(journal, ask, as_chief):
    fritz = make_translator(journal, "fritz", "fr", first_name="Fritz")
    page = missing(journal)
    response = ask(as_chief, page, translator=fritz.pk, comment="Kept")
    assert "Fritz has no right to edit" in text_of(soup(response))
    assert "Kept" in response.content.decode()
    assert work_on(page) is None


def test_somebody_without_the_page_is_left_out(journal, ask, as_chief, ana):
    ana.groups.first().page_permissions.update(page=journal.topics)
    page = missing(journal)
    said = ask(as_chief, page, translator=ana.pk)
    assert said == ["“Le lac gèle” has been left out. Ana Costa has no right to edit this page."]
    assert work_on(page) is None


def test_a_date_that_has_passed(journal, ask, as_chief):
    page = missing(journal)
    response = ask(as_chief, page, due_date="2020-01-01")
    assert "This date has passed." in text_of(soup(response))
    assert work_on(page) is None


def test_a_translator_cannot_ask_for_their_own_language(journal, ask, as_ana):
    page = missing(journal)
    ask(as_ana, page)
    assert work_on(page) is None


def test_a_page_out_of_reach_is_not_asked_for(journal, ask):
    editor = make_translator(journal, "fritz", "fr")
    editor.groups.first().page_permissions.update(page=journal.topics)
    page = missing(journal)
    ask(browser_of(editor), page)
    assert work_on(page) is None


def test_pages_that_are_not_in_languages_are_left_alone(journal, as_chief):
    journal.home.add_child(instance=Page(title="Other", slug="other"))
    other = Page.objects.get(slug="other")
    shown = text_of(soup(as_chief.get(address("pages", [other]))).main)
    assert "You cannot ask for the translation of any of these pages." in shown


def test_rows_of_the_worklist_bring_their_language(journal, as_chief, ana):
    page = missing(journal)
    english = make_article(journal, None, "Rivers", live_in=("en",), source_language="en")
    rows = [page.languages.get(language="en"), english.languages.get(language="fr")]
    shown = soup(as_chief.get(address("rows", rows)))
    assert shown.select_one("[name=language]") is None
    assert "Le lac gèle (English)" in text_of(shown.main)
    as_chief.post(address("rows", rows), {"translator": "", "due_date": "", "comment": ""})
    assert work_on(page, "en").requested_at
    assert work_on(english, "fr").requested_at


def test_only_those_who_edit_pages_reach_it(journal, ask):
    page = missing(journal)
    ask(browser_of(make_user("reader", "nemo")), page)
    assert work_on(page) is None
