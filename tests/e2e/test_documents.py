"""A Word file becomes a draft in the browser: from the list of articles to the editor."""

from tests.articles.imported_documents.word_files import REPORT

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = """() => document.getElementById("body_fr-root")?.rootBlock?.getValue()
    .map(each => each.type)"""


def test_a_word_file_opens_in_the_editor_with_the_list_of_what_is_left_to_do(sign_in):
    page = sign_in("admin")
    page.goto("/admin/diptych/articles/")
    page.get_by_role("link", name="From a document").click()
    file = {"name": "Le port.docx", "mimeType": WORD, "buffer": REPORT}
    page.get_by_label("Word file (French)").set_input_files(file)
    page.get_by_role("button", name="Make the draft").click()
    page.get_by_text("The draft “Le port, l’hiver” was made.").wait_for()
    messages = page.locator(".messages")
    assert "A picture needs an alternative text." in messages.inner_text()
    assert page.wait_for_function(KINDS).json_value() == [
        "heading",
        "paragraph",
        "paragraph",
        "heading",
        "quotation",
        "table",
        "image",
    ]
