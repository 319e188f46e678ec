"""Somebody writes on while their session ends, and signs in again in another tab."""

import re

import pytest

from tests.e2e.editor import (
    ArticleEditor,
    lead_as_stored,
    open_translation,
    session_notice,
    wait_until_saved,
)

SAYS = "Your session has ended."


def sign_in_at(page, role):
    page.fill("input[name=username]", role)
    page.fill("input[name=password]", "password")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


def end_session(page):
    page.context.clear_cookies(name="sessionid")


def come_back(page, role="admin"):
    """Follow the link of the notice, sign in there, and turn to the first tab again."""
    with page.context.expect_page() as opened:
        session_notice(page).get_by_role("link", name="Sign in").click()
    sign_in_at(opened.value, role)
    opened.value.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def write_without_session(editor, lead):
    """End the session, write on, and wait until the page says that it has ended."""
    end_session(editor.page)
    editor.write("fr", lead=lead)
    session_notice(editor.page).get_by_text(SAYS).wait_for()
    return editor.page


@pytest.fixture
def editor(sign_in):
    editor = ArticleEditor(sign_in("admin"))
    editor.create()
    return editor


def test_automatic_saving_goes_on_after_signing_in_again(editor, sign_in):
    editor.begin("La nuit tombe")
    page = write_without_session(editor, "Un. Deux.")
    page.locator("#w-autosave-indicator").get_by_text("paused").wait_for()
    come_back(page)
    session_notice(page).wait_for(state="detached")
    wait_until_saved(page)
    assert lead_as_stored(sign_in, page.url) == "Un. Deux."


@pytest.mark.parametrize("act", ["click", "key"])
def test_a_button_keeps_the_page_and_works_after_signing_in_again(editor, sign_in, act):
    editor.begin(f"Le jour se lève ({act})")
    page = editor.page
    address = page.url
    end_session(page)
    button = page.locator("footer").get_by_role("button", name="Save draft")

    def save():
        button.click() if act == "click" else page.keyboard.press("Control+s")

    editor.write("fr", lead="Un. Trois.")
    save()
    session_notice(page).get_by_text(SAYS).wait_for()
    assert page.url == address
    assert page.input_value("#id_lead_fr") == "Un. Trois."
    assert button.is_enabled()
    come_back(page)
    with page.expect_navigation():
        save()
    assert page.locator(".messages .success").count()
    assert lead_as_stored(sign_in, address) == "Un. Trois."


def test_what_was_to_be_published_is_published(editor, new_page):
    editor.begin("Midi", "Douze coups.")
    page = editor.page
    end_session(page)
    editor.choose("Publish French")
    session_notice(page).get_by_text(SAYS).wait_for()
    assert new_page().goto("/fr/articles/midi/").status == 404
    come_back(page)
    session_notice(page).wait_for(state="detached")
    with page.expect_navigation():
        editor.choose("Publish French")
    assert new_page().goto("/fr/articles/midi/").status == 200


def test_nothing_is_saved_under_the_name_of_somebody_else(editor, sign_in):
    editor.begin("Minuit")
    page = write_without_session(editor, "Un. Quatre.")
    come_back(page, "editor")
    session_notice(page).get_by_text("Somebody else has signed in").wait_for()
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    assert page.input_value("#id_lead_fr") == "Un. Quatre."
    assert lead_as_stored(sign_in, page.url) == "Un."


def test_nobody_takes_over_a_form_that_did_not_learn_whose_it_is(editor, sign_in):
    editor.begin("Matin")
    page = editor.page
    page.route("**/diptych/session/", lambda route: route.abort())
    page.reload()
    page.wait_for_timeout(2500)
    page.unroute("**/diptych/session/")
    end_session(page)
    other = page.context.new_page()
    other.goto("/admin/login/")
    sign_in_at(other, "moderator")
    page.bring_to_front()
    editor.write("fr", lead="Un. Cinq.")
    page.wait_for_timeout(3000)
    with page.expect_navigation() as answer:
        page.keyboard.press("Control+s")
    assert answer.value.status == 403
    assert lead_as_stored(sign_in, page.url) == "Un."


def translate(editor, ask, headline):
    editor.begin(headline, "Deux.")
    (number,) = ask("select id from wagtailcore_page where draft_title = ?", headline)
    open_translation(editor.page, number)
    return editor.page


def test_a_translator_loses_nothing(editor, ask):
    page = translate(editor, ask, "Le soir")
    end_session(page)
    page.fill("#id_headline_en", "The evening")
    page.locator("footer").get_by_role("button", name="Save draft").click()
    session_notice(page).get_by_text(SAYS).wait_for()
    come_back(page)
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    assert page.locator(".messages .success").get_by_text(re.compile("saved|updated")).count()
    assert page.input_value("#id_headline_en") == "The evening"


def test_what_a_translator_settles_meanwhile_is_sent_after_signing_in_again(editor, ask):
    page = translate(editor, ask, "La brume")
    end_session(page)
    page.keyboard.press("Control+s")
    session_notice(page).get_by_text(SAYS).wait_for()
    settle(page)
    page.wait_for_timeout(1500)
    assert not is_settled(page)
    come_back(page)
    session_notice(page).wait_for(state="detached")
    wait_until_saved(page)
    page.reload()
    assert is_settled(page)


def test_what_a_translator_settles_while_a_button_waits_is_saved_by_it(editor, ask):
    page = translate(editor, ask, "La rosée")
    held = []

    def hold(route):
        held.append(route)

    page.route("**/diptych/session/", hold)
    page.keyboard.press("Control+s")
    settle(page)
    page.wait_for_timeout(1500)
    with page.expect_navigation():
        held[0].continue_()
    assert is_settled(page)


def paragraph(page):
    """The paragraph of the text; only what a language can be live without may be left empty."""
    return page.locator(".diptych-place[data-place^='body']").first


def settle(page):
    paragraph(page).locator("[data-mark]").first.click()


def is_settled(page):
    state = paragraph(page).locator(".diptych-place__state").first
    return "To translate" not in state.inner_text()


def test_what_is_too_large_stays_in_the_form(editor, sign_in):
    editor.begin("Le texte est trop long")
    page = editor.page
    address = page.url
    editor.write("fr", lead="x" * 1_000_001)
    page.locator("footer").get_by_role("button", name="Save draft").click()
    session_notice(page).get_by_text("more than can be saved at once").wait_for()
    assert page.url == address
    assert len(page.input_value("#id_lead_fr")) == 1_000_001
    editor.write("fr", lead="Un. Deux.")
    wait_until_saved(page)
    session_notice(page).wait_for(state="detached")
    assert lead_as_stored(sign_in, page.url) == "Un. Deux."


def save_and_read(page):
    """Press the button for a draft and wait until the form says that it is too large."""
    page.locator("footer").get_by_role("button", name="Save draft").click()
    session_notice(page).get_by_text("more than can be saved at once").wait_for()


def test_too_much_formatting_stays_in_the_form(editor, sign_in):
    editor.begin("Un index de renvois")
    page = editor.page
    address = page.url
    page.evaluate("""() => {
        const inlineStyleRanges = Array(501).fill({ offset: 0, length: 1, style: "BOLD" });
        const field = document.createElement("input");
        const value = JSON.stringify({ blocks: [{ text: "a", inlineStyleRanges }] });
        Object.assign(field, { type: "hidden", name: "index", value });
        document.querySelector("[data-edit-form]").append(field);
    }""")
    editor.write("fr", lead="Un. Six.")
    save_and_read(page)
    assert (page.url, page.input_value("#id_lead_fr")) == (address, "Un. Six.")
    page.locator("[name=index]").evaluate("(field) => field.remove()")
    editor.write("fr", lead="Un. Sept.")
    wait_until_saved(page)
    assert lead_as_stored(sign_in, page.url) == "Un. Sept."


def test_what_only_the_server_refuses_stays_in_the_form(editor, sign_in):
    editor.begin("Le serveur refuse")
    page = editor.page
    address = page.url
    answer = {"success": False, "error_code": "too_large", "error_message": ""}

    def refuse(route):
        if route.request.method == "POST":
            route.fulfill(status=413, json=answer)
        else:
            route.continue_()

    page.route("**/edit/**", refuse)
    editor.write("fr", lead="Un. Huit.")
    session_notice(page).get_by_text("more than can be saved at once").wait_for()
    save_and_read(page)
    assert (page.url, page.input_value("#id_lead_fr")) == (address, "Un. Huit.")
    page.unroute("**/edit/**")
    editor.write("fr", lead="Un. Neuf.")
    wait_until_saved(page)
    session_notice(page).wait_for(state="detached")
    assert lead_as_stored(sign_in, page.url) == "Un. Neuf."
