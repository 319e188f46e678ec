"""A translation from its start to a change of the source and back, in a real browser."""

import json
import re

import pytest

from tests.e2e.editor import ArticleEditor, wait_until_saved

WORD = """
<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><style>p.MsoNormal{margin:0cm}</style></head>
<body><p class="MsoNormal" style="margin-left:35pt">
<b style="mso-bidi-font-weight:normal"><span lang="EN-GB" style="color:red">Three</span></b>
<span style="font-size:18pt">bridges.</span><o:p></o:p></p></body></html>
"""


class SideBySideView:
    """The side-by-side view of an article, in a browser window that is signed in."""

    def __init__(self, page):
        self.page = page
        self.faults = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))

    def open(self, number, language="en"):
        self.page.goto(f"/admin/diptych/translate/{number}/{language}/")

    def wait_until_ready(self):
        """Let the form be drawn; Wagtail notes two seconds later what it held at first."""
        self.page.locator(".diptych-place").first.wait_for()
        self.page.wait_for_timeout(2500)

    def block(self, identity):
        return self.page.locator(f"[data-streamfield-child][data-contentpath='{identity}']")

    def status(self, key):
        """What the mark at a place says, once it is there."""
        place = self.page.locator(f".diptych-place[data-place='{key}']")
        return place.locator(".diptych-place__state").first.inner_text().split("\n")[0].strip()

    def summary(self):
        return " ".join(self.page.locator(".diptych-summary__state").inner_text().split())

    def wait_for_summary(self, words):
        self.page.get_by_role("status").filter(has_text=words).wait_for()

    def write(self, identity, text):
        self.block(identity).scroll_into_view_if_needed()
        area = self.block(identity).locator("[contenteditable=true]").first
        area.click()
        area.press_sequentially(text)

    def wait_until_saved(self):
        wait_until_saved(self.page)


@pytest.fixture
def write_article(sign_in, ask):
    """Write and publish an article in French of three blocks; returns its number and the editor."""

    def write(headline):
        writer = ArticleEditor(sign_in("moderator"))
        writer.create()
        writer.write("fr", headline=headline, lead="Deux rives.")
        for text in ("Un lac.", "Deux rives.", "Trois ponts."):
            writer.add_paragraph("fr", text, "Paragraphe")
        writer.press("Publier en français")
        (number,) = ask("select id from wagtailcore_page where title = ?", headline)
        return number, writer

    return write


@pytest.fixture
def standing(ask):
    """What the lists and the readers' line are made from."""
    query = (
        "select progress, outdated_since is not null from diptych_languages_pagelanguage"
        " where page_id = ? and language = 'en'"
    )
    return lambda number: ask(query, number)


@pytest.fixture
def words(sign_in, new_page):
    """What the worklist says of an article, and whether its readers are told of a change."""
    worklist, reader = sign_in("admin"), new_page()

    def read(number, address):
        worklist.goto("/admin/diptych/translations/?language=en")
        row = worklist.locator("tr", has=worklist.locator(f"a[href*='/translate/{number}/en/']"))
        state = row.locator(".diptych-worklist-mark").first.inner_text()
        reader.goto(address)
        return state.strip().casefold(), reader.get_by_text("The original was modified").count()

    return read


def blocks_of(page, language):
    return [
        each.get_attribute("data-contentpath")
        for each in page.locator(f"#body_{language}-root [data-streamfield-child]").all()
    ]


def test_a_translation_follows_its_source(write_article, sign_in, standing, words):
    address = "/en/stories/the-frozen-lake/"
    number, writer = write_article("Le lac gelé")
    translation = SideBySideView(sign_in("admin"))
    assert standing(number) == ("missing", 0)
    translation.open(number)
    translation.page.get_by_role("button", name="Start with empty blocks").first.click()
    translation.wait_until_ready()
    first, second, third = blocks_of(translation.page, "en")
    assert translation.status(f"body.{first}").startswith("To translate")

    translation.page.locator("#id_headline_en").press_sequentially("The frozen lake", delay=250)
    translation.page.fill("#id_lead_en", "Two shores.")
    translation.write(first, "A lake.")
    translation.write(second, "Two banks.")
    translation.wait_for_summary("1 to translate")
    assert "Up to date" in translation.status(f"body.{first}")
    assert "To translate" in translation.status(f"body.{third}")
    assert standing(number) == ("in_progress", 0)

    translation.page.locator("#id_headline_en").focus()
    translation.page.keyboard.press("Alt+n")
    assert (
        translation.page.evaluate(
            "document.activeElement.closest('[data-streamfield-child]').dataset.contentpath"
        )
        == third
    )
    translation.page.locator("[contenteditable=true]:focus").wait_for()
    paste_from_word(translation.page)
    translation.wait_for_summary("Everything is translated and up to date.")
    translation.wait_until_saved()
    assert not translation.page.get_by_text("another window").count()
    ArticleEditor(translation.page).press("Publish English")
    assert standing(number) == ("up_to_date", 0)
    assert words(number, address) == ("up to date", 0)

    change_the_middle_block(writer, number, "Et un pont.")
    assert standing(number) == ("outdated", 1)
    assert words(number, address) == ("out of date", 1)
    translation.open(number)
    translation.wait_for_summary("1 out of date")
    assert "Out of date" in translation.status(f"body.{second}")
    assert "Up to date" in translation.status(f"body.{third}")
    added = translation.page.locator(f".diptych-place[data-place='body.{second}'] ins")
    assert added.inner_text().endswith("Et un pont.")
    assert stored_text(translation.page, third) == "<p><b>Three</b> bridges.</p>"

    translation.page.get_by_role("button", name="Still valid").click()
    translation.wait_for_summary("Everything is translated and up to date.")
    assert standing(number) == ("up_to_date", 0)
    assert words(number, address) == ("up to date", 0)
    assert not translation.faults


def paste_from_word(page):
    """Paste what a word processor puts on the clipboard into the field that has the focus."""
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData('text/html', html);
            data.setData('text/plain', 'Three bridges.');
            document.activeElement.dispatchEvent(
                new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})
            );
        }""",
        WORD,
    )


def stored_text(page, identity):
    """A block's text as it was saved, without the editor's own marks."""
    answer = page.evaluate(
        "identity => document.getElementById('body_en-root').rootBlock.children"
        ".find(({id}) => id === identity).getValue().value",
        identity,
    )
    content = json.loads(answer) if isinstance(answer, str) else answer
    (block,) = [each for each in content["blocks"] if each["text"].strip()]
    text, styles = block["text"], block["inlineStyleRanges"]
    for style in sorted(styles, key=lambda each: -each["offset"]):
        start, end = style["offset"], style["offset"] + style["length"]
        text = f"{text[:start]}<b>{text[start:end]}</b>{text[end:]}"
    return f"<p>{text}</p>"


def open_again(writer, number):
    """The French editor opens the article; Wagtail notes two seconds later what it held."""
    writer.page.goto(f"/admin/pages/{number}/edit/")
    writer.page.wait_for_timeout(2500)
    return writer.page


def change_the_middle_block(writer, number, words):
    """The French editor adds a sentence and publishes it."""
    page = open_again(writer, number)
    area = page.locator("#body_fr-root [data-streamfield-child]").nth(1)
    area = area.locator("[contenteditable=true]").first
    area.click()
    page.keyboard.press("End")
    area.press_sequentially(f" {words}")
    writer.press("Publier en français")


def is_automatic_save(response):
    return response.request.method == "POST" and "/diptych/translate/" in response.url


def test_blocks_are_added_moved_and_deleted_by_one_click(write_article, sign_in):
    number, writer = write_article("Quatre rives")
    translation = SideBySideView(sign_in("admin"))
    translation.open(number)
    translation.page.get_by_role("button", name="Start with the text of the source").first.click()
    translation.wait_until_ready()
    first, second, third = blocks_of(translation.page, "en")
    translation.wait_until_saved()

    page = open_again(writer, number)
    blocks = page.locator("#body_fr-root [data-streamfield-child]")
    blocks.nth(2).locator("[data-streamfield-action=MOVE_UP]").click()
    blocks.nth(0).locator("[data-streamfield-action=DELETE]").click()
    writer.add_paragraph("fr", "Quatre saisons.", "Paragraphe")
    writer.wait_until_saved()
    writer.save("Enregistrer le brouillon")

    translation.open(number)
    translation.wait_until_ready()
    translation.page.get_by_role("button", name="Follow the order").first.click()
    translation.page.get_by_role("button", name="Delete here too").click()
    translation.wait_for_summary(re.compile(r"^\s*5 to translate\s+\d+ words\s*$"))
    with translation.page.expect_response(is_automatic_save):
        translation.page.get_by_role("button", name="Add with its text").click()
    translation.page.reload()
    translation.page.locator(".diptych-place").first.wait_for()
    now = blocks_of(translation.page, "en")
    assert now[:2] == [third, second]
    assert len(now) == 3
    assert first not in now
    assert "Quatre saisons." in translation.block(now[2]).inner_text()
    assert not translation.faults
