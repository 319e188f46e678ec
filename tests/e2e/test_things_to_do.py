"""Each link of “things to do” leads to its field, in the editor and side by side."""

import pytest

from tests.e2e.conftest import TIMEOUT, run_in
from tests.e2e.editor import ArticleEditor

#: Whether the element that has the focus stands in the window, at the place that a link names.
ARRIVED = """(path) => {
    const active = document.activeElement;
    if (!active) return false;  // of a page that just begins to load
    const { top, bottom } = active.getBoundingClientRect();
    if (active === document.body || bottom < 0 || top > window.innerHeight) return false;
    const beside = active.closest(".diptych-row")?.querySelector(":scope > .diptych-place");
    if (beside?.dataset.place === path) return true;
    const rows = document.getElementById(`id_${path}-FORMS`)?.closest("[data-panel]");
    if (rows?.querySelector(".w-panel__content").contains(active)) return true;
    let around = active.parentElement;
    for (const name of path.split(".").reverse()) {
        around = around?.closest(`[data-contentpath="${name}"]`)?.parentElement;
    }
    return Boolean(around) && active.matches(
        "input, textarea, select, [contenteditable], .diptych-words-in-view, button, a[href]"
    ) && !active.matches("[data-comment-add], [data-panel-toggle]");
}"""
LINKS = "a[href*=':w:contentpath=']"

#: Follows a link and scrolls away before the form has come to rest; where the field stands then.
SCROLL_ON = """async (link, move) => {
    const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
    link.click();
    while (document.activeElement === document.body) await pause(10);
    const field = document.activeElement;
    const arrived = field.getBoundingClientRect().top;
    document.body.dispatchEvent(new Event(move, { bubbles: true }));
    for (let each = field; each; each = each.parentElement) {
        each.scrollTo({ top: 0, behavior: "instant" });
    }
    const before = field.getBoundingClientRect().top;
    await pause(1000);
    return { away: before !== arrived, before, after: field.getBoundingClientRect().top };
}"""

#: Whether an element, or a part of it, is what one sees at a point of the window.
AT_POINT = "(element, [x, y]) => element.contains(document.elementFromPoint(x, y))"


@pytest.fixture(scope="module", autouse=True)
def drafts(server, server_folder):
    run_in(server_folder, "-m", "tests.e2e.seed_problems")


@pytest.fixture
def number_of(ask):
    """The primary key of an article by its French headline."""

    def number_of(headline):
        query = "SELECT page_ptr_id FROM diptych_articlepage WHERE headline_fr = ?"
        return ask(query, headline)[0]

    return number_of


def path_of(link):
    return link.get_attribute("href").partition(":w:contentpath=")[2]


def follow_all(page, panel):
    """Follow each link that a side panel shows; returns their paths."""
    address, paths = page.url, []
    open_panel(page, panel)
    page.locator(f"[data-side-panel='{panel}']").wait_for()
    shown = page.locator(f"[data-side-panel='{panel}'] {LINKS}")
    numbers = [number for number in range(shown.count()) if shown.nth(number).is_visible()]
    for number in numbers:
        if page.url != address:  # what one screen lacks is reached in another
            page.goto(address)
        open_panel(page, panel)
        paths.append(path_of(shown.nth(number)))
        page.evaluate("() => document.activeElement.blur()")
        shown.nth(number).click()
        page.wait_for_function(ARRIVED, arg=paths[-1], timeout=TIMEOUT)
        page.wait_for_timeout(700)  # on a small screen the panel slides out
    return paths


def open_panel(page, panel):
    toggle = page.locator(f"[data-side-panel-toggle='{panel}']")
    if not page.locator(f"[data-side-panel='{panel}']").is_visible():
        toggle.click()


def test_what_lacks_in_a_text_is_reached_from_its_list(sign_in, number_of):
    page = sign_in("admin")
    page.goto(f"/admin/pages/{number_of('Sans rien')}/edit/")
    found = follow_all(page, "publishing")
    fields = {"lead_fr", "body_fr", "authors", "topics", "hero_image", "meta_title_fr"}
    assert fields <= set(found)


@pytest.mark.parametrize("width", [1024, 1280])
def test_an_open_panel_leaves_the_buttons_at_the_foot_in_sight(sign_in, number_of, width):
    page = sign_in("admin")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/admin/pages/{number_of('Sans rien')}/edit/")
    open_panel(page, "publishing")
    page.locator("[data-side-panel='publishing']").wait_for()
    for button in page.locator("footer nav > * .button:visible, footer nav > .button").all():
        button.click(trial=True, position={"x": 5, "y": 20})
        box = button.bounding_box()
        assert button.evaluate(AT_POINT, [box["x"] + box["width"] - 2, box["y"] + 10])


def test_who_scrolls_on_is_not_taken_back(sign_in, number_of):
    page = sign_in("admin")
    page.set_viewport_size({"width": 1280, "height": 400})
    page.goto(f"/admin/pages/{number_of('Sans rien')}/edit/")
    open_panel(page, "publishing")
    link = page.locator(f"[data-side-panel='publishing'] {LINKS}[href*='topics']")
    link.wait_for()
    for move in ("wheel", "touchmove", "keydown"):
        page.evaluate("() => document.activeElement.blur()")
        moved = link.evaluate(SCROLL_ON, move)
        assert moved["away"], move
        assert moved["after"] == moved["before"], move


def test_the_form_of_a_page_has_one_button_that_enter_presses(sign_in, number_of):
    page = sign_in("admin")
    page.goto(f"/admin/pages/{number_of('Sans rien')}/edit/")
    form = page.locator("#page-edit-form")
    count = "(form) => [...form.elements].filter((each) => each.formMethod === 'dialog').length"
    assert form.evaluate(count) == 1


@pytest.mark.parametrize("width", [1280, 390])
def test_what_lacks_in_blocks_is_reached_from_both_panels(sign_in, number_of, width):
    page = sign_in("admin")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/admin/pages/{number_of('Des blocs vides')}/edit/")
    found = follow_all(page, "publishing")
    parts = {path.rpartition(".")[2] for path in found if path.startswith("body_fr.")}
    assert parts == {"text", "image", "alt"}
    nested = [path for path in found if "22222222-bbbb" in path]
    assert len(nested) == 2
    assert any(path.startswith("corrections_fr.") for path in found)
    assert len(follow_all(page, "pictures")) == 3


def test_what_is_said_of_a_refused_text_is_reached_from_there(sign_in, number_of):
    page = sign_in("admin")
    page.goto(f"/admin/pages/{number_of('Des blocs vides')}/edit/#tab-english")
    ArticleEditor(page).choose("Publish French")
    message = page.locator(f".messages {LINKS}")
    message.first.wait_for()
    for link in message.all():
        page.evaluate("() => document.activeElement.blur()")
        link.click()
        page.wait_for_function(ARRIVED, arg=path_of(link), timeout=TIMEOUT)


def test_open_places_are_reached_side_by_side(sign_in, number_of):
    page, number = sign_in("admin"), number_of("La glace tient")
    page.goto(f"/admin/diptych/translate/{number}/en/")
    page.locator(".diptych-place").first.wait_for()
    found = follow_all(page, "publishing")
    (role,) = [path for path in found if path.startswith("authors.")]
    assert role.endswith(".role")
    assert sum(path.startswith("body_en.") for path in found) == 2
    assert "hero_caption_en" in found


def test_open_places_are_reached_from_the_question_before_publishing(sign_in, number_of):
    page, number = sign_in("admin"), number_of("La glace tient")
    question = f"/admin/diptych/publish/{number}/?language=en"
    page.goto(question)
    paths = [path_of(link) for link in page.locator(f".diptych-missing {LINKS}").all()]
    assert {path.partition(".")[0] for path in paths} >= {"body_en", "hero_caption_en", "authors"}
    for index, path in enumerate(paths):
        page.goto(question)
        page.locator(f".diptych-missing {LINKS}").nth(index).press("Enter")
        page.wait_for_function(ARRIVED, arg=path, timeout=TIMEOUT)


def test_pictures_without_words_are_reached_from_the_report(sign_in, number_of):
    page, number = sign_in("admin"), number_of("Des blocs vides")
    report = "/admin/diptych/image-problems/"
    editor = f"a[href*='/pages/{number}/edit/#']"
    page.goto(report)
    paths = [path_of(link) for link in page.locator(editor).all()]
    assert len(paths) >= 3
    for index, path in enumerate(paths):
        page.goto(report)
        page.locator(editor).nth(index).click()
        page.wait_for_function(ARRIVED, arg=path, timeout=TIMEOUT)


def test_the_front_page_opens_at_its_lead_story(sign_in):
    page = sign_in("admin")
    page.goto("/admin/diptych/front-page/")
    page.wait_for_function(ARRIVED, arg="lead_article", timeout=TIMEOUT)
