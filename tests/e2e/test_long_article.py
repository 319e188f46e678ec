"""An article of many paragraphs: each editor is built when somebody comes to it."""

from tests.e2e.editor import ArticleEditor

WRITTEN = ".diptych-words-in-view, [contenteditable=true]"


def is_saving(request):
    return request.method == "POST" and request.url.endswith("/edit/")


def test_what_is_far_below_is_written_and_saved(sign_in):
    editor = ArticleEditor(sign_in("admin"))
    editor.open("Un long récit")
    page = editor.page
    page.wait_for_timeout(2500)
    body = page.locator("[data-contentpath='body_fr']").first
    waiting = body.locator(".diptych-words-in-view")
    assert waiting.count() > 40
    assert waiting.last.text_content() == "Paragraph 80."

    body.locator(WRITTEN).last.scroll_into_view_if_needed()
    waiting.get_by_text("Paragraph 80.").wait_for(state="detached")
    area = body.locator("[contenteditable=true]").last
    area.wait_for()
    area.click()
    area.press("Control+End")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if is_saving(request) else None)
    page.wait_for_timeout(2000)
    assert not sent  # looking through a text saves nothing
    area.press_sequentially(" Fin.")
    # One that nobody has come near yet is reached with the keyboard.
    waiting.nth(20).focus()
    body.locator("[contenteditable=true]:focus").wait_for()
    assert waiting.count() > 20
    page.wait_for_timeout(1000)  # Wagtail's editor hands its text over a moment after the last key
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    words = body.locator(WRITTEN).all_text_contents()
    assert len(words) == 80
    assert words[-1].strip() == "Paragraph 80. Fin."
    assert words[3].strip() == "Paragraph 4."


def test_a_block_is_closed_in_its_own_language_only(sign_in):
    """A translation has the block ids of its source, and both are in one page."""
    editor = ArticleEditor(sign_in("admin"))
    editor.open("Un long récit")
    editor.tab("English")
    page = editor.page
    english = page.locator("[data-contentpath='body_en'] [data-streamfield-child]").first
    french = page.locator("[data-contentpath='body_fr'] [data-streamfield-child]").first
    assert english.get_attribute("data-contentpath") == french.get_attribute("data-contentpath")
    english.locator("[data-panel-toggle]").click()
    assert not english.locator(".w-panel__content").is_visible()
    editor.tab("Français")
    assert french.locator(".w-panel__content").is_visible()
    repeated = page.evaluate("""() => {
        const named = [...document.querySelectorAll("[data-streamfield-child] [id]")];
        return named.length - new Set(named.map(({ id }) => id)).size;
    }""")
    assert repeated == 0


def test_the_other_language_is_built_when_its_tab_is_opened(sign_in):
    editor = ArticleEditor(sign_in("admin"))
    editor.open("Un long récit")
    page = editor.page
    page.wait_for_timeout(2500)  # Wagtail has noted what the form held at first
    sent = []
    page.on("request", lambda request: sent.append(request) if is_saving(request) else None)
    english = page.locator("[data-contentpath='body_en'] [data-streamfield-child]")
    assert english.count() == 0
    editor.tab("English")
    english.first.wait_for()
    page.wait_for_timeout(2000)
    assert not sent  # looking at a text saves nothing
    page.fill("#id_lead_en", "It is long.")
    editor.wait_until_saved()
    assert "body_fr-count" in sent[-1].post_data
    assert "body_en-count" not in sent[-1].post_data
    area = english.locator("[contenteditable=true]").first
    english.nth(1).scroll_into_view_if_needed()
    area.click()
    area.press("Control+End")
    area.press_sequentially(" The end.")
    page.wait_for_timeout(1000)
    editor.wait_until_saved()
    assert "body_en-count" in sent[-1].post_data
    written = area.text_content()
    page.reload()
    english.first.wait_for()
    assert written in english.locator(WRITTEN).first.text_content()
