"""What each author did for an article, translated in the rows of the authors."""

from tests.e2e.editor import ArticleEditor
from tests.e2e.test_translation_story import SideBySideView, is_automatic_save


def write_article(page):
    """Write and publish an article in French by two authors, each with a role."""
    writer = ArticleEditor(page)
    writer.create()
    writer.write("fr", headline="Deux plumes", lead="Deux rives.")
    writer.add_paragraph("fr", "Un lac.", "Paragraphe")
    writer.tab("Toutes les langues")
    writer.pick("authors", "Léa Rochat", "İlkay Yıldırım")
    for position, role in enumerate(["Texte", "Photos"]):
        page.fill(f"[name=authors-{position}-role_fr]", role)
    writer.press("Publier en français")


def place_at(page, field):
    return page.locator(f".diptych-place[data-field='{field}']")


def test_a_role_is_translated_in_the_row_of_its_author(sign_in, ask):
    write_article(sign_in("moderator"))
    (number,) = ask("select id from wagtailcore_page where title = ?", "Deux plumes")
    translation = SideBySideView(sign_in("admin"))
    translation.open(number)
    translation.page.get_by_role("button", name="Start with empty blocks").first.click()
    translation.wait_until_ready()

    first, second = (f"authors-{each}-role_en" for each in range(2))
    assert "Texte" in place_at(translation.page, first).inner_text()
    focused = "document.activeElement.name"
    translation.page.locator(f"[name={first}]").focus()
    translation.page.keyboard.press("Alt+n")
    assert translation.page.evaluate(focused) == second
    translation.page.fill(f"[name={first}]", "Text")
    place_at(translation.page, first).get_by_text("Up to date").wait_for()

    with translation.page.expect_response(is_automatic_save):
        place_at(translation.page, second).get_by_role("button", name="Copy the text").click()
    assert translation.page.input_value(f"[name={second}]") == "Photos"
    place_at(translation.page, second).get_by_text("Up to date").wait_for()

    with translation.page.expect_response(is_automatic_save):
        translation.page.locator("#id_authors-0-DELETE-button").click()
    place_at(translation.page, first).wait_for(state="detached")
    assert "Up to date" in place_at(translation.page, second).inner_text()
    assert not translation.faults
