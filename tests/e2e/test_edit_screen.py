"""The edit screen of an article: its dates and its header."""

import io

import pytest
from PIL import Image as Picture
from playwright.sync_api import expect

from tests.e2e.editor import ArticleEditor


@pytest.fixture
def article(ask):
    (number,) = ask("select id from wagtailcore_page where title = 'Le pont fermé'")
    return f"/admin/pages/{number}/edit/"


def png(text):
    """A picture of a colour that ``text`` gives, so that none is uploaded twice."""
    buffer = io.BytesIO()
    Picture.new("RGB", (40, 30), tuple(text.encode()[:3])).save(buffer, "PNG")
    return buffer.getvalue()


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


#: How high a table is drawn, and how much of it its box shows.
TABLE = """field => {
  const table = field.querySelector(".ht_master .htCore").getBoundingClientRect();
  const box = field.querySelector("[id$=handsontable-container]").getBoundingClientRect();
  return { drawn: table.height, shown: box.height, widths: [table.width, box.width] };
}"""


def test_a_table_is_whole_after_the_window_was_resized_while_it_was_hidden(sign_in, ask):
    (number,) = ask(
        "select page_ptr_id from diptych_articlepage"
        " where body_fr like '%table_header%' and body_en like '%table_header%'"
    )
    page = sign_in("admin")
    page.goto(f"/admin/pages/{number}/edit/")
    for width, tab in ((1000, "English"), (390, "Français"), (1280, "English")):
        page.set_viewport_size({"width": width, "height": 900})
        page.get_by_role("tab", name=tab).click()
        field = page.locator(".w-field--table_input:visible").first
        field.scroll_into_view_if_needed()
        page.wait_for_timeout(1000)  # it is drawn in a frame of its own
        size = field.evaluate(TABLE)
        assert size["drawn"] > 40
        assert size["shown"] >= size["drawn"] - 1
        assert size["widths"][0] >= size["widths"][1] - 3


#: Marks the document when a window has been shown, which is when Wagtail moves the focus to it.
MARK_SHOWN = """() => jQuery(document).on("shown.bs.modal", () => {
  document.body.dataset.windowShown = "";
})"""


@pytest.mark.parametrize(
    ("tab", "column", "asked"),
    [("Français", "body_fr", "fr"), ("English", "body_en", "en")],
)
def test_an_upload_asks_for_the_text_in_the_language_of_the_tab(
    sign_in, article, tab, column, asked
):
    page = sign_in("admin")
    page.goto(article)
    page.evaluate(MARK_SHOWN)
    page.get_by_role("tab", name=tab).click()
    body = page.locator(f"[data-contentpath='{column}']").first
    body.locator("button.c-sf-add-button").last.click()
    page.get_by_role("option", name="Image").first.click()
    body.locator("[data-chooser-action-choose]:visible").last.click()
    page.locator("body[data-window-shown]").wait_for()
    upload = page.locator("[data-chooser-modal-creation-form]")
    page.locator(".modal-content").get_by_role("tab", name="Upload").click()
    assert upload.locator("[name$=asked_language]").input_value() == asked
    texts = upload.locator("[name*=-alt_]")
    assert texts.first.get_attribute("name").endswith(f"alt_{asked}")
    (needed,) = upload.locator("[data-diptych-needed]:visible").all()
    assert needed.get_attribute("data-diptych-needed") == asked

    file = upload.locator("input[type=file]")
    file.set_input_files({"name": "quai.png", "mimeType": "image/png", "buffer": png(tab)})
    button = upload.get_by_role("button", name="Upload")
    button.click()
    expect(texts.first).to_be_focused()
    assert "Say what one sees" in texts.first.evaluate("each => each.validationMessage")
    assert file.evaluate("each => each.files.length") == 1
    texts.first.fill("Un quai vide")
    button.click()
    expect(upload).to_have_count(0)


def first_action(page):
    """What the first button at the foot says, once it no longer changes."""
    page.wait_for_timeout(500)
    return page.locator("footer .w-dropdown-button > :first-child").inner_text().strip()


def test_what_is_ready_in_the_open_tab_comes_first_and_is_dated_in_the_panel(sign_in, ask):
    editor = ArticleEditor(sign_in("admin"))
    page = editor.page
    editor.create()
    editor.begin("Le quai des brumes", "Il fait gris.")
    editor.tab("Français")
    assert first_action(page) == "Publish French"
    editor.tab("English")
    assert first_action(page) == "Save draft"
    editor.tab("Français")
    editor.write("fr", lead="")
    editor.wait_until_saved()
    assert first_action(page) == "Save draft"

    page.get_by_role("button", name="1 thing to do").click()
    page.get_by_role("tab", name="All languages").click()
    panel = page.locator("[data-side-panel='publishing']")
    panel.get_by_role("link", name="The lead is missing.").first.click()
    page.locator("#id_lead_fr:focus").wait_for()
    page.keyboard.type("Un quai.")
    panel.get_by_role("button", name="Tomorrow").click()
    panel.get_by_text("French is published on").wait_for()
    assert first_action(page) == "Publish French"
    page.locator("#diptych-dates-fr").get_by_text("Will be published on").wait_for()
    (content,) = ask(
        "select content from diptych_languages_languageschedule order by id desc limit 1"
    )
    assert "Un quai." in str(content)

    panel.locator("#id_publish_at_fr").fill("31/02/2030 08:00")
    page.keyboard.press("Escape")
    panel.get_by_role("button", name="Save the dates").click()
    panel.get_by_text("Enter a valid date/time.").wait_for()
    assert panel.locator("#id_publish_at_fr").input_value() == "31/02/2030 08:00"
    panel.get_by_role("button", name="Call off").click()
    panel.get_by_text("French has no dates any more.").wait_for()


def test_escape_in_the_menu_of_blocks_leads_back_to_its_button(sign_in, article):
    page = sign_in("admin")
    page.goto(article)
    button = page.locator("button.c-sf-add-button:visible").first
    button.press("Enter")
    page.locator(".w-combobox input").wait_for()
    page.keyboard.press("Tab")
    expect(page.locator(".w-combobox input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".w-combobox")).to_have_count(0)
    expect(button).to_be_focused()


@pytest.mark.parametrize("command", ["footnote", "link"])
def test_escape_in_a_window_that_a_text_has_opened_leads_back_to_the_text(
    sign_in, article, command
):
    page = sign_in("admin")
    page.goto(article)
    text = page.locator("[contenteditable=true]:visible").first
    text.click()
    page.keyboard.type(f"/{command}")
    page.locator("[role=option]:visible").first.wait_for()
    page.keyboard.press("Enter")
    window = page.locator(".modal-content:visible, .diptych-footnote-dialog__box")
    window.locator("input:visible, select, [contenteditable=true]").first.wait_for()
    page.wait_for_timeout(500)  # it slides in
    page.keyboard.press("Escape")
    window.wait_for(state="detached")
    expect(text).to_be_focused()


def test_the_language_of_nothing_leaves_the_focus_in_the_text(sign_in, article):
    page = sign_in("admin")
    page.goto(article)
    text = page.locator("[contenteditable=true]:visible").first
    text.click()
    page.keyboard.type("/language")
    page.locator("[role=option]:visible").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_text("First select the words").first.wait_for()
    expect(text).to_be_focused()
