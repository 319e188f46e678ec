"""The edit screen of an article: its dates and its header."""

import pytest


@pytest.fixture
def article(ask):
    (number,) = ask("select id from wagtailcore_page where title = 'Le pont fermé'")
    return f"/admin/pages/{number}/edit/"


def test_leaving_a_date_changes_nothing_in_it(sign_in, article):
    page = sign_in("admin")
    page.goto(article)
    page.get_by_role("tab", name="All languages").click()
    field = page.locator("#id_publication_date")
    for typed in ("05/12/2026 14:30", "5.12.2026", "29/02/2027 10:00", "soon"):
        field.fill(typed)
        page.locator(".xdsoft_datetimepicker:visible").wait_for()
        field.press("Tab")
        page.locator(".xdsoft_datetimepicker:visible").wait_for(state="detached")
        assert field.input_value() == typed


def test_a_day_chosen_in_the_calendar_is_written_with_the_day_first(sign_in, article):
    page = sign_in("admin")
    page.goto(article)
    page.get_by_role("tab", name="All languages").click()
    field = page.locator("#id_publication_date")
    field.fill("05/12/2026 14:30")
    page.wait_for_timeout(500)  # the calendar opens
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    calendar.locator("td[data-date='24'][data-month='11']").click()
    assert field.input_value() == "24/12/2026 14:30"


@pytest.mark.parametrize(("width", "least"), [(1280, 300), (390, 200)])
def test_the_title_in_the_header_has_room_and_an_ellipsis(sign_in, article, width, least):
    page = sign_in("admin")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(article)
    title = page.locator(".w-slim-header .w-breadcrumbs li:last-child a")
    title.evaluate("title => { title.textContent = 'Ce qu’un examen mesure encore '.repeat(9) }")
    header = page.locator(".w-slim-header").bounding_box()
    box = title.bounding_box()
    assert box["width"] >= least
    assert box["x"] + box["width"] <= header["x"] + header["width"]
    # Cut by its own ellipsis, and by nothing around it.
    assert title.evaluate("title => getComputedStyle(title).textOverflow") == "ellipsis"
    assert title.evaluate("title => title.scrollWidth > title.clientWidth")
    breadcrumbs = page.locator(".w-slim-header .w-breadcrumbs")
    assert breadcrumbs.evaluate("each => each.scrollWidth <= each.clientWidth + 1")
