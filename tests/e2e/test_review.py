"""A reviewer approves a text in a real browser, with a heavy hand."""

from tests.e2e.editor import ArticleEditor


def style_of(button):
    """The colour of its letters, and the line below them."""
    script = "each => [getComputedStyle(each).color, getComputedStyle(each).textDecorationLine]"
    return button.evaluate(script)


def test_a_double_click_on_approve_approves_once(sign_in, ask):
    editor = ArticleEditor(sign_in("admin"))
    editor.create()
    page = editor.page
    editor.write("fr", headline="Deux clics", lead="Un.")
    editor.add_paragraph("fr", "Il pleut.", "Paragraph")
    editor.tab("English")
    editor.write("en", headline="Two clicks", lead="One.")
    editor.add_paragraph("en", "It rains.", "Paragraph")
    editor.press("Publish French")
    (number,) = ask("select id from wagtailcore_page where title = 'Deux clics'")
    review = f"/admin/diptych/review/{number}/en/"
    page.goto(review)
    page.get_by_role("button", name="Hand in English for review").click()
    page.wait_for_url("**/translate/**")
    link = page.get_by_role("link", name="Open the review")
    assert style_of(link) == style_of(page.locator("footer .button:visible").first)

    page.goto(review)
    posted = []
    page.on("request", lambda each: each.method == "POST" and posted.append(each.url))
    page.get_by_role("button", name="Approve and publish English").dblclick()
    page.wait_for_url("**/admin/")
    page.get_by_text("Approved: readers see it in English now.").wait_for()
    assert len([each for each in posted if each.endswith(review)]) == 1
    assert not page.get_by_text("no longer waiting").count()
    assert page.request.get("/en/stories/two-clicks/").status == 200
