"""What readers see, and our admin screens, checked by axe-core and with the keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from diptych.themes.appearance import Appearance
from diptych.themes.look.registry import themes
from diptych.themes.look.stylesheets import address_of

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
#: What a theme or a mode can change: it is only a stylesheet.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

PAGES = {
    "fr": [
        "/fr/",
        "/fr/articles/",
        "/fr/articles/tout-ce-qu-un-article-peut-montrer/",
        "/fr/thematiques/",
        "/fr/thematiques/climat/",
        "/fr/auteurs/",
        "/fr/auteurs/lea-rochat/",
        "/fr/a-propos/",
        "/fr/numeros/",
        "/fr/numeros/le-froid/",
        "/fr/search/?q=glace",
        "/fr/search/?q=introuvable",
        "/fr/newsletter/",
        "/fr/offline.html",
        "/fr/nulle-part/",
        "/fr/articles/plus-tard-en-francais/",
        "/fr/articles/tout-ce-qu-un-article-peut-montrer/fr-en/",
    ],
    "en": [
        "/en/",
        "/en/stories/",
        "/en/stories/all-that-an-article-can-show/",
        "/en/topics/",
        "/en/topics/climate/",
        "/en/authors/",
        "/en/authors/lea-rochat/",
        "/en/about/",
        "/en/print-issues/",
        "/en/print-issues/the-cold/",
        "/en/archive/",
        "/en/feeds/",
        "/en/search/?q=ice",
        "/en/search/?q=nowhere",
        "/en/newsletter/",
        "/en/offline.html",
        "/en/nowhere/",
        "/en/stories/only-in-english-later/",
        "/en/stories/all-that-an-article-can-show/en-fr/",
        "/en/stories/all-that-an-article-can-show/republish/",
    ],
}


def violations(page, options):
    found = Axe().run(page, options=options).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_page_has_a_violation_in_any_theme_or_mode(new_page, subtests, language):
    page = new_page(viewport={"width": 390, "height": 844})
    for address in PAGES[language]:
        page.emulate_media(color_scheme="light")
        page.goto(address)
        with subtests.test(address):
            assert violations(page, RULES) == []
        for theme in themes():
            dress(page, theme)
            for mode in ("light", "dark"):
                page.emulate_media(color_scheme=mode)
                with subtests.test(address, theme=theme.name, mode=mode):
                    assert violations(page, COLOURS) == []


def dress(page, theme):
    """Put the stylesheet of ``theme`` in the place of the one that the page came with."""
    page.evaluate(
        """address => new Promise(resolve => {
            const link = document.querySelector('link[rel="stylesheet"]');
            if (link.getAttribute("href") === address) return resolve();
            link.onload = resolve;
            link.href = address;
        })""",
        address_of(Appearance(theme=theme)),
    )


def test_the_keyboard_leads_through_an_article(new_page, subtests):
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto("/en/stories/all-that-an-article-can-show/")
    page.keyboard.press("Tab")
    assert focused(page)["text"] == "Skip to content"
    assert focused(page)["visible"]
    seen = []
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        now = focused(page)
        if now["tag"] == "BODY":
            break
        # Inside the player of a recording, the browser marks its own buttons.
        if seen and seen[-1]["tag"] == now["tag"] == "AUDIO" and now["visible"]:
            continue
        seen.append(now)
    else:
        pytest.fail(NO_END)
    with subtests.test("everything that can be reached is in sight and marked"):
        assert [each for each in seen if not (each["visible"] and each["marked"])] == []
    with subtests.test("every link and field is reached"):
        reachable = page.locator(
            "a[href]:visible, audio:visible, button:visible, input:visible, summary:visible"
        )
        assert len(seen) + 1 >= reachable.count() - 1
    page.goto("/en/stories/all-that-an-article-can-show/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_has_the_focus_looks_different(new_page, subtests):
    """Each kind of element of each page that the keyboard reaches, by pictures of it."""
    page, known = new_page(viewport={"width": 1280, "height": 900}), set()
    for address in PAGES["en"]:
        page.goto(address)
        with subtests.test(address):
            assert list(unmarked(page, known)) == []
    assert len(known) > 30


def unmarked(page, known):
    """What looks the same with the focus and without; kinds that are ``known`` are passed over."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        kind = page.evaluate(KIND_OF_FOCUSED)
        if kind is None:
            return
        if kind in known:
            continue
        known.add(kind)
        part = page.evaluate(AROUND_FOCUS)
        focused_picture = page.screenshot(clip=part, animations="disabled")
        page.evaluate("window.left = document.activeElement; window.left.blur()")
        if page.screenshot(clip=part, animations="disabled") == focused_picture:
            yield kind
        page.evaluate("window.left.focus({ focusVisible: true, preventScroll: true })")
    pytest.fail(NO_END)


#: More than can be reached on any page.
MOST_STEPS = 200
NO_END = f"The keyboard is not at the end of the page after {MOST_STEPS} steps."
#: The element with the focus and those it stands in, by names and classes; ``null`` at the end.
KIND_OF_FOCUSED = """() => {
    const name = (each) => each ? `${each.localName}.${each.className}` : "";
    const here = document.activeElement, above = here.parentElement;
    if (here === document.body) return null;
    return [here, above, above?.parentElement].map(name).join(" < ");
}"""
#: The part of the window around what has the focus.
AROUND_FOCUS = """() => {
    const here = document.activeElement;
    const whole = here.closest(".card, .lead-story, .article-link, label") ?? here;
    const box = whole.getBoundingClientRect();
    const left = Math.max(0, box.left - 10), top = Math.max(0, box.top - 10);
    return {
        x: left, y: top,
        width: Math.max(1, Math.min(innerWidth, box.right + 10) - left),
        height: Math.max(1, Math.min(innerHeight, box.bottom + 10) - top),
    };
}"""


def test_suggestions_are_reached_chosen_and_closed_with_the_keyboard(new_page):
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto("/en/search/")
    field = page.get_by_role("combobox")
    field.press_sequentially("cli")
    options = page.get_by_role("option")
    options.first.wait_for()
    said = f"{options.count()} suggestion{'s' if options.count() > 1 else ''}"
    assert page.get_by_role("status").inner_text() == said
    assert violations(page, RULES) == []
    field.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert field.input_value() == chosen.inner_text()
    field.press("Escape")
    assert field.input_value() == "cli"
    assert options.count() == 0
    field.press_sequentially("m")
    options.first.wait_for()
    field.press("ArrowUp")
    words = field.input_value()
    field.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert page.get_by_role("searchbox").or_(field).input_value() == words
    assert page.locator("mark").count() or page.locator(".found-pages").count()


def focused(page):
    return page.evaluate(
        """() => {
            const here = document.activeElement;
            const box = here.getBoundingClientRect();
            const card = here.closest(".card") ?? here;
            const styles = [getComputedStyle(here), getComputedStyle(card)];
            const isMarked = ({ boxShadow, outlineStyle }) =>
                boxShadow !== "none" || outlineStyle !== "none";
            return {
                tag: here.tagName,
                text: here.textContent.trim(),
                visible: box.width > 1 && box.height > 1 && box.bottom > 0
                    && box.top < window.innerHeight,
                marked: styles.some(isMarked),
            };
        }"""
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_is_lost_at_320_pixels_or_with_text_twice_as_large(new_page, subtests, language):
    page = new_page(viewport={"width": 320, "height": 640})
    for address in PAGES[language]:
        page.goto(address)
        for size in ("100%", "200%"):
            page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
            with subtests.test(address, size=size):
                assert page.evaluate(OVERFLOWING) == []


OVERFLOWING = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
        .filter((each) => each.getBoundingClientRect().right > width + 1)
        .map((each) => `${each.tagName} ${each.className}`).slice(0, 5);
}"""


@pytest.mark.parametrize(
    "address",
    [
        "/admin/diptych/translations/",
        "/admin/diptych/calendar/",
        "/admin/diptych/notifications/",
        "/admin/diptych/articles/",
        "/admin/settings/diptych/journalsettings/",
    ],
)
def test_our_admin_screens_have_no_violation(sign_in, address):
    page = sign_in("admin")
    page.goto(address)
    assert violations(page, {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}) == []
