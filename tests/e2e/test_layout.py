"""Where things stand: how many stories a first screen shows, and that no row has a hole."""

import pytest

from tests.e2e.conftest import run_in, serving

THEMES = ("gazette", "revue")
#: Headlines that are in sight as a whole.
IN_SIGHT = """() => [...document.querySelectorAll("main .card__headline")]
  .filter((each) => each.getBoundingClientRect().bottom <= innerHeight)
  .map((each) => each.textContent)"""
#: For each row, how far above its end the longest of its columns ends, and the shortest.
ROOM = """() => [...document.querySelectorAll(".topic-row")].map((row) => {
  const end = row.getBoundingClientRect().bottom;
  const columns = row.matches(".topic-row--large")
    ? row.querySelectorAll(".card--large > *, .topic-row__others")
    : row.querySelectorAll(".card");
  const content = (column) => [column, ...column.querySelectorAll("*")]
    .filter((each) => !each.children.length && each.getClientRects().length)
    .map((each) => each.getBoundingClientRect().bottom);
  const ends = [...columns].map((column) => end - Math.max(...content(column)));
  return [Math.min(...ends), Math.max(...ends)];
})"""
#: Which of the stories beside the lead show their picture.
SECONDS = """() => [...document.querySelectorAll(".card--second .card__picture img")]
  .map((each) => each.getBoundingClientRect().width > 0)"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("layout")


@pytest.fixture(scope="module")
def server(folder, seeded):
    seeded(folder, "tests.e2e.seed_pictures")
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module", params=THEMES)
def theme(request, folder, server):
    run_in(folder, "-m", "tests.e2e.seed_pictures", request.param)
    return request.param


def test_the_first_screen_is_a_front_page(new_page, theme):
    page = new_page(viewport={"width": 1280, "height": 800})
    page.goto("/fr/")
    assert len(page.evaluate(IN_SIGHT)) >= {"gazette": 7, "revue": 5}[theme]


def test_rows_have_no_holes_and_end_with_air(new_page, theme):
    for width in (1280, 1920):
        page = new_page(viewport={"width": width, "height": 900})
        page.goto("/fr/")
        room = page.evaluate(ROOM)
        assert len(room) == 3
        for least, most in room:
            assert 24 <= least <= 72
            assert most - least <= 200


def test_both_stories_beside_the_lead_keep_their_pictures_on_small_screens(new_page, theme):
    for width in (390, 768):
        page = new_page(viewport={"width": width, "height": 844})
        page.goto("/fr/")
        assert page.evaluate(SECONDS) == [True, True]


@pytest.mark.parametrize("address", ["/fr/articles/tout/", "/fr/articles/partie/"])
def test_the_text_begins_on_the_first_screen_and_a_half(new_page, theme, address):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(address)
    assert page.locator(".prose").bounding_box()["y"] <= 844 * 1.5


#: Whether the whole of what has the focus is between the sides of the window.
FOCUS_IS_IN_SIGHT = """() => {
  const { left, right } = document.activeElement.getBoundingClientRect();
  return left >= 0 && right <= innerWidth;
}"""


@pytest.mark.parametrize("address", ["/fr/", "/fr/articles/tout/"])
def test_the_masthead_is_one_line_and_one_row_that_scrolls(new_page, theme, address):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(address)
    assert page.locator(".header").bounding_box()["height"] <= 130
    assert page.get_by_role("link", name="Recherche").bounding_box()["width"] >= 44
    row = page.locator(".header__navigation")
    assert row.evaluate("each => each.scrollWidth > each.clientWidth")
    links = row.locator("a")
    links.first.focus()
    for key, end in (("Tab", links.last), ("Shift+Tab", links.first)):
        for _link in range(links.count() - 1):
            page.keyboard.press(key)
            page.wait_for_function(FOCUS_IS_IN_SIGHT)
        assert end.evaluate("each => each === document.activeElement")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", ["100%", "200%"])
def test_a_series_fits_a_small_screen_with_text_twice_as_large(new_page, theme, size):
    page = new_page(viewport={"width": 320, "height": 640})
    page.goto("/fr/les-lacs/")
    page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    text = page.locator(".parts .card__text").first.bounding_box()
    assert text["width"] >= 160
