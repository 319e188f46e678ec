"""Somebody writes on while their session ends, and signs in again in another tab."""

import re

import pytest

from tests.e2e.editor import ArticleEditor, wait_until_saved

SAYS = "Your session has ended."


def sign_in_at(page, role):
    page.fill("input[name=username]", role)
    page.fill("input[name=password]", "password")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


def end_session(page):
    page.context.clear_cookies(name="sessionid")


def notice(page):
    return page.locator("[data-edit-form] .diptych-session-notice")


def come_back(page, role="admin"):
    """Follow the link of the notice, sign in there, and turn to the first tab again."""
    with page.context.expect_page() as opened:
        notice(page).get_by_role("link", name="Sign in").click()
    sign_in_at(opened.value, role)
    opened.value.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def lead_as_stored(sign_in, address):
    other = sign_in("moderator")
    other.goto(address.partition("#")[0])
    return other.input_value("#id_lead_fr")


@pytest.fixture
def editor(sign_in):
    editor = ArticleEditor(sign_in("admin"))
    editor.create()
    return editor


def write_and_store(editor, headline):
    editor.write("fr", headline=headline, lead="Un.")
    editor.page.wait_for_url("**/edit/**")
    wait_until_saved(editor.page)


def test_automatic_saving_goes_on_after_signing_in_again(editor, sign_in):
    write_and_store(editor, "La nuit tombe")
    page = editor.page
    end_session(page)
    editor.write("fr", lead="Un. Deux.")
    notice(page).get_by_text(SAYS).wait_for()
    page.locator("#w-autosave-indicator").get_by_text("paused").wait_for()
    come_back(page)
    notice(page).wait_for(state="detached")
    wait_until_saved(page)
    assert lead_as_stored(sign_in, page.url) == "Un. Deux."


@pytest.mark.parametrize("act", ["click", "key"])
def test_a_button_keeps_the_page_and_works_after_signing_in_again(editor, sign_in, act):
    write_and_store(editor, f"Le jour se lève ({act})")
    page = editor.page
    address = page.url
    end_session(page)
    button = page.locator("footer").get_by_role("button", name="Save draft")

    def save():
        button.click() if act == "click" else page.keyboard.press("Control+s")

    editor.write("fr", lead="Un. Trois.")
    save()
    notice(page).get_by_text(SAYS).wait_for()
    assert page.url == address
    assert page.input_value("#id_lead_fr") == "Un. Trois."
    assert button.is_enabled()
    come_back(page)
    with page.expect_navigation():
        save()
    assert page.locator(".messages .success").count()
    assert lead_as_stored(sign_in, address) == "Un. Trois."


def test_what_was_to_be_published_is_published(editor, new_page):
    write_and_store(editor, "Midi")
    editor.add_paragraph("fr", "Douze coups.", "Paragraph")
    page = editor.page
    wait_until_saved(page)
    end_session(page)
    menu = page.locator("footer .w-dropdown__toggle").first
    publish = page.locator("footer").get_by_role("button", name="Publish French only")
    menu.click()
    publish.click()
    notice(page).get_by_text(SAYS).wait_for()
    assert new_page().goto("/fr/articles/midi/").status == 404
    come_back(page)
    notice(page).wait_for(state="detached")
    if not publish.is_visible():
        menu.click()
    with page.expect_navigation():
        publish.click()
    assert new_page().goto("/fr/articles/midi/").status == 200


def test_nothing_is_saved_under_the_name_of_somebody_else(editor, sign_in):
    write_and_store(editor, "Minuit")
    page = editor.page
    end_session(page)
    editor.write("fr", lead="Un. Quatre.")
    notice(page).get_by_text(SAYS).wait_for()
    come_back(page, "editor")
    notice(page).get_by_text("Somebody else has signed in").wait_for()
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    assert page.input_value("#id_lead_fr") == "Un. Quatre."
    assert lead_as_stored(sign_in, page.url) == "Un."


def test_nobody_takes_over_a_form_that_did_not_learn_whose_it_is(editor, sign_in):
    write_and_store(editor, "Matin")
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
    write_and_store(editor, headline)
    (number,) = ask("select id from wagtailcore_page where draft_title = ?", headline)
    page = editor.page
    page.goto(f"/admin/diptych/translate/{number}/en/")
    if page.get_by_role("button", name="Start with empty blocks").count():
        page.get_by_role("button", name="Start with empty blocks").first.click()
    page.locator(".diptych-place").first.wait_for()
    page.wait_for_timeout(2500)
    return page


def test_a_translator_loses_nothing(editor, ask):
    page = translate(editor, ask, "Le soir")
    end_session(page)
    page.fill("#id_headline_en", "The evening")
    page.locator("footer").get_by_role("button", name="Save draft").click()
    notice(page).get_by_text(SAYS).wait_for()
    come_back(page)
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    assert page.locator(".messages .success").get_by_text(re.compile("saved|updated")).count()
    assert page.input_value("#id_headline_en") == "The evening"


def test_what_a_translator_settles_meanwhile_is_sent_after_signing_in_again(editor, ask):
    page = translate(editor, ask, "La brume")
    end_session(page)
    page.keyboard.press("Control+s")
    notice(page).get_by_text(SAYS).wait_for()
    settle(page)
    page.wait_for_timeout(1500)
    assert not is_settled(page)
    come_back(page)
    notice(page).wait_for(state="detached")
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


def settle(page):
    page.locator(".diptych-place[data-place='lead'] [data-settle]").first.click()


def is_settled(page):
    state = page.locator(".diptych-place[data-place='lead'] .diptych-place__state").first
    return "To translate" not in state.inner_text()
