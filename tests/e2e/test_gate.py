"""A translation that is not ready is not published, whichever button is pressed."""

from tests.e2e.editor import ArticleEditor, open_translation, wait_until_saved

READY = "Nothing is missing: ready to be published."


def write_source(sign_in, ask, headline):
    """An article of two paragraphs, live in French; the window and the number of the page."""
    editor = ArticleEditor(sign_in("admin"))
    editor.create()
    editor.write("fr", headline=headline, lead="Deux rives et un pont.")
    editor.add_paragraph("fr", "Un lac gelé.", "Paragraph")
    editor.press("Publish French")
    (number,) = ask("select id from wagtailcore_page where title = ?", headline)
    return editor.page, number


def write_above(page, headline, lead):
    page.fill("#id_headline_en", headline)
    page.fill("#id_lead_en", lead)
    wait_until_saved(page)


def hand_in(page, number):
    page.goto(f"/admin/diptych/review/{number}/en/")
    page.get_by_role("button", name="Hand in English for review").click()


def test_empty_blocks_are_not_handed_in(sign_in, ask):
    page, number = write_source(sign_in, ask, "La digue vide")
    open_translation(page, number)
    assert not page.get_by_text(READY).count()
    write_above(page, "The empty dyke", "Two banks and a bridge.")
    page.locator("#language-state-en").get_by_text("The body is empty.").wait_for()
    assert not page.get_by_text(READY).count()
    hand_in(page, number)
    page.get_by_text("Something is missing before it can be published.").first.wait_for()
    assert not page.get_by_role("button", name="Approve and publish English").count()
    assert page.request.get("/en/stories/the-empty-dyke/").status == 404


def test_a_copied_body_is_published_only_by_an_answer(sign_in, ask):
    page, number = write_source(sign_in, ask, "La digue copiée")
    page.goto(f"/admin/diptych/translate/{number}/en/")
    page.get_by_role("button", name="Start with the text of the source").first.click()
    page.locator(".diptych-place").first.wait_for()
    page.wait_for_timeout(2500)
    write_above(page, "The copied dyke", "Two banks and a bridge.")
    page.locator("#language-state-en").get_by_text("1 place is still in French").wait_for()
    assert not page.get_by_text(READY).count()
    hand_in(page, number)
    page.wait_for_url("**/translate/**")

    page.goto(f"/admin/diptych/review/{number}/en/")
    page.get_by_text("1 place is still in French").first.wait_for()
    approve = page.get_by_role("button", name="Approve and publish English")
    approve.click()
    page.get_by_role("heading", name="Publish English with 1 place still in French?").wait_for()
    assert page.get_by_role("link", name="Paragraph").count() == 1
    page.get_by_role("link", name="Do not publish").click()
    approve.wait_for()
    assert page.request.get("/en/stories/the-copied-dyke/").status == 404

    approve.click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("Approved: readers see it in English now.").wait_for()
    assert page.request.get("/en/stories/the-copied-dyke/").status == 200
    page.goto(f"/admin/pages/{number}/history/")
    page.get_by_text("Confirmed that English goes live with 1 open place").wait_for()


def test_a_refused_publication_saves_the_draft_and_says_what_is_to_do(sign_in, ask):
    page, number = write_source(sign_in, ask, "La digue haute")
    page.goto(f"/admin/pages/{number}/edit/")
    page.wait_for_timeout(2500)
    page.fill("#id_lead_fr", "")
    editor = ArticleEditor(page)
    editor.wait_until_saved()
    with page.expect_navigation():
        editor.choose("Publish French")
    page.get_by_text("Not published: 1 thing to do. The draft is saved.").wait_for()
    page.get_by_role("link", name="The lead is missing.").wait_for()
    assert "Deux rives" in page.request.get("/fr/articles/la-digue-haute/").text()
