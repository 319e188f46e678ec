"""A text copied from its source, and the button that takes the copy back."""

from tests.e2e.editor import ArticleEditor, open_translation, wait_until_saved


def begin_translation(sign_in, ask, headline):
    """An article of one paragraph, its translation begun with empty blocks."""
    editor = ArticleEditor(sign_in("admin"))
    editor.create()
    editor.write("fr", headline=headline, lead="Deux rives.")
    editor.add_paragraph("fr", "Un lac gelé.", "Paragraph")
    editor.press("Publish French")
    (number,) = ask("select id from wagtailcore_page where title = ?", headline)
    open_translation(editor.page, number)
    return editor.page


def test_a_copy_can_be_taken_back_until_the_text_is_changed(sign_in, ask):
    page = begin_translation(sign_in, ask, "Le ponton")
    undo = page.get_by_role("button", name="Undo the copy")
    # A block that is replaced stays in the form, hidden, until it is saved.
    block = page.locator("#body_en-root [data-streamfield-child]").filter(visible=True)
    copy = block.get_by_role("button", name="Copy this block")
    copy.click()
    undo.wait_for()
    wait_until_saved(page)
    assert undo.count() == 1
    box, icon = undo.bounding_box(), undo.locator(".icon").bounding_box()
    assert icon["height"] <= box["height"] <= 40
    assert icon["width"] < box["width"] / 2 < 150

    undo.click()
    undo.wait_for(state="detached")
    copy.wait_for()
    assert "Un lac gelé." not in block.locator("[contenteditable=true]").inner_text()

    copy.click()
    undo.wait_for()
    wait_until_saved(page)
    text = block.locator("[contenteditable=true]")
    text.click()
    page.keyboard.press("End")
    text.press_sequentially(" A frozen lake.")
    undo.wait_for(state="detached")


def test_a_copied_line_can_be_taken_back_after_it_was_saved(sign_in, ask):
    page = begin_translation(sign_in, ask, "La jetée")
    field = page.locator("#id_headline_en")
    row = page.locator(".diptych-place[data-place='headline']")
    row.get_by_role("button", name="Copy the text").click()
    wait_until_saved(page)
    row.get_by_role("button", name="Undo the copy").click()
    assert field.input_value() == ""
    row.get_by_role("button", name="Copy the text").click()
    wait_until_saved(page)
    field.fill("The jetty")
    assert not row.get_by_role("button", name="Undo the copy").count()
