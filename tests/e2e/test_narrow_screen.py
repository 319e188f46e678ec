"""Translators and editors at work on a telephone."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("/admin/diptych/translate/{}/en/", ".diptych-place"),
        ("/admin/pages/{}/edit/", "#id_lead_fr"),
    ],
)
def test_the_buttons_at_the_foot_are_in_sight(sign_in, ask, address, part):
    page = sign_in("admin")
    (number,) = ask("select id from wagtailcore_page where title = 'Un long récit'")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address.format(number))
    page.locator(part).first.wait_for()
    first = page.locator("footer").get_by_role("button").first
    for position in ("0", "document.body.scrollHeight / 2", "document.body.scrollHeight"):
        page.evaluate(f"window.scrollTo(0, {position})")
        expect(first).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_lists_of_pages_show_whole_titles_and_languages(sign_in):
    page = sign_in("admin")
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/admin/pages/search/?q=récit", "/admin/pages/3/"):
        page.goto(address)
        title = page.locator(".listing td.title").first
        assert title.bounding_box()["width"] > 100
        last = page.locator(".listing td.diptych-state").nth(1).bounding_box()
        assert last["x"] + last["width"] <= 390
        assert not page.locator(".listing th", has_text="Status").is_visible()


#: Gives each row of a list the cells of three times as many languages.
MORE_LANGUAGES = """() => {
  for (const row of document.querySelectorAll(".listing tr")) {
    const cells = [...row.querySelectorAll(".diptych-state")];
    for (const cell of [...cells, ...cells]) cells.at(-1).after(cell.cloneNode(true));
  }
}"""


def test_the_lists_of_pages_show_six_languages(sign_in):
    page = sign_in("admin")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto("/admin/pages/3/")
        page.evaluate(MORE_LANGUAGES)
        cells = page.locator(".listing tbody tr").first.locator("td.diptych-state").all()
        assert len(cells) == 6
        for cell in cells:
            box = cell.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= width
        name = cells[0].locator(".w-sr-only").bounding_box()
        assert (name["width"] > 20) == (width == 390)


def test_a_button_that_names_many_languages_shows_all_of_them(sign_in, ask):
    page = sign_in("admin")
    (number,) = ask("select id from wagtailcore_page where title = 'Un long récit'")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/admin/pages/{number}/edit/")
    page.locator("footer .w-dropdown__toggle").click()
    button = page.locator("footer .w-dropdown__content .button").first
    button.evaluate("each => each.append(' in many languages'.repeat(8))")
    assert button.evaluate("each => each.scrollHeight <= each.clientHeight")


#: Whether the words of a button stand within it.
FITS = """button => {
  button.previousElementSibling.textContent = "Enregistrer";
  button.textContent = "Enregistrer et passer à la page suivante";
  const words = document.createRange(), box = button.getBoundingClientRect();
  words.selectNodeContents(button);
  const {top, bottom} = words.getBoundingClientRect();
  return top >= box.top && bottom <= box.bottom;
}"""


def test_a_button_is_as_high_as_its_words(sign_in):
    page = sign_in("admin")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/admin/diptych/site-texts/fr/0/")
    assert page.locator("button[name=next_page]").evaluate(FITS)
