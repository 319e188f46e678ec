"""Keys in each kind of field of the two columns: tables, pictures, quotations, notes."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import serving
from tests.e2e.editor import open_translation, wait_until_saved

UNDERLINED = "() => [...CSS.highlights.get('diptych-terms')].map(String)"


@pytest.fixture(scope="module")
def server(server_folder, seeded):
    seeded(server_folder, "tests.e2e.seed_keys")
    with serving(server_folder) as address:
        yield address


@pytest.fixture(scope="module")
def server_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
def opened(sign_in, ask):
    """Open the translation of an article that is not begun, by its title."""
    faults = []

    def opened(title):
        page = sign_in("admin")
        page.on("pageerror", lambda error: faults.append(str(error)))
        (number,) = ask("select id from wagtailcore_page where title = ?", title)
        open_translation(page, number)
        return page

    yield opened
    assert not faults


def row_of(page, number):
    return page.locator("[data-streamfield-child] .diptych-row").nth(number)


def cells_of(page):
    """What the form holds of the table."""
    field = page.locator("input[type=hidden][name$='-value-table']")
    return json.loads(field.input_value())["data"]


def test_keys_of_the_strip_in_a_cell_of_a_table(opened):
    page = opened("La barge prête")
    row = row_of(page, 1)
    row.locator(".ht_master td").first.click()
    expect(row.locator(".diptych-terms li")).to_have_count(1)
    assert page.evaluate(UNDERLINED) == ["névés", "Névé"]
    page.keyboard.press("Control+1")
    page.keyboard.press("Tab")
    page.keyboard.type("Gl")
    page.keyboard.press("Alt+k")
    query = row.get_by_role("searchbox", name="Words or a sentence")
    expect(query).to_be_focused()
    page.keyboard.type("pont")
    expect(query).to_have_value("pont")
    page.keyboard.press("Enter")
    expect(row.locator(".diptych-concordance__results")).not_to_be_empty()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("old ")
    page.keyboard.press("Control+1")
    assert cells_of(page) == [["firn", "Gl"], ["", "12"]]
    page.keyboard.press("Control+Enter")
    expect(row.locator(".handsontableInput")).not_to_be_focused()
    assert cells_of(page) == [["firn", "Gl"], ["old firn", "12"]]
    wait_until_saved(page)
    page.reload()
    page.locator(".diptych-place").first.wait_for()
    assert cells_of(page) == [["firn", "Gl"], ["old firn", "12"]]


def test_one_key_leads_through_all_empty_fields(opened):
    page = opened("La barge passe")
    texts = ["Headline", "Lead", "Paragraph", "Title", "Village", "Picture", "Evening"]
    texts += ["The bridge holds.", "A keeper", "Method", "We counted."]
    page.keyboard.press("Alt+n")
    for text in texts:
        page.wait_for_timeout(400)  # an editor of rich text is built
        page.keyboard.type(text)
        page.keyboard.press("Control+Enter")
    wait_until_saved(page)
    assert cells_of(page)[0] == ["Village", ""]
    expect(row_of(page, 4).locator("[contenteditable=true]")).to_have_text("We counted.")
    names = ("alt", "caption", "attribution", "title")
    written = [page.locator(f"[name$='-value-{name}']").last.input_value() for name in names]
    assert written == ["Picture", "Evening", "A keeper", "Method"]
    # What is left is a cell, and that is where the key leads.
    page.keyboard.press("Alt+n")
    expect(row_of(page, 1).locator(".handsontableInput")).to_be_focused()
    page.keyboard.type("Glacier")
    page.keyboard.press("Tab")
    assert cells_of(page)[0] == ["Village", "Glacier"]


def test_an_automatic_save_leaves_focus_and_words_beside_the_passage(opened):
    page = opened("La barge dort")
    row = row_of(page, 0)
    row.locator("[contenteditable=true], .diptych-words-in-view").first.click()
    page.keyboard.type("The keeper")
    page.keyboard.press("Alt+k")
    query = row.get_by_role("searchbox", name="Words or a sentence")
    page.keyboard.type("pont", delay=100)
    expect(row.locator(".diptych-place__state").first).to_have_text("Up to date")
    page.keyboard.type(" neuf")
    expect(query).to_have_value("pont neuf")
    page.keyboard.press("Escape")
    expect(row.locator("[contenteditable=true]")).to_be_focused()

    # A button that the save takes away leaves the focus in its place.
    button = row_of(page, 3).get_by_role("button", name="Copy this block")
    row_of(page, 3).locator("textarea").first.click()
    page.keyboard.type("The bridge holds.")
    button.focus()
    expect(button).to_have_count(0)
    assert page.evaluate("() => document.activeElement.matches('.diptych-place')")
