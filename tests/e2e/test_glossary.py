"""The strip of terms under the passage in which somebody writes, all from the keyboard."""

import pytest
from playwright.sync_api import expect

from tests.e2e.editor import open_translation, wait_until_saved

FILE = """domain,note,fr,fr allowed,en,en allowed,en forbidden
Glaciers,,névé,,firn,granular snow,old snow
,Not a guard of a museum.,gardien,gardienne,warden,,keeper
Glaciers,,glacier,,glacier,,
"""
NARROW = {"width": 390, "height": 800}


@pytest.fixture
def glossary(sign_in, ask):
    """A window of somebody who has taken three entries into the glossary."""
    page = sign_in("admin")
    page.goto("/admin/diptych/glossary/import/")
    file = {"name": "glossary.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="See what would be taken").click()
    expect(page.locator("main p[role=status]")).to_contain_text("Refused: 0")
    take = page.get_by_role("button", name="Take 3 entries")
    if take.count():
        take.click()
        expect(page.locator(".messages")).to_contain_text("3 entries have been taken")
    faults = []

    def note(error):
        faults.append(error)

    page.on("pageerror", note)
    yield page
    assert not faults


def opened(page, ask, title):
    (number,) = ask("select id from wagtailcore_page where title = ?", title)
    open_translation(page, number)
    return page.locator("[data-streamfield-child] .diptych-row").first


def enter(row):
    row.locator("[contenteditable=true], .diptych-words-in-view").first.click()
    expect(row.locator(".diptych-terms li").first).to_be_visible()


def write(row, text):
    """Add words to what the passage holds."""
    enter(row)
    row.page.keyboard.press("Control+End")
    row.page.keyboard.type(text)


def status_of(page):
    return page.locator('[data-diptych-glossary-target="status"]')


def underlined(page):
    return page.evaluate("() => [...CSS.highlights.get('diptych-terms')].map(String)")


def test_terms_are_shown_inserted_hidden_and_announced(glossary, ask):
    page = glossary
    row = opened(page, ask, "Le refuge perché")
    enter(row)
    expect(status_of(page)).to_contain_text(
        "3 glossary terms. 1 gardien: warden. 2 névé: firn. 3 glacier: glacier."
    )
    if row.locator("[contenteditable=true]").inner_text().strip():  # of another test
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
    page.keyboard.type("A keeper of the ")
    assert underlined(page) == ["gardien", "névé", "glacier"]
    before = row.bounding_box()
    page.keyboard.press("Control+2")
    page.keyboard.type(" and ")
    page.keyboard.press("Alt+3")
    expect(row.locator("[contenteditable=true]")).to_have_text("A keeper of the firn and glacier")
    expect(status_of(page)).to_have_text("“keeper” is not to be used.")
    assert row.bounding_box() == pytest.approx(before, abs=1)
    wait_until_saved(page)
    expect(row.locator(".diptych-terms li")).to_have_count(3)

    row.get_by_role("button", name="Hide here").click()
    expect(row.locator(".diptych-terms")).to_contain_text("A hint is hidden here.")
    page.reload()
    row.locator("[contenteditable=true], .diptych-words-in-view").first.click()
    expect(row.locator(".diptych-terms")).to_contain_text("A hint is hidden here.")
    row.get_by_role("button", name="Show it again").click()
    expect(row.locator(".diptych-terms")).to_contain_text("“keeper” is not to be used.")


def test_notes_belong_to_their_passage(glossary, ask):
    opened(glossary, ask, "Tout ce qu’un article peut montrer")
    noted = glossary.locator(".diptych-row:has(.diptych-notes)").first
    field = noted.locator("[contenteditable=true], .diptych-words-in-view").first
    for _built in range(2):
        with glossary.expect_response(lambda response: "/terms/" in response.url) as asked:
            field.click()
            glossary.keyboard.press("Control+End")
            glossary.keyboard.type(" x")
        assert asked.value.request.post_data.count("Une note de 1852.") == 2
        strip = noted.locator(".diptych-terms__faults")
        expect(strip).to_be_attached()
        expect(strip).not_to_contain_text("1852")


def test_a_term_is_inserted_into_a_plain_field_and_can_be_undone(glossary, ask):
    page = glossary
    opened(page, ask, "Une carotte de névé")
    field = page.locator("#id_headline_en")
    kept = field.input_value()
    field.click()
    page.keyboard.press("End")
    expect(page.locator(".diptych-row:has(#id_headline_en) .diptych-terms li")).to_have_count(1)
    page.keyboard.press("Control+1")
    expect(field).to_have_value(f"{kept}firn")
    page.keyboard.press("Control+z")
    expect(field).to_have_value(kept)


def test_ctrl_and_enter_goes_on_and_leaves_nothing_empty(glossary, ask):
    page = glossary
    row = opened(page, ask, "Le refuge perché")
    row.locator("[contenteditable=true], .diptych-words-in-view").first.click()
    page.keyboard.press("Control+Enter")
    second = page.locator("[data-streamfield-child] .diptych-row").nth(1)
    expect(second.locator("[contenteditable=true]")).to_be_focused()
    page.keyboard.down("Control")
    page.keyboard.down("Enter")
    expect(second.locator("[contenteditable=true]")).not_to_be_focused()
    reached = page.evaluate_handle("() => document.activeElement")
    for _repeat in range(3):
        page.keyboard.down("Enter")
    assert reached.evaluate("(field) => field === document.activeElement")
    page.keyboard.up("Enter")
    page.keyboard.up("Control")
    wait_until_saved(page)
    expect(second.locator(".diptych-place__state").first).to_contain_text("To translate")


def test_what_is_selected_in_both_columns_becomes_an_entry(glossary, ask):
    page = glossary
    row = opened(page, ask, "La nuit craque")
    write(row, "creaks")
    row.locator("[contenteditable=true]").dblclick()
    row.locator(".diptych-place__source").dblclick(position={"x": 8, "y": 8})
    with page.context.expect_page() as opening:
        row.get_by_role("link", name="Add what is selected to the glossary").click()
    form = opening.value
    expect(form.locator("[name=preferred_fr]")).to_have_value("Le")
    expect(form.locator("[name=preferred_en]")).to_have_value("creaks")


def test_a_narrow_screen_has_the_strip_within_its_width(glossary, ask):
    page = glossary
    page.set_viewport_size(NARROW)
    row = opened(page, ask, "Le névé fond")
    write(row, "old snow")
    expect(row.locator(".diptych-terms")).to_contain_text("“old snow” is not to be used.")
    box = row.locator(".diptych-terms").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= NARROW["width"]
    assert page.evaluate("() => document.documentElement.scrollWidth") <= NARROW["width"]


def test_the_strip_is_reached_and_left_by_keys_on_a_narrow_screen(glossary, ask):
    page = glossary
    page.set_viewport_size(NARROW)
    row = opened(page, ask, "Le névé fond")
    write(row, "old snow")
    expect(row.locator(".diptych-terms")).to_contain_text("“old snow” is not to be used.")
    field = row.locator("[contenteditable=true]")
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    expect(field).to_be_focused()
    hide = row.get_by_role("button", name="Hide here").last
    for _key in range(5):
        page.keyboard.press("Shift+Tab")
        if hide.evaluate("(button) => button === document.activeElement"):
            break
    expect(hide).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_focused()


def test_candidates_are_searched_by_the_enter_key(glossary):
    glossary.goto("/admin/diptych/glossary/candidates/")
    field = glossary.get_by_label("Search in all languages")
    field.fill("climat")
    field.press("Enter")
    glossary.wait_for_url("**/candidates/?q=climat")
    expect(glossary.locator("#diptych-candidates tbody tr")).to_have_count(1)
