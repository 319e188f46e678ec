"""The two columns on the screen of a laptop."""

import pytest

SIZE = {"width": 1280, "height": 800}
#: Whether the line of the buttons is free, from one side to the map of the page on the other.
IS_FREE = """() => {
  const line = document.querySelector("footer.footer").getBoundingClientRect();
  const { left, right, top, bottom } = line;
  const places = [...Array(20).keys()].map((each) => left + 1 + (each * (right - left - 40)) / 19);
  return places.every(
    (x) => document.elementFromPoint(x, (top + bottom) / 2).closest("footer.footer"),
  );
}"""


@pytest.fixture
def columns(sign_in, ask):
    page = sign_in("admin")
    (number,) = ask("select id from wagtailcore_page where title = 'Un long récit'")
    page.set_viewport_size(SIZE)
    page.goto(f"/admin/diptych/translate/{number}/en/")
    page.locator(".diptych-place").first.wait_for()
    return page


def width_of_sidebar(page):
    return page.locator(".sidebar").bounding_box()["width"]


def test_they_have_the_whole_width(columns):
    assert width_of_sidebar(columns) < 80
    rows = columns.locator("[data-streamfield-child] .diptych-row")
    box = rows.first.bounding_box()
    assert box["x"] < 200
    assert box["x"] + box["width"] > SIZE["width"] - 80


def test_the_sidebar_is_folded_here_alone_and_stays_as_it_is_put(columns):
    columns.wait_for_load_state("load")
    columns.wait_for_timeout(500)
    address = columns.url
    columns.goto("/admin/diptych/articles/")
    columns.locator(".sidebar").wait_for()
    assert width_of_sidebar(columns) > 150
    columns.goto(address)
    columns.locator(".sidebar__collapse-toggle").click()
    columns.wait_for_timeout(500)
    assert width_of_sidebar(columns) > 150
    columns.reload()
    columns.locator(".sidebar").wait_for()
    assert width_of_sidebar(columns) > 150


def test_a_screen_that_is_opened_soon_after_has_the_sidebar_as_it_was(columns):
    address = columns.url
    for moment in ("domcontentloaded", "load", "domcontentloaded", "load"):
        columns.goto(address, wait_until=moment)
        columns.goto("/admin/diptych/articles/")
        columns.locator(".sidebar").wait_for()
        columns.wait_for_timeout(500)
        width = width_of_sidebar(columns)
        assert width > 150
        assert columns.locator("main").bounding_box()["x"] >= width


def test_nothing_of_the_form_lies_beside_or_below_the_buttons(columns):
    scroll = "(part) => { const box = document.querySelector('.content-wrapper'); "
    scroll += "box.scrollTo({ top: box.scrollHeight * part, behavior: 'instant' }) }"
    for part in (0, 0.3, 0.6, 1):
        columns.evaluate(scroll, part)
        columns.wait_for_timeout(300)
        assert columns.evaluate(IS_FREE)
    last = columns.locator(".tab-content .w-panel").last.bounding_box()
    assert last["y"] + last["height"] <= columns.locator("footer.footer").bounding_box()["y"]
