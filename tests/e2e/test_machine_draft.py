"""A translation that a machine begins and somebody confirms, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.articles.translation_tools.machine.server import machine
from tests.e2e.conftest import serving
from tests.e2e.editor import ArticleEditor, open_translation, wait_until_saved


@pytest.fixture
def translator(server, server_folder, sign_in):
    """A window in which an administrator is signed in, where a machine is set up."""
    with machine() as running, serving(server_folder, DIPTYCH_E2E_MACHINE=running.url) as address:
        page = sign_in("admin", base_url=address)
        faults = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
        assert not faults
        page.context.close()


def write_source(page, ask, headline="La digue ébauchée"):
    editor = ArticleEditor(page)
    editor.create()
    editor.write("fr", headline=headline, lead="Deux rives et un pont.")
    editor.add_paragraph("fr", "Un lac gelé.", "Paragraph")
    editor.press("Publish French")
    (number,) = ask("select id from wagtailcore_page where title = ?", headline)
    return number


def test_a_passage_is_drafted_with_two_keys(translator, ask):
    page = translator
    open_translation(page, write_source(page, ask, "La digue tapée"))
    page.locator("#id_headline_en").click()
    page.keyboard.type("The perched hut")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#id_lead_en")).to_be_focused()
    page.keyboard.press("Alt+m")
    send = page.get_by_role("button", name="Send to LibreTranslate")
    expect(send).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#id_lead_en")).to_be_focused()
    expect(page.locator("#id_lead_en")).not_to_be_empty()
    expect(page.locator("#id_headline_en")).to_have_value("The perched hut")
    expect(page.locator(".messages")).to_contain_text("1 passage is in the draft")


def test_who_writes_on_stays_where_the_draft_could_not_be_saved(translator, ask):
    page = translator
    open_translation(page, write_source(page, ask, "La digue perdue"))
    lead, address = page.locator("#id_lead_en"), page.url
    page.route(address, lambda route: route.abort())
    lead.click()
    page.keyboard.type("Two banks")
    with page.expect_event("requestfailed", lambda request: request.url == address):
        page.keyboard.press("Alt+m")
    page.unroute(address)
    page.keyboard.type(" and a bridge.")
    wait_until_saved(page)
    page.wait_for_timeout(500)
    assert page.url == address
    expect(lead).to_have_value("Two banks and a bridge.")


def test_words_typed_just_before_the_keys_are_kept(translator, ask):
    page = translator
    open_translation(page, write_source(page, ask, "La digue pressée"))
    lead = page.locator("#id_lead_en")
    lead.click()
    page.keyboard.type("Two banks")
    page.keyboard.press("Alt+m")
    page.get_by_role("link", name="Back to the translation").click()
    expect(lead).to_have_value("Two banks")


def test_from_a_machine_draft_to_readers(translator, ask):
    page = translator
    number = write_source(page, ask)
    page.goto(f"/admin/diptych/translate/{number}/en/")
    page.get_by_role("link", name="Start with a machine draft").click()
    expect(page.locator("main")).to_contain_text("3 passages are missing or out of date.")
    page.get_by_role("button", name="Send to LibreTranslate").click()
    done = page.get_by_text("3 passages are in the draft, to be confirmed.")
    done.wait_for()

    page.get_by_role("link", name="Back to the translation").click()
    page.locator(".diptych-place").first.wait_for()
    page.wait_for_timeout(2500)
    expect(page.locator(".diptych-summary__state")).to_contain_text("3 to translate")
    with page.expect_navigation():
        ArticleEditor(page).choose("Publish English")
    expect(page.locator(".messages .error")).to_have_count(1)
    live = "select live from diptych_languages_pagelanguage where page_id = ? and language = 'en'"
    assert ask(live, number) in (None, (0,))

    page.goto(f"/admin/diptych/translate/{number}/en/")
    page.locator(".diptych-place").first.wait_for()
    page.wait_for_timeout(2500)
    for left in (2, 1, 0):
        page.get_by_role("button", name="Confirm", exact=True).first.click()
        words = f"{left} to translate" if left else "Everything is translated and up to date."
        expect(page.locator(".diptych-summary__state")).to_contain_text(words)
    wait_until_saved(page)
    ArticleEditor(page).press("Publish English")
    (slug,) = ask("select url_slug_en from diptych_articlepage where page_ptr_id = ?", number)
    page.goto(f"/en/stories/{slug}/")
    expect(page.locator("h1")).to_have_text("LA DIGUE ÉBAUCHÉE")
