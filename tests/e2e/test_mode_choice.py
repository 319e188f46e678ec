"""Light, dark or as the system is: a reader’s choice, kept, and shown before anything else."""

import re

PAPER = {"light": "rgb(251, 247, 239)", "dark": "rgb(26, 21, 18)"}
GROUND = "getComputedStyle(document.documentElement).backgroundColor"
#: The grounds of the page at each time at which the browser was about to paint.
WATCH = f"""() => {{
  window.grounds = [];
  const note = () => {{
    if (document.body) window.grounds.push({GROUND});
    if (window.grounds.length < 20) requestAnimationFrame(note);
  }};
  requestAnimationFrame(note);
}}"""
COLOURS = """[...document.querySelectorAll("meta[name=theme-color]")]
  .filter(each => matchMedia(each.media).matches).map(each => each.content)"""


def ground(page):
    return page.evaluate(GROUND)


def choose(page, name):
    page.get_by_role("group", name="Appearance").get_by_text(name, exact=True).click()


def test_a_choice_is_kept_and_no_page_is_shown_in_the_other_mode_first(new_page):
    page = new_page(color_scheme="light")
    page.goto("/en/")
    assert ground(page) == PAPER["light"]
    choose(page, "Dark")
    assert ground(page) == PAPER["dark"]
    page.add_init_script(f"({WATCH})()")
    for address in ("/fr/", "/en/stories/all-that-an-article-can-show/"):
        page.goto(address)
        while page.evaluate("window.grounds.length") < 20:
            page.wait_for_timeout(100)
        assert set(page.evaluate("window.grounds")) == {PAPER["dark"]}
        assert page.evaluate(COLOURS) == ["#1a1512"]
        assert page.locator("input[name=mode]:checked").get_attribute("value") == "dark"
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light only"
    page.emulate_media(media="screen")
    choose(page, "System")
    assert ground(page) == PAPER["light"]
    page.emulate_media(color_scheme="dark")
    assert ground(page) == PAPER["dark"]
    assert page.evaluate("localStorage.length") == 0


#: A logo with another file for dark grounds, as the header has it, is put into the page.
LOGO = """() => {
  const logo = document.createElement("picture");
  logo.innerHTML = `
    <source media="(prefers-color-scheme: dark)" srcset="/static/diptych/icon-192.png">
    <img id="logo" src="/static/diptych/icon-180.png" alt="">`;
  document.querySelector("main").append(logo);
}"""
SHOWN = "name => document.querySelector('#logo').currentSrc.endsWith(name)"


def test_what_is_printed_follows_no_choice_and_offers_none(new_page):
    page = new_page(color_scheme="light")
    page.goto("/en/")
    page.evaluate(LOGO)
    choose(page, "Dark")
    page.wait_for_function(SHOWN, arg="icon-192.png")
    page.emulate_media(media="print")
    page.wait_for_function(SHOWN, arg="icon-180.png")
    assert page.evaluate(COLOURS) == []
    for name in (".mode-choice", ".header__search"):
        assert page.locator(name).count() == 1
        assert not page.locator(name).is_visible()


def test_light_is_chosen_on_a_dark_system_with_the_keyboard(new_page):
    page = new_page(color_scheme="dark")
    page.goto("/en/")
    assert ground(page) == PAPER["dark"]
    page.locator("input[name=mode]:checked").focus()
    page.keyboard.press("ArrowRight")
    assert ground(page) == PAPER["light"]
    assert page.evaluate(COLOURS) == ["#fbf7ef"]
    outline = page.locator(".mode-choice__input:focus-visible")
    assert outline.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
    page.reload()
    assert ground(page) == PAPER["light"]


def test_without_scripts_there_is_no_choice_and_the_system_decides(new_page):
    page = new_page(java_script_enabled=False, color_scheme="dark")
    page.goto("/en/")
    assert page.get_by_role("group", name="Appearance").count() == 0
    assert page.locator("[data-mode-choice]").is_hidden()
    assert re.search('<html[^>]* data-mode=""', page.content())
