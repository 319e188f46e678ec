"""What is pasted into a paragraph becomes blocks, and can be taken back."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.editor import ArticleEditor, open_translation, wait_until_saved

SAMPLES = Path(__file__).parents[1] / "articles" / "imported_documents" / "samples"
ADDRESS = "**/diptych/documents/paste/"

PASTE = """(area, [html, text]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", text);
    const options = { bubbles: true, cancelable: true, clipboardData };
    area.dispatchEvent(new ClipboardEvent("paste", options));
}"""
COPY = """async ([html, text]) => {
    const as = (type, content) => ({ [type]: new Blob([content], { type }) });
    const item = { ...as("text/html", html), ...as("text/plain", text) };
    await navigator.clipboard.write([new ClipboardItem(item)]);
}"""
#: Control, Shift and V, with what the browser does then; Playwright knows no such shortcut.
PLAIN_PASTE = {
    "type": "rawKeyDown",
    "key": "V",
    "code": "KeyV",
    "windowsVirtualKeyCode": 86,
    "modifiers": 2 + 8,
    "commands": ["PasteAndMatchStyle"],
}
BODY = "column => document.getElementById(`${column}-root`).rootBlock.getValue()"


class Pasting:
    """The body of an article that holds one French paragraph, and what is done with it."""

    def __init__(self, sign_in, headline, paragraph=""):
        self.page = sign_in("admin")
        self.editor = ArticleEditor(self.page)
        self.editor.create()
        self.editor.begin(headline, paragraph)
        self.page.wait_for_timeout(2500)  # Wagtail notes what the form holds at first
        self.before = self.body

    @property
    def body(self):
        return self.page.evaluate(BODY, "body_fr")

    @property
    def kinds(self):
        return [each["type"] for each in self.body]

    @property
    def message(self):
        return self.page.locator(".diptych-paste")

    @property
    def area(self):
        body = self.page.locator("#body_fr-root")
        return body.locator("[contenteditable=true]").filter(visible=True).first

    def paste(self, html, text="Du texte."):
        self.area.click()
        self.area.evaluate(PASTE, [html, text])

    def paste_blocks(self, html):
        self.paste(html)
        self.message.get_by_text("has become blocks").wait_for()


def sample(name):
    return (SAMPLES / f"{name}.html").read_text(encoding="utf-8")


def texts_of(stored):
    return [each["text"] for each in json.loads(stored["value"])["blocks"]]


def test_a_text_from_word_becomes_blocks_and_one_key_takes_them_back(sign_in, ask):
    pasting = Pasting(sign_in, "Collé de Word")
    page = pasting.page
    page.set_viewport_size({"width": 390, "height": 800})
    pasting.paste_blocks(sample("word"))
    button = pasting.message.get_by_role("button", name="Undo the paste")
    expect(button).to_be_in_viewport(ratio=1)
    assert pasting.kinds[:4] == ["heading", "paragraph", "heading", "paragraph"]
    assert {"table", "quotation", "image"} <= set(pasting.kinds)
    notes = pasting.message.locator("li").all_inner_texts()
    assert notes[0] == "A picture is missing. Choose it in its block: “Quai au matin”"
    wait_until_saved(page)
    page.keyboard.press("Control+z")
    assert pasting.body == pasting.before
    pasting.message.get_by_text("The paste was undone.").wait_for()
    page.locator("#body_fr-root [contenteditable=true]:focus").wait_for()
    wait_until_saved(page)
    (stored,) = ask(
        "select content from wagtailcore_revision where object_str = ? order by id desc",
        "Collé de Word",
    )
    body = json.loads(json.loads(stored)["body_fr"])
    assert [each["id"] for each in body] == [each["id"] for each in pasting.before]


def test_every_sample_is_taken_and_taken_back(sign_in):
    pasting = Pasting(sign_in, "Collé de partout")
    names = sorted(path.stem for path in SAMPLES.glob("*.html"))
    assert len(names) > 10
    for name in names:
        pasting.paste_blocks(sample(name))
        assert pasting.before[0]["id"] not in {each["id"] for each in pasting.body}, name
        assert set(pasting.kinds) & {"heading", "paragraph", "table"}, name
        pasting.page.keyboard.press("Control+z")
        assert pasting.body == pasting.before, name
        pasting.page.locator("#body_fr-root [contenteditable=true]:focus").wait_for()


def test_readers_find_the_notes_and_no_link_into_the_admin(sign_in, new_page):
    pasting = Pasting(sign_in, "Collé et paru")
    pasting.paste_blocks(re.sub(r"<img[^>]*>", "", sample("word")))
    pasting.editor.press("Publish French")
    reader = new_page()
    assert reader.goto("/fr/articles/colle-et-paru/").status == 200
    article = reader.locator("article").first
    assert article.locator("h2, h3").first.inner_text() == "Le port, l’hiver"
    assert article.get_by_text("Relevé du carnet de bord.").count()
    links = article.locator("a").evaluate_all("all => all.map((each) => each.href)")
    assert links
    assert not [link for link in links if "/admin/" in link or "_ftn" in link]


def test_with_the_keyboard_alone_blocks_follow_what_is_written(sign_in):
    """Pasted from a real clipboard: as blocks, taken back by the button, and as plain text."""
    pasting = Pasting(sign_in, "Collé au clavier", "Déjà là.")
    page = pasting.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(COPY, ["<h2>Un titre</h2><p>Un <b>pas</b>.</p>", "Un titre\n\nUn pas."])
    pasting.area.focus()
    page.keyboard.press("Control+v")
    pasting.message.get_by_text("has become blocks").wait_for()
    assert pasting.kinds == ["paragraph", "heading", "paragraph"]
    assert pasting.body[0] == pasting.before[0]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert pasting.body == pasting.before

    page.locator("#body_fr-root [contenteditable=true]:focus").wait_for()
    page.context.new_cdp_session(page).send("Input.dispatchKeyEvent", PLAIN_PASTE)
    page.wait_for_timeout(1000)
    assert pasting.kinds == ["paragraph"]
    assert "Un titre" in "".join(texts_of(pasting.body[0]))


def test_what_was_changed_is_not_taken_back_with_the_paste(sign_in):
    pasting = Pasting(sign_in, "Collé puis changé")
    pasting.paste_blocks("<p>Un.</p><p>Deux.</p>")
    pasting.area.click()
    pasting.page.keyboard.press("End")
    pasting.page.keyboard.type(" Encore.")
    pasting.message.wait_for(state="detached")
    pasting.page.keyboard.press("Control+z")
    assert pasting.kinds == ["paragraph", "paragraph"]


def test_one_paragraph_is_pasted_by_the_editor(sign_in):
    pasting = Pasting(sign_in, "Collé en ligne")
    asked = []
    pasting.page.on("request", lambda request: asked.append(request.url))
    pasting.paste("<meta charset='utf-8'><p class=MsoNormal>Il <b>gèle</b>.<o:p></o:p></p>")
    pasting.page.wait_for_timeout(1000)
    assert texts_of(pasting.body[0]) == ["Il gèle."]
    assert not [url for url in asked if "documents/paste" in url]
    assert not pasting.message.count()


def test_a_button_pressed_during_a_conversion_waits_for_the_blocks(sign_in, ask):
    pasting = Pasting(sign_in, "Collé sans attendre")
    page, waiting, saved = pasting.page, [], []

    def hold(route):
        waiting.append(route)

    page.route(ADDRESS, hold)
    page.on("request", lambda request: saved.append(request.is_navigation_request()))

    def press_during(html, **answer):
        pasting.paste(html)
        page.get_by_text("is being turned into blocks").wait_for()
        saved.clear()
        page.get_by_role("button", name="Save draft", exact=True).click()
        page.wait_for_timeout(1000)
        assert True not in saved
        route = waiting.pop()
        route.fulfill(**answer) if answer else route.continue_()

    press_during("<h2>Un titre</h2><p>x</p>", status=413, json={"error": "C’est trop long."})
    page.get_by_text("there is something new to read on this page").wait_for()
    pasting.message.get_by_text("C’est trop long.").wait_for()
    assert pasting.body == pasting.before and True not in saved
    pasting.message.get_by_role("button", name="Hide this message").click()

    with page.expect_event("load"):
        press_during("<h2>Un titre</h2><p>Un <b>pas</b>.</p>")
    assert pasting.kinds == ["heading", "paragraph"]
    (stored,) = ask(
        "select content from wagtailcore_revision where object_str = ? order by id desc",
        "Collé sans attendre",
    )
    body = json.loads(json.loads(stored)["body_fr"])
    assert [each["type"] for each in body] == ["heading", "paragraph"]


@pytest.mark.parametrize("status", [None, 500])
def test_without_an_answer_the_editor_pastes(sign_in, status):
    pasting = Pasting(sign_in, f"Collé sans réponse {status}")
    answer = (
        (lambda route: route.fulfill(status=status)) if status else (lambda route: route.abort())
    )
    pasting.page.route(ADDRESS, answer)
    pasting.paste("<h2>Un titre</h2><p>Un pas.</p>")
    pasting.message.get_by_text("pasted as it is").wait_for()
    pasting.page.wait_for_timeout(1000)
    assert pasting.kinds == ["paragraph"]
    assert [text for text in texts_of(pasting.body[0]) if text] == ["Un titre", "Un pas."]
    wait_until_saved(pasting.page)


def test_long_texts_are_taken_and_too_long_ones_refused(sign_in):
    pasting = Pasting(sign_in, "Collé en long")
    page = pasting.page
    pasting.paste("".join(f"<p>{'Mot ' * 500}</p>" for _each in range(1100)))
    pasting.message.get_by_text("too long").wait_for()
    assert pasting.body == pasting.before

    paragraph = f"<p>{'Les glaces du lac fondent. ' * 20}</p>"
    pasting.paste(paragraph * 370)  # 200,000 characters
    pasting.message.get_by_text("has become blocks").wait_for(timeout=60_000)
    assert len(pasting.kinds) == 370
    page.keyboard.press("Control+z")
    assert pasting.body == pasting.before


def test_beside_its_source_a_paste_stays_within_the_block(sign_in, ask):
    pasting = Pasting(sign_in, "Collé en regard", "Un lac.")
    pasting.editor.press("Publish French")
    (number,) = ask("select id from wagtailcore_page where title = ?", "Collé en regard")
    page = pasting.page
    open_translation(page, number)
    area = page.locator("#body_en-root [contenteditable=true]").first
    area.click()
    note = '<a href="#_ftnref1" name="_ftn1">[1]</a> A note.'
    area.evaluate(
        PASTE,
        [f'<p>A lake<a href="#_ftn1" name="_ftnref1">[1]</a>.</p><p>Ice.</p><p>{note}</p>', ""],
    )
    page.locator(".diptych-paste").get_by_text("pasted into this block").wait_for()
    page.wait_for_timeout(1000)
    (stored,) = page.evaluate(BODY, "body_en")
    assert texts_of(stored) == ["A lake*.", "Ice."]
    assert "A note." in stored["value"]
    wait_until_saved(page)
