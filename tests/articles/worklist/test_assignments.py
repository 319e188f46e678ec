"""Claim, release, assign, set a due date, leave a comment."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from diptych.articles.languages.models import Review, TranslationAssignment
from tests.articles.admin.html import cell, messages, soup, text_of
from tests.articles.worklist.people import (
    WORKLIST,
    act_on,
    assigned,
    body,
    browser_of,
    history_of,
    make_translator,
    missing,
    outdated,
    up_to_date,
    work_on,
)
from tests.factories import make_article, publish_draft, write_draft


def submit_form(client, address, **values):
    """Fill in the form at ``address``; what is not given stays as it is shown."""
    form = soup(client.get(address)).select_one("form.diptych-worklist-form")
    posted = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            posted[field["name"]] = chosen["value"] if chosen else ""
        else:
            posted[field["name"]] = field.get("value", "") or field.text.strip()
    return client.post(address, {**posted, **values}, follow=True)


@pytest.fixture
def page(journal):
    return missing(journal)


def test_claim_with_one_click_from_the_list(page, as_ana, ana):
    form = cell(as_ana.get(WORKLIST, {"live": "no"}), "Le lac gèle", "Claimed").form
    posted = {field["name"]: field["value"] for field in form.select("input[name]")}
    response = as_ana.post(form["action"], posted, follow=True)
    assert response.redirect_chain[-1][0] == f"{WORKLIST}?live=no", "back to the list as it was"
    assert messages(response) == ["You have claimed the translation of “Le lac gèle” into English."]
    assert work_on(page).translator == ana
    assert "You" in text_of(cell(response, "Le lac gèle", "Claimed"))
    assert "Claimed the translation into English" in history_of(as_ana, page)


def test_what_somebody_else_holds_is_not_offered_and_not_given(page, as_ana, ana, as_ben):
    as_ana.post(act_on(page, "claim"))
    claimed = cell(as_ben.get(WORKLIST), "Le lac gèle", "Claimed")
    assert text_of(claimed).startswith("Ana Costa")
    assert claimed.form is None
    response = as_ben.post(act_on(page, "claim"), follow=True)
    assert messages(response) == ["Ana Costa has claimed this translation."]
    assert work_on(page).translator == ana


def test_a_claim_is_repeated_without_harm(page, as_ana):
    as_ana.post(act_on(page, "claim"), follow=True)
    response = as_ana.post(act_on(page, "claim"), follow=True)
    assert messages(response) == ["The translation of “Le lac gèle” into English is yours already."]
    assert history_of(as_ana, page).count("Claimed the translation") == 1


def test_release(page, as_ana, as_ben, ben):
    as_ana.post(act_on(page, "claim"), follow=True)
    response = as_ana.post(act_on(page, "release"), follow=True)
    assert "You have released" in messages(response)[0]
    as_ben.post(act_on(page, "claim"))
    assert work_on(page).translator == ben
    assert "Released the translation into English" in history_of(as_ana, page)


def test_nobody_releases_what_others_hold(page, as_ana, ana, as_ben):
    as_ana.post(act_on(page, "claim"))
    response = as_ben.post(act_on(page, "release"), follow=True)
    assert messages(response) == ["This translation is not yours."]
    assert work_on(page).translator == ana


def test_a_claim_of_somebody_deactivated_is_free(page, as_ana, ana, as_ben, ben):
    as_ana.post(act_on(page, "claim"))
    ana.is_active = False
    ana.save()
    assert "Nobody" in text_of(cell(as_ben.get(WORKLIST), "Le lac gèle", "Claimed"))
    as_ben.post(act_on(page, "claim"))
    assert work_on(page).translator == ben


@pytest.mark.parametrize("act", ["claim", "assignment"])
def test_no_right_to_the_language(journal, page, act):
    client = browser_of(make_translator(journal, "fritz", "fr", actions=()))
    response = client.post(act_on(page, act), {"comment": "Mine"}, follow=True)
    assert response.redirect_chain == [(reverse("wagtailadmin_home"), 302)]
    assert len(messages(response)) == 1
    assert work_on(page) is None


@pytest.mark.parametrize("act", ["claim", "assignment"])
def test_no_right_to_the_page(journal, page, ana, as_ana, act):
    ana.groups.first().page_permissions.update(page=journal.topics)
    as_ana.post(act_on(page, act), {"comment": "Mine"})
    assert work_on(page) is None


@pytest.mark.parametrize("act", ["claim", "release", "assignment"])
def test_an_unknown_language_or_page_or_the_original_is_not_found(journal, page, as_chief, act):
    root = Page.get_first_root_node()
    for place in ((page.pk, "xx"), (page.pk, "fr"), (987654, "en"), (root.pk, "en")):
        address = reverse(f"diptych_translations:{act}", args=place)
        assert as_chief.post(address, follow=True).status_code == 404


def test_a_link_claims_nothing(page, as_ana):
    assert as_ana.get(act_on(page, "claim")).status_code == 405
    assert work_on(page) is None


def test_somebody_signed_out_is_asked_to_sign_in(page, client):
    assert "/login/" in client.post(act_on(page, "claim"))["Location"]
    assert work_on(page) is None


def test_assign_with_a_date_and_a_comment(page, as_chief, chief, ana):
    due = timezone.localdate() + timedelta(days=9)
    response = submit_form(
        as_chief, act_on(page, "assignment"), translator=ana.pk, due_date=due, comment="Merci !"
    )
    assert response.redirect_chain[-1][0] == WORKLIST
    work = work_on(page)
    assert (work.translator, work.due_date, work.comment) == (ana, due, "Merci !")
    assert work.requested_by == chief
    history = history_of(as_chief, page)
    assert "Assigned the translation into English to Ana Costa, due on" in history
    assert "Merci !" in history


def test_the_form_offers_those_who_may_translate_it(journal, page, as_chief, ana):
    make_translator(journal, "fritz", "fr")
    elsewhere = make_translator(journal, "elsa", "en")
    elsewhere.groups.first().page_permissions.update(page=journal.topics)
    gone = make_translator(journal, "gaston", "en", is_active=False)
    select = soup(as_chief.get(act_on(page, "assignment"))).select_one("[name=translator]")
    offered = [text_of(option) for option in select.select("option")]
    assert offered == ["Nobody: whoever claims it", "Ana Costa", "Inès Favre"]
    response = submit_form(as_chief, act_on(page, "assignment"), translator=gone.pk)
    assert "valid choice" in text_of(soup(response))
    assert work_on(page) is None


def test_a_translator_may_comment_and_not_assign(page, as_ana, ana, ben):
    form = soup(as_ana.get(act_on(page, "assignment"))).select_one("form.diptych-worklist-form")
    assert form.select_one("[name=translator]") is None
    address = act_on(page, "assignment")
    submit_form(as_ana, address, comment="A hard one", translator=ben.pk, due_date="2030-01-01")
    work = work_on(page)
    assert (work.comment, work.translator, work.due_date) == ("A hard one", None, None)
    assert "Commented on the translation into English" in history_of(as_ana, page)


def test_an_editor_of_the_original_may_assign(journal, page, ana):
    editor = make_translator(journal, "fritz", "fr")
    submit_form(browser_of(editor), act_on(page, "assignment"), translator=ana.pk)
    assert work_on(page).translator == ana


@pytest.mark.parametrize(("language", "said"), [("en", "has passed"), ("fr", "passé")])
def test_a_date_that_has_passed(page, chief, language, said):
    client = browser_of(chief, language)
    address = act_on(page, "assignment")
    response = submit_form(client, address, due_date="2020-01-01", comment="Kept")
    assert "Kept" in response.content.decode(), "nothing that was typed is lost"
    if language == "en":
        assert said in text_of(soup(response).select_one(".w-field__errors .error-message"))
    assert soup(response).select_one(".w-field__errors .error-message")
    assert work_on(page) is None


def test_a_date_that_passed_since_it_was_set_may_stay(page, as_chief, ana):
    assigned(page, ana, due_date=date(2020, 1, 1))
    submit_form(as_chief, act_on(page, "assignment"), comment="Still waiting")
    work = work_on(page)
    assert (work.due_date, work.comment) == (date(2020, 1, 1), "Still waiting")


def test_a_date_is_taken_away(page, as_chief, ana):
    assigned(page, ana, due_date=date(2030, 1, 1))
    submit_form(as_chief, act_on(page, "assignment"), due_date="")
    assert work_on(page).due_date is None
    assert "Removed the due date of the translation into English" in history_of(as_chief, page)


@pytest.mark.rare
def test_saving_without_a_change_is_no_entry_in_the_history(page, as_chief, ana):
    assigned(page, ana)
    before = history_of(as_chief, page)
    submit_form(as_chief, act_on(page, "assignment"))
    assert history_of(as_chief, page) == before


def test_publishing_a_complete_translation_ends_the_work_on_it(journal, ana):
    page = outdated(journal)
    assigned(page, ana, due_date=date(2030, 1, 1), comment="One word")
    draft = page.get_latest_revision_as_object()
    draft.body_en = body("It still snows.")
    draft.save_revision(user=None).publish()
    work = work_on(page)
    assert (work.translator, work.due_date, work.comment) == (None, None, "")
    publish_draft(page, body_fr=body("Il ne neige plus."))
    assert work_on(page).holder is None


def test_publishing_another_language_ends_nothing(journal, page, ana):
    assigned(page, ana, due_date=date(2030, 1, 1))
    publish_draft(page, headline_fr="Le lac a gelé")
    assert work_on(page).translator == ana


def test_a_translation_in_review_stays_with_its_translator(journal, ana):
    page = up_to_date(journal)
    assigned(page, ana, review=Review.SUBMITTED)
    write_draft(page, lead_en="Another lead.")
    page.publish_languages(["fr"])
    assert (work_on(page).translator, work_on(page).review) == (ana, Review.SUBMITTED)


def test_what_is_published_by_hand_waits_for_no_review(journal, ana):
    page = up_to_date(journal)
    assigned(page, ana, review=Review.SUBMITTED)
    publish_draft(page, lead_fr="Autre chapeau.", lead_en="Another lead.")
    assert (work_on(page).translator, work_on(page).review) == (None, Review.NONE)


def test_the_editor_says_who_has_claimed_it(page, as_chief, ana):
    assigned(page, ana, due_date=date(2030, 12, 3))
    response = as_chief.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    panel = text_of(soup(response).select_one("#language-state-en"))
    assert "Claimed by Ana Costa, due on 3 December 2030." in panel


def test_deleting_a_page_takes_its_assignments_along(journal, page, ana):
    assigned(page, ana)
    page.delete()
    assert work_on(page) is None


def test_an_article_whose_draft_changed_hands_keeps_its_claim(journal, ana):
    page = make_article(journal, "Un", None, live_in=("fr",))
    assigned(page, ana)
    write_draft(page, headline_en="One")
    assert work_on(page).translator == ana


def test_an_alias_is_nobodys_work(page, as_chief):
    alias = page.create_alias(update_slug="alias")
    claim = reverse("diptych_translations:claim", args=(alias.pk, "en"))
    assert as_chief.post(claim, follow=True).status_code == 404
    assert not TranslationAssignment.objects.filter(page_id=alias.pk).exists()
