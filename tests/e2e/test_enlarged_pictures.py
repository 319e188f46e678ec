"""A picture of an article as large as the window, by mouse and by keyboard, without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

ADDRESS = "/en/stories/all-that-an-article-can-show/"
WINDOW = {"width": 1280, "height": 900}
FOCUSED = "document.activeElement.className"
OPEN = ".enlarged:popover-open"
#: The width of the file that an image shows.
PIXELS = "async each => { await each.decode(); return each.naturalWidth }"

VISIBILITY = "each => getComputedStyle(each).visibility"


@pytest.fixture
def page(new_page):
    """An article in a browser without scripts."""
    page = new_page(viewport=WINDOW, java_script_enabled=False)
    page.goto(ADDRESS)
    return page


def test_the_mouse_opens_and_closes_it(page):
    button = page.get_by_role("button", name="Enlarge the image").first
    button.click()
    shown = page.get_by_role("dialog", name="Enlarged image")
    picture = shown.get_by_role("img")
    box = picture.bounding_box()
    assert box["width"] > WINDOW["width"] * 0.8
    assert picture.evaluate(PIXELS) == 1200
    small = page.locator(".figure--hero > picture img")
    assert picture.get_attribute("alt") == small.get_attribute("alt")
    shown.get_by_role("button", name="Close").click()
    assert page.locator(OPEN).count() == 0


def test_the_keyboard_opens_it_and_leaves_it_where_it_was(new_page):
    page = new_page(viewport=WINDOW)
    page.goto(ADDRESS)
    page.locator(".figure__enlarge").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(OPEN)
    assert "enlarged__close" in page.evaluate(FOCUSED)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "page", "Nothing that lies behind it has the focus."
    page.keyboard.press("Tab")
    assert "enlarged__close" in page.evaluate(FOCUSED)
    page.keyboard.press("Escape")
    assert page.locator(OPEN).count() == 0
    assert page.evaluate(FOCUSED) == "figure__enlarge"


def test_the_article_is_printed_while_a_picture_is_enlarged(page):
    page.locator(".figure__enlarge").first.click()
    page.wait_for_selector(OPEN)
    text = page.locator(".prose p").first
    assert text.evaluate(VISIBILITY) == "hidden"
    page.emulate_media(media="print")
    assert text.evaluate(VISIBILITY) == "visible"
    assert not page.locator(".enlarged").first.is_visible()


def test_the_large_file_is_fetched_once_it_is_opened(new_page):
    page, fetched = new_page(viewport={"width": 390, "height": 844}), []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(ADDRESS)
    page.wait_for_load_state("networkidle")
    sources = (
        page.locator(".enlarged")
        .first.locator("source")
        .evaluate_all("all => all.map(each => new URL(each.srcset, location).href)")
    )
    assert sources and not set(sources) & set(fetched)
    with page.expect_response(lambda response: response.url in sources):
        page.locator(".figure__enlarge").first.click()


def test_an_enlarged_picture_has_no_violation(new_page):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(ADDRESS)
    page.locator(".figure__enlarge").first.click()
    page.wait_for_selector(OPEN)
    assert Axe().run(page).response["violations"] == []
