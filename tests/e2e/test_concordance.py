"""The concordance under a passage, from the keyboard."""

import pytest
from playwright.sync_api import expect

from tests.e2e.editor import open_translation, wait_until_saved
from tests.e2e.test_glossary import NARROW

TITLE = "Le refuge perché"


@pytest.fixture
def page(sign_in):
    page, faults = sign_in("admin"), []

    def note(error):
        faults.append(error)

    page.on("pageerror", note)
    yield page
    assert not faults


def opened(page, ask):
    (number,) = ask("select id from wagtailcore_page where title = ?", TITLE)
    open_translation(page, number)
    return page.locator("[data-streamfield-child] .diptych-row").first


def status_of(page):
    return page.locator('[data-diptych-concordance-target="status"]')


def search(row, text):
    """Open the list by its key and search for a typed text."""
    row.locator("[contenteditable=true], .diptych-words-in-view").first.click()
    expect(row.get_by_role("button", name="Concordance")).to_be_visible()
    row.page.keyboard.press("Alt+k")
    field = row.get_by_role("searchbox", name="Words or a sentence")
    expect(field).to_be_focused()
    field.fill(text)
    field.press("Enter")
    return field


def test_what_is_selected_is_searched_for_in_both_directions(page, ask):
    row = opened(page, ask)
    field = page.locator("#id_headline_en")
    field.fill("")
    field.click()
    head = page.locator(".diptych-row:has(#id_headline_en)")
    expect(head.get_by_role("button", name="Concordance")).to_be_visible()
    page.keyboard.type("The firn")
    for _letter in "firn":
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Alt+k")
    first = head.locator(".diptych-concordance li").first
    expect(first.locator("p").first).to_have_attribute("lang", "en")
    expect(first.locator("mark").first).to_have_text("firn")
    expect(status_of(page)).to_contain_text("found.")
    expect(field).to_be_focused()
    query = head.get_by_role("searchbox", name="Words or a sentence")
    expect(query).to_have_css("font-size", "14px")
    keys = head.locator(".diptych-concordance kbd").bounding_box()
    assert keys["y"] + keys["height"] + 3 <= query.bounding_box()["y"]  # its ring has room

    row.locator(".diptych-place__source").dblclick(position={"x": 8, "y": 8})
    page.keyboard.press("Alt+k")
    expect(row.get_by_role("combobox", name="Language of the words")).to_have_value("fr")
    expect(row.locator(".diptych-concordance li p").first).to_have_attribute("lang", "fr")


def test_a_whole_sentence_is_inserted_by_a_key(page, ask):
    row = opened(page, ask)
    (french, english) = ask(
        "select headline_fr, headline_en from diptych_articlepage where headline_en <> '' and "
        "is_public_en and is_public_fr and headline_fr = ?",
        "Une carotte de névé",
    )
    field = search(row, french)
    insert = row.get_by_role("button", name="Insert")
    expect(insert).to_be_visible()
    number = insert.get_attribute("aria-keyshortcuts").split()[0]
    field.press("Escape")
    expect(row.locator(".diptych-concordance__body")).to_be_hidden()
    writing = row.locator("[contenteditable=true]")
    expect(writing).to_be_focused()
    before = row.bounding_box()
    page.keyboard.press(number)
    expect(writing).to_contain_text(english)
    page.keyboard.type(" and more")
    wait_until_saved(page)
    assert row.bounding_box()["y"] == pytest.approx(before["y"], abs=1)


def test_typing_into_it_changes_nothing_of_the_page(page, ask):
    row = opened(page, ask)
    requests = []

    def note(request):
        requests.append(request.url) if request.method == "POST" else None

    page.on("request", note)
    search(row, "xylophone et zinc")
    expect(row.locator(".diptych-concordance__results")).to_have_text(
        "Nothing found in the concordance."
    )
    expect(status_of(page)).to_have_text("Nothing found in the concordance.")
    page.wait_for_timeout(1500)  # longer than the pause before an automatic save
    assert not [each for each in requests if "/translate/" in each]


def test_a_narrow_screen_has_it_within_its_width(page, ask):
    page.set_viewport_size(NARROW)
    row = opened(page, ask)
    search(row, "le glacier")
    expect(row.locator(".diptych-concordance li").first).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= NARROW["width"]
    box = row.locator(".diptych-concordance__results").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= NARROW["width"]
