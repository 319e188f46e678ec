"""Machines that are slow, wrong or rude, and what is told of it passage by passage."""

import re
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from diptych.articles.translation_tools.machine import drafting, limits
from diptych.articles.translation_tools.machine.models import MachineDraft, MachineText
from diptych.articles.translation_tools.machine.providers import LibreTranslate
from tests.articles.languages.editor import draft_of
from tests.articles.side_by_side.screen import body, three_paragraphs
from tests.articles.translation_tools.machine.drafts import (
    address,
    ask,
    failures,
    screen,
    text_of,
)
from tests.articles.translation_tools.machine.server import dripping, loud, slow
from tests.factories import sign_in, write_draft

DUMMY = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
BOLD = '<p data-block-key="a">Un <b>lac</b><br/>gelé.</p>'


@pytest.fixture
def article(journal):
    return three_paragraphs(journal)


def answering(code, answer=None, **headers):
    return lambda request: request.say(code, answer or {"error": "no"}, **headers)


@pytest.mark.parametrize(
    ("code", "answer", "said"),
    [
        (500, None, "answered with an error (500)"),
        (404, None, "answered with an error (404)"),
        (302, None, "answered with an error (302)"),
        (403, None, "refuses the key that is set (403)"),
        (403, {"error": "Quota exceeded"}, "quota of the machine is used up"),
        (429, {"error": {"code": "insufficient_quota"}}, "quota of the machine is used up"),
        (456, None, "quota of the machine is used up"),
        (200, {"translatedText": []}, "cannot be read"),
        (200, {"translatedText": "A lake."}, "cannot be read"),
        (200, {}, "cannot be read"),
        (200, ["A lake."], "cannot be read"),
    ],
)
def test_a_wrong_answer_is_said_and_nothing_else_is_sent(
    article, machine, translator, settings, code, answer, said
):
    machine.answer = answering(code, answer, location=machine.url)
    run = ask(translator, article)
    assert (run.state, machine.requests) == ("stopped", 1)
    assert said in run.error
    assert len(failures(run)) == 5
    shown = text_of(screen(translator, run))
    assert said in shown and "Deux rives." in shown and "Ask for what is still open" in shown
    assert not draft_of(article).headline_en


def test_a_machine_that_is_away_is_said(article, machine, translator, settings):
    settings.DIPTYCH_TRANSLATION_MACHINE = machine.setting(URL="http://127.0.0.1:1")
    assert ask(translator, article).error == "The machine cannot be reached."


@pytest.mark.parametrize("way", [slow, dripping])
def test_one_that_hangs_is_waited_for_no_longer_than_said(
    article, machine, translator, monkeypatch, way
):
    assert drafting.LONGEST == 10
    monkeypatch.setattr(drafting, "LONGEST", 0.5)
    machine.answer, begun = way, time.monotonic()
    run = ask(translator, article)
    assert time.monotonic() - begun < 2.5
    assert (run.state, machine.requests) == ("stopped", 1)
    assert "did not answer within" in run.error
    assert {reason for _text, reason in failures(run)} == {run.error}


#: What a machine did to a text with bold and a line break, and what is said.
REFUSALS = {
    "lost": (lambda text: text.replace('<x id="2"/>', " "), "A code of the source is missing"),
    "doubled": (lambda text: text + '<x id="2"/>', "stands in it twice"),
    "invented": (lambda text: text + '<x id="9"/>', "not in the source"),
    "of its own": (lambda text: f"<b>{text}</b>", "not in the source"),
    "script": (lambda text: f"<script>{text}</script>", "not in the source"),
    "unclosed": (lambda text: text.replace("</g>", ""), "cross each other"),
    "closed": (lambda text: text + "</g>", "cross each other"),
    "empty": (lambda text: " ", "without a text"),
    "no words": (lambda text: '<g id="1">…</g><x id="2"/>', "has no words"),
    "no text": (lambda text: None, "without a text"),
    "a number": (lambda text: 12, "without a text"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_passage_without_its_marks_is_refused_and_the_others_taken(
    journal, machine, translator, name
):
    spoil, said = REFUSALS[name]
    article = three_paragraphs(
        journal, body_fr=body(("a", "paragraph", BOLD), ("b", "Deux rives."))
    )
    machine.translate = lambda text: spoil(text) if "<g" in text else loud(text)
    run = ask(translator, article)
    [(text, reason)] = failures(run)
    assert (text, said in reason) == ('Un <g id="1">lac</g><x id="2"/>gelé.', True), reason
    assert "Un lacgelé." in text_of(screen(translator, run))
    assert run.state == "done"
    assert [each["id"] for each in draft_of(article).body_en.raw_data] == ["b"]
    assert said in text_of(screen(translator, run))


def test_codes_written_in_another_way_are_understood(journal, machine, translator):
    article = three_paragraphs(journal, body_fr=body(("a", "paragraph", BOLD)))
    machine.translate = lambda text: '<x id="2"></x>Frozen & cold <G id=1>lake</G>&nbsp;!'
    run = ask(translator, article, "body.a")
    assert failures(run) == []
    (block,) = draft_of(article).body_en.raw_data
    assert block["value"] == '<p data-block-key="a"><br/>Frozen &amp; cold <b>lake</b>\xa0!</p>'


def test_characters_that_no_text_has_are_left_out(article, machine, translator):
    machine.translate = lambda text: "A\0 lake\x08."
    ask(translator, article)
    assert draft_of(article).headline_en == "A lake."


def test_half_of_a_pair_of_characters_stops_nothing(article, machine, translator):
    machine.translate = lambda text: "A lake \ud83d."
    assert ask(translator, article).state == "done"
    assert draft_of(article).headline_en == "A lake ?."


@pytest.mark.parametrize("markup", ["A <![ lake", "<![foo]>", "A <!lake", "A <? lake", "A </ lake"])
def test_declarations_in_an_answer_are_refused_and_the_others_taken(
    article, machine, translator, markup
):
    machine.translate = lambda text: markup if text == "Un lac." else loud(text)
    run = ask(translator, article)
    assert draft_of(article).headline_en == "LE LAC"
    assert run.state == "done"
    assert {text for text, _reason in failures(run)} <= {"Un lac."}


# Put off and taken up


def timer(**later):
    """Run the timer, after that time."""
    for name in ("heard_at", "not_before"):
        for run in MachineDraft.objects.exclude(**{name: None}):
            setattr(run, name, getattr(run, name) - timedelta(**later))
            run.save(update_fields=[name])
    with TestCase.captureOnCommitCallbacks(execute=True):
        call_command("publish_scheduled", verbosity=0)
    return MachineDraft.objects.first()


def test_one_that_takes_no_requests_is_asked_again_later(article, machine, translator):
    machine.answer = answering(429, retry_after="120")
    run = ask(translator, article)
    assert (run.state, machine.requests, failures(run)) == ("waiting", 1, [])
    assert 100 < (run.not_before - timezone.now()).total_seconds() <= 120
    shown = screen(translator, run)
    assert "takes no more requests at the moment. It is asked again at" in text_of(shown)
    assert (timer().state, machine.requests) == ("waiting", 1)
    drafting.run_draft.func(run.pk)
    assert machine.requests == 1
    machine.answer = lambda request: False
    assert (timer(minutes=3).state, machine.requests) == ("done", 2)
    assert draft_of(article).headline_en == "LE LAC"


def test_one_that_never_takes_any_is_given_up(article, machine, translator):
    machine.answer = answering(429)
    ask(translator, article)
    assert timer(minutes=3).state == "waiting"
    run = timer(minutes=3)
    assert (run.state, machine.requests, len(failures(run))) == ("stopped", 3, 5)
    assert timer(minutes=3).state == "stopped"


def waiting(client, page, settings):
    """A draft that no task has begun yet."""
    settings.TASKS, kept = DUMMY, settings.TASKS
    run = ask(client, page)
    settings.TASKS = kept
    return run


def test_a_draft_that_was_broken_off_goes_on_without_sending_anything_twice(
    article, machine, translator, settings
):
    """The server went down while texts were on their way."""
    run = waiting(translator, article, settings)
    run.texts.filter(key="body.a").update(state=MachineText.State.SENT)
    run.texts.filter(key="body.b").update(state=MachineText.State.ANSWERED, answer="Two banks.")
    MachineDraft.objects.update(state=MachineDraft.State.RUNNING)
    assert (timer(seconds=90).state, machine.requests) == ("running", 0)
    run = timer(minutes=1)
    assert (run.state, machine.asked) == ("done", ["Le lac", "Chapeau de Le lac.", "Trois ponts."])
    [(text, reason)] = failures(run)
    assert (text, "broken off after this was sent" in reason) == ("Un lac.", True)
    assert draft_of(article).body_en[0].value.source == "<p>Two banks.</p>"


def test_a_draft_that_was_not_queued_is_begun_by_the_timer(article, machine, translator, settings):
    waiting(translator, article, settings)
    assert timer().state == "waiting"
    assert timer(minutes=2).state == "done"


def test_two_tasks_of_a_draft_send_it_once(article, machine, translator, settings):
    run = waiting(translator, article, settings)
    drafting.run_draft.func(run.pk)
    drafting.run_draft.func(run.pk)
    assert machine.requests == 1


def test_a_slow_machine_is_asked_by_several_tasks(article, machine, translator, monkeypatch):
    monkeypatch.setattr(drafting, "PART", 0.05)
    monkeypatch.setattr(LibreTranslate, "most_texts", 2)
    machine.answer = lambda request: time.sleep(0.1)
    run = ask(translator, article)
    assert (run.state, machine.requests, failures(run)) == ("done", 3, [])


def test_what_was_translated_meanwhile_is_not_overwritten(article, machine, translator, settings):
    run = waiting(translator, article, settings)
    write_draft(article, headline_en="Mine")
    drafting.run_draft.func(run.pk)
    [(text, reason)] = failures(run)
    assert (text, "translated here since" in reason) == ("Le lac", True)
    assert draft_of(article).headline_en == "Mine"


def test_a_page_that_was_locked_meanwhile_is_not_written(article, machine, translator, settings):
    run = waiting(translator, article, settings)
    type(article).objects.filter(pk=article.pk).update(locked=True)
    drafting.run_draft.func(run.pk)
    assert {reason for _text, reason in failures(run)} == {"The page is locked."}
    assert "The page is locked." in text_of(translator.post(address(article), follow=True))


def test_too_much_is_refused_before_anything_is_sent(article, machine, translator, monkeypatch):
    monkeypatch.setattr(limits, "MOST_CHARACTERS", 20)
    answer = translator.post(address(article), follow=True)
    assert "more than 20 characters" in text_of(answer)
    assert machine.requests == 0


@pytest.mark.parametrize(
    ("language", "number", "most"),
    [("en", r"1,2\d\d characters", "1,000"), ("fr", r"1 2\d\d caractères", "1 000")],
)
def test_large_numbers_are_written_as_in_the_language(
    journal, machine, client, monkeypatch, language, number, most
):
    sign_in(client, "admin", language=language)
    page = three_paragraphs(journal, body_fr=body(("a", "lac " * 300)))
    assert re.search(number, text_of(client.get(address(page))))
    monkeypatch.setattr(limits, "MOST_CHARACTERS", 1000)
    assert most in text_of(client.post(address(page), follow=True))
