"""Authors and topics by typing a name, and how many clicks an article takes with it."""

import re

from playwright.sync_api import expect

from tests.e2e.editor import ArticleEditor, wait_until_saved
from tests.e2e.test_paste import COPY, sample

#: Counts each press of the mouse, from page to page.
COUNTING = """addEventListener("pointerdown", ({ isTrusted }) => {
    if (!isTrusted) return;
    sessionStorage.clicks = Number(sessionStorage.clicks ?? 0) + 1;
}, true);"""
CLICKS = "() => Number(sessionStorage.clicks)"
BODY = "document.getElementById('body_fr-root').rootBlock.children"
BLOCKS = f"() => {BODY}.map((each) => each.type)"
SIX_BLOCKS = ["heading", "paragraph", "heading", "paragraph", "table", "quotation"]
#: What `docs/testing.md` says of it.
MOST_CLICKS = 18


def test_an_article_from_word_takes_few_clicks(sign_in, new_page, record_property):
    """Two authors, one topic and six blocks, from the dashboard to the live page, by the mouse."""
    page = sign_in("moderator")
    page.goto("/admin/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(COPY, [re.sub(r"<img[^>]*>", "", sample("word")), "Le port"])
    page.context.add_init_script(COUNTING)
    editor = ArticleEditor(page)
    editor.create_from_dashboard()
    for field, text in (("headline", "Peu de clics"), ("lead", "Une main suffit.")):
        page.locator(f"#id_{field}_fr").click()
        page.keyboard.type(text)
    body = page.locator("[data-contentpath='body_fr']").first
    body.locator("button.c-sf-add-button").last.click()
    page.get_by_role("option", name=re.compile("Paragraphe")).first.click()
    body.locator("[contenteditable=true]").last.click()
    page.keyboard.press("Control+v")
    page.wait_for_function(f"() => {BODY}.length > 1")
    assert page.evaluate(BLOCKS) == SIX_BLOCKS
    editor.tab("Toutes les langues")
    for relation, names in (("authors", ["Léa Rochat", "İlkay Yıldırım"]), ("topics", ["Climat"])):
        page.locator(f"#id_{relation}-NAME").click()
        for name in names:
            page.keyboard.type(name[:4])
            page.locator(f"#id_{relation}-LIST [role=option]").filter(has_text=name).click()
            editor.chosen(relation).filter(has_text=name).wait_for()
    editor.press("Publier en français")
    clicks = page.evaluate(CLICKS)
    record_property("clicks", clicks)
    print(f"Clicks for an article from Word: {clicks}")
    assert clicks <= MOST_CLICKS

    reader = new_page()
    assert reader.goto("/fr/articles/peu-de-clics/").status == 200
    byline = reader.locator(".byline").first.inner_text()
    assert byline.startswith("Par Léa Rochat et İlkay Yıldırım")
    assert reader.locator("article").first.get_by_text("Climat").count()


def test_with_the_keyboard_alone_authors_are_found_created_ordered_and_removed(sign_in, ask):
    page = sign_in("admin")
    editor = ArticleEditor(page)
    editor.create()
    editor.begin("Au clavier, trois noms")
    editor.tab("All languages")
    name, listed = page.locator("#id_authors-NAME"), page.locator("#id_authors-LIST")
    chosen = editor.chosen("authors")
    name.focus()
    page.keyboard.press("ArrowDown")
    expect(name).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()

    # Faster than the answer.
    page.keyboard.type("yildirim")
    page.keyboard.press("Enter")
    expect(chosen).to_have_text(["İlkay Yıldırım"])
    page.keyboard.type("lea")
    active = listed.locator("[aria-selected=true]")
    expect(listed.locator("[role=option]")).to_have_text(["Léa Rochat", "Create the author “lea”"])
    expect(active).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(active).to_contain_text("Léa Rochat")
    assert name.get_attribute("aria-activedescendant") == active.get_attribute("id")
    page.keyboard.press("Enter")
    expect(chosen).to_have_text(["İlkay Yıldırım", "Léa Rochat"])
    page.keyboard.type("Nina Perrin")
    expect(listed.locator("[role=option]")).to_have_text(["Create the author “Nina Perrin”"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    note = page.locator("#id_authors-NAME ~ [data-diptych-autocomplete-target=note]")
    expect(note).to_contain_text("No page has this name yet.")
    assert ask("select count(*) from wagtailcore_page where title = ?", "Nina Perrin") == (0,)
    expect(note.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(note.get_by_role("button", name="Create the author “Nina Perrin”")).to_be_focused()
    page.keyboard.press("Enter")
    expect(chosen).to_have_text(["İlkay Yıldırım", "Léa Rochat", "Nina Perrin"])
    expect(note).to_contain_text("as a draft, which goes live with the article")
    assert re.search(r"/pages/\d+/edit/", note.get_by_role("link").get_attribute("href"))

    row = page.locator("#inline_child_authors-2")
    row.get_by_role("button", name="Move up").focus()
    page.keyboard.press("Enter")
    expect(chosen).to_have_text(["İlkay Yıldırım", "Nina Perrin", "Léa Rochat"])
    status = page.locator("#id_authors-NAME ~ [data-diptych-autocomplete-target=status]")
    expect(status).to_have_text("“Nina Perrin” now stands in place 2 of 3.")
    assert row.evaluate("row => row.contains(document.activeElement)")
    row.get_by_role("button", name="Delete").focus()
    page.keyboard.press("Enter")
    expect(chosen).to_have_text(["İlkay Yıldırım", "Léa Rochat"])
    expect(name).to_be_focused()
    page.keyboard.type("Nin")
    expect(listed.locator("[role=option]").first).to_contain_text("Nina Perrin")
    page.keyboard.press("Tab")
    expect(note).to_have_text("“Nin” is not added yet: choose it in the list.")
    wait_until_saved(page)
    page.reload()
    expect(chosen).to_have_text(["İlkay Yıldırım", "Léa Rochat"])
    assert ask("select live from wagtailcore_page where title = ?", "Nina Perrin") == (0,)
