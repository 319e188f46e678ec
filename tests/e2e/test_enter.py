"""The Enter key in an input of the admin never publishes, sends, hands in, schedules or deletes."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Error, expect

from tests.e2e.admin_screens import UNFOLD, addresses_of, screens_of
from tests.e2e.conftest import serving
from tests.e2e.editor import ArticleEditor, wait_until_saved
from tests.e2e.test_edit_screen import png

#: What stands in a form that is sent, apart from what writes several lines or opens a dialog.
INPUTS = """main form[method=post i] :is(input, select):enabled:not([type=hidden], [type=file],
    [type=submit], [type=button], [type=reset], [type=image], [readonly], [role=combobox])"""
#: Leaves out of inputs the ticks that have the form and the name of one before.
WITHOUT_SAME_TICKS = """(inputs) => inputs.filter((each) => {
    if (!["checkbox", "radio"].includes(each.type)) return true;
    return inputs.find(({ form, name }) => form === each.form && name === each.name) === each;
})"""
#: Notices that a form was sent; a button of the method "dialog" sends nothing.
WATCH = """() => {
    window.isSamePage = true;
    addEventListener("submit", ({ submitter }) => {
        if (submitter?.formMethod !== "dialog") window.isSamePage = false;
    });
}"""
#: A form that may change something, in the HTML of a screen.
POSTING = re.compile(r"<form\b[^>]*\bmethod=[\"']?post", re.IGNORECASE)
#: What readers see or are sent, and what else is done by a form of its own.
DONE = {
    "pages": "select id, live from wagtailcore_page",
    "languages": "select page_id, language, live from diptych_languages_pagelanguage",
    "dates": "select page_id, language, act, due_at from diptych_languages_languageschedule",
    "waiting": "select id, approved_go_live_at from wagtailcore_revision"
    " where approved_go_live_at is not null",
    "reviews": "select page_id, language, review from diptych_languages_translationassignment",
    "issues": "select id, state from diptych_newsletter_issue",
    "deliveries": "select id from diptych_newsletter_delivery",
    "links": "select * from diptych_languages_draftlink",
    "texts": "select * from diptych_interface_texts_textchange",
    "imports": "select id, state from diptych_moving_importrun",
    "images": "select * from diptych_captionedimage",
    "documents": "select id, title, file, collection_id from wagtaildocs_document",
    "collections": "select id, path, name from wagtailcore_collection",
    "redirects": "select * from wagtailredirects_redirect",
    "comments": "select id, text, resolved_at from wagtailcore_comment",
    "people": "select id, is_active, is_superuser, username from auth_user",
    "groups": "select id, name from auth_group",
    "settings": "select * from diptych_journalsettings",
    "front page": "select * from diptych_homepage",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("enter")


@pytest.fixture(scope="module")
def server(folder, seeded):
    """A journal of its own, in which much may be pressed."""
    seeded(folder, "tests.e2e.seed_screens")
    with serving(folder) as address:
        yield address


@pytest.fixture
def done(folder):
    """All rows of :data:`DONE`."""

    def done():
        with closing(sqlite3.connect(folder / "e2e.sqlite3", timeout=20)) as database:
            return {
                name: sorted(map(repr, database.execute(query))) for name, query in DONE.items()
            }

    return done


def open_unfolded(page, address):
    try:
        page.goto(address)
    except Error:  # the answer to what was sent came at this moment
        page.wait_for_load_state()
        page.goto(address)
    page.evaluate(UNFOLD)
    page.evaluate(WATCH)
    visible = [each for each in page.query_selector_all(INPUTS) if each.is_visible()]
    chosen = page.evaluate_handle(WITHOUT_SAME_TICKS, visible).get_properties()
    return [each.as_element() for each in chosen.values()]


def press_enter_in(page, each):
    """Press Enter in an input, of text after a letter, so that what is saved is seen."""
    each.focus()
    if each.evaluate("(input) => input.type === 'text'"):
        page.keyboard.type("x")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def press_enter_everywhere(page, address):
    """Press Enter in the visible inputs at ``address``; return how often."""
    number, inputs = 0, open_unfolded(page, address)
    while number < len(inputs):
        each, number = inputs[number], number + 1
        try:
            press_enter_in(page, each)
            is_same = page.evaluate("() => window.isSamePage === true")
        except Error:
            is_same = False
        if not is_same:
            page.wait_for_timeout(500)
            page.wait_for_load_state()
            inputs = open_unfolded(page, address)
    if number:
        page.wait_for_timeout(500)  # a script may still send something
    return number


@pytest.mark.parametrize("role", ["admin", "translator"])
def test_enter_in_an_input_of_any_form_does_nothing_to_readers(
    sign_in, folder, done, role, subtests, record_property
):
    page = sign_in(role)
    page.on("dialog", lambda dialog: dialog.accept())
    before, pressed = done(), 0
    for address, html in screens_of(page, folder):
        if not POSTING.search(html):
            continue
        with subtests.test(address):
            pressed += press_enter_everywhere(page, address)
            now = done()
            changed = {name: set(now[name]) ^ set(before[name]) for name in DONE}
            before = now
            assert {name: rows for name, rows in changed.items() if rows} == {}
    record_property("pressed", pressed)
    print(f"Enter was pressed {pressed} times.")
    assert pressed >= 50


def test_enter_in_a_heading_opens_a_paragraph_below_it(sign_in, folder, done):
    """An article that could be published by now; the heading stands before another block."""
    page = sign_in("admin")
    editor = ArticleEditor(page)
    page.goto(next(each for each in addresses_of(folder) if "/add/diptych/articlepage/" in each))
    editor.begin("Le titre et la suite", "Un premier paragraphe.")
    body = page.locator("[data-contentpath='body_fr']").first
    body.locator("button.c-sf-add-button").first.click()
    page.get_by_role("option", name="Heading").first.click()
    body.locator("input[type=text]").first.click()
    page.keyboard.type("Une suite")
    wait_until_saved(page)
    expect(page.get_by_role("button", name="Publish French", exact=True)).to_be_visible()
    before = done()
    page.keyboard.press("Enter")
    second = body.locator("[contenteditable=true]").first
    expect(second).to_be_focused()
    page.keyboard.type("Un mot")
    stream = "document.getElementById('body_fr-root').rootBlock"
    page.wait_for_function(f"() => {stream}.children.length === 3")
    wait_until_saved(page)
    blocks = page.evaluate(f"() => {stream}.children.map((each) => each.type)")
    assert blocks == ["heading", "paragraph", "paragraph"]
    expect(second).to_have_text("Un mot")
    assert done() == before


#: A file to upload for each kind of file.
FILES = {
    "images": {"name": "quai.png", "mimeType": "image/png", "buffer": png("quai")},
    "documents": {"name": "quai.txt", "mimeType": "text/plain", "buffer": b"Un quai vide"},
}


@pytest.mark.parametrize("kind", FILES)
def test_enter_in_the_form_of_an_upload_does_nothing_to_readers(sign_in, done, kind):
    """At most it saves the title of the new file, which no page has yet."""
    page, before = sign_in("admin"), done()
    page.goto(f"/admin/{kind}/multiple/add/")
    page.set_input_files("#fileupload", FILES[kind])
    form = page.locator("#upload-list form")
    form.wait_for()
    inputs = form.locator("input[type=text], select").element_handles()
    assert len(inputs) > 1
    for each in inputs:
        try:
            press_enter_in(page, each)
        except Error:
            break  # saved, and the form is gone
        page.wait_for_timeout(500)
    now = done()
    assert len(set(now.pop(kind)) ^ set(before.pop(kind))) == 1
    assert now == before


def test_enter_in_a_comment_opens_a_line(sign_in, folder, done):
    """An article that could be published by now."""
    page = sign_in("admin")
    page.goto(next(each for each in addresses_of(folder) if "/add/diptych/articlepage/" in each))
    ArticleEditor(page).begin("Le titre", "Un premier paragraphe.")
    before = done()
    lead = page.locator("[data-contentpath='lead_fr']").first
    lead.hover()
    lead.locator("[data-comment-add]").first.click()
    comment = page.locator("textarea.comment__input")
    expect(comment).to_be_focused()
    page.keyboard.type("Every")
    page.keyboard.press("Enter")
    page.keyboard.type("year?")
    expect(comment).to_have_value("Every\nyear?")
    page.wait_for_timeout(500)
    assert done() == before
