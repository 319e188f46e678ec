"""Two people want the same translation at the same second: exactly one gets it."""

from diptych.articles.languages.admin.worklist import assignments
from diptych.articles.languages.models import TranslationAssignment
from tests.articles.admin.html import messages, soup, text_of
from tests.articles.worklist.people import (
    act_on,
    assigned,
    history_of,
    make_translator,
    missing,
    work_on,
)


def after_reading(monkeypatch, act):
    """Let ``act`` happen between the moment an assignment is read and the moment it is written."""
    stored = assignments._stored

    def read_then(page, language):
        assignment = stored(page, language)
        act()
        return assignment

    monkeypatch.setattr(assignments, "_stored", read_then)


def test_the_slower_of_two_claims_is_told_who_was_faster(journal, as_ana, ben, monkeypatch):
    page = missing(journal)
    rows = TranslationAssignment.objects.filter(page_id=page.pk)
    after_reading(monkeypatch, lambda: rows.update(translator=ben))
    response = as_ana.post(act_on(page, "claim"), follow=True)
    assert messages(response) == ["Ben Hall has claimed this translation."]
    assert "Claimed the translation" not in history_of(as_ana, page)


def test_two_claims_of_what_somebody_deactivated_held(journal, as_ana, ben, monkeypatch):
    page = missing(journal)
    gone = make_translator(journal, "gaston", "en", is_active=False)
    assigned(page, gone)
    rows = TranslationAssignment.objects.filter(page_id=page.pk)
    after_reading(monkeypatch, lambda: rows.update(translator=ben))
    response = as_ana.post(act_on(page, "claim"), follow=True)
    assert messages(response) == ["Ben Hall has claimed this translation."]


def test_assigning_what_was_claimed_meanwhile_is_asked_again(journal, as_chief, ana, ben):
    page = missing(journal)
    address = act_on(page, "assignment")
    form = {"translator": ana.pk, "comment": "For Ana", "due_date": "", "seen": ""}
    assignments.claim(page, "en", ben)
    response = as_chief.post(address, form)
    shown = soup(response)
    assert "Ben Hall has claimed it meanwhile." in text_of(shown)
    assert "For Ana" in response.content.decode()
    assert work_on(page).translator == ben
    seen = shown.select_one(".diptych-worklist-form [name=seen]")["value"]
    as_chief.post(address, {**form, "seen": seen})
    assert work_on(page).translator == ana, "knowing it, one may still assign it"


def test_a_comment_undoes_no_claim_made_meanwhile(journal, as_chief, ben):
    """Whoever leaves the translator as they were shown, nobody, has decided nothing."""
    page = missing(journal)
    assignments.claim(page, "en", ben)
    form = {"translator": "", "comment": "Careful", "due_date": "", "seen": ""}
    as_chief.post(act_on(page, "assignment"), form)
    assert work_on(page).translator == ben
