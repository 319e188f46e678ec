"""What each author did for an article, translated in the rows of the authors."""

from tests.e2e.editor import ArticleEditor
from tests.e2e.test_translation_story import TranslationDesk, is_automatic_save


def write_article(page):
    """Write and publish an article in French by two authors, each with a role."""
    writer = ArticleEditor(page)
    writer.create()
    writer.write("fr", headline="Deux plumes", lead="Deux rives.")
    writer.add_paragraph("fr", "Un lac.", "Paragraphe")
    writer.tab("Toutes les langues")
    for position, (name, role) in enumerate(
        [("Léa Rochat", "Texte"), ("İlkay Yıldırım", "Photos")]
    ):
        writer.add_author(position, name)
        page.fill(f"[name=authors-{position}-role_fr]", role)
    writer.press("Publier en français seulement")


def place_at(page, field):
    return page.locator(f".diptych-place[data-field='{field}']")


def test_a_role_is_translated_in_the_row_of_its_author(sign_in, ask):
    write_article(sign_in("moderator"))
    (number,) = ask("select id from wagtailcore_page where title = ?", "Deux plumes")
    desk = TranslationDesk(sign_in("admin"))
    desk.open(number)
    desk.page.get_by_role("button", name="Start with empty blocks").first.click()
    desk.wait_until_ready()

    first, second = (f"authors-{each}-role_en" for each in range(2))
    assert "Texte" in place_at(desk.page, first).inner_text()
    focused = "document.activeElement.name"
    desk.page.locator(f"[name={first}]").focus()
    desk.page.keyboard.press("Alt+n")
    assert desk.page.evaluate(focused) == second
    desk.page.fill(f"[name={first}]", "Text")
    place_at(desk.page, first).get_by_text("Up to date").wait_for()

    with desk.page.expect_response(is_automatic_save):
        place_at(desk.page, second).get_by_role("button", name="Copy the text").click()
    assert desk.page.input_value(f"[name={second}]") == "Photos"
    place_at(desk.page, second).get_by_text("Up to date").wait_for()

    with desk.page.expect_response(is_automatic_save):
        desk.page.locator("#id_authors-0-DELETE-button").click()
    place_at(desk.page, first).wait_for(state="detached")
    assert "Up to date" in place_at(desk.page, second).inner_text()
    assert not desk.faults
