"""What happens while a page saves itself: the answer of the server takes its time."""

import pytest

from tests.e2e.editor import ArticleEditor, wait_until_saved

#: As long as the slowest answer takes here, in steps of 50 ms.
STEPS = 300


class SlowAnswers:
    """Holds back the next automatic save of a window until it is let go."""

    def __init__(self, page):
        self.page = page
        self.held = []
        page.route("**/admin/pages/**", self._hold)

    def _hold(self, route):
        automatic = route.request.headers.get("accept") == "application/json"
        if route.request.method == "POST" and automatic and not self.held:
            self.held.append(route)
        else:
            route.continue_()

    def wait(self):
        for _step in range(STEPS):
            if self.held:
                return
            self.page.wait_for_timeout(50)
        pytest.fail("The page has not saved itself.")

    def let_go(self):
        self.held[0].continue_()


@pytest.fixture
def editor(sign_in):
    """The form of a new article; Wagtail notes after two seconds what it held at first."""
    editor = ArticleEditor(sign_in("admin"))
    editor.create()
    editor.page.wait_for_timeout(2500)
    return editor


def titles(page, headline):
    page.goto(f"/admin/diptych/articles/?q={headline}")
    return page.locator("td.title").all_inner_texts()


def test_words_typed_before_the_answer_are_saved_as_well(editor, sign_in):
    editor.write("fr", headline="Entre deux eaux", lead="Un.")
    editor.page.wait_for_url("**/edit/**")
    wait_until_saved(editor.page)
    answers = SlowAnswers(editor.page)
    editor.write("fr", lead="Un. Deux.")
    answers.wait()
    editor.page.locator("#id_lead_fr").press_sequentially(" Trois.")
    answers.let_go()
    wait_until_saved(editor.page)
    editor.page.wait_for_timeout(1500)
    other = sign_in("moderator")
    other.goto(editor.page.url)
    assert other.input_value("#id_lead_fr") == "Un. Deux. Trois."


def test_a_button_pressed_during_the_first_save_makes_no_second_page(editor):
    answers = SlowAnswers(editor.page)
    editor.write("fr", headline="Une seule page", lead="Un.")
    answers.wait()
    footer = editor.page.locator("footer")
    footer.get_by_role("button", name="Save draft").first.click()
    editor.page.wait_for_timeout(300)
    assert "/add/" in editor.page.url
    with editor.page.expect_navigation():
        answers.let_go()
    assert not editor.page.locator(".messages .error").count()
    assert "/edit/" in editor.page.url
    assert editor.page.input_value("#id_lead_fr") == "Un."
    assert len(titles(editor.page, "Une seule page")) == 1


def test_a_button_pressed_during_a_save_that_fails_is_obeyed(editor):
    answers = SlowAnswers(editor.page)
    editor.write("fr", headline="Sans réponse", lead="Un.")
    answers.wait()
    editor.page.locator("footer").get_by_role("button", name="Save draft").first.click()
    with editor.page.expect_navigation():
        answers.held[0].abort()
    assert "/edit/" in editor.page.url
    assert len(titles(editor.page, "Sans réponse")) == 1


def test_publish_pressed_during_a_save_publishes(editor, new_page):
    editor.write("fr", headline="Paru quand même", lead="Un.")
    editor.add_paragraph("fr", "Il pleut.", "Paragraph")
    editor.page.wait_for_url("**/edit/**")
    wait_until_saved(editor.page)
    answers = SlowAnswers(editor.page)
    editor.write("fr", lead="Deux.")
    answers.wait()
    footer = editor.page.locator("footer")
    footer.locator(".w-dropdown__toggle").first.click()
    footer.get_by_role("button", name="Publish French only").click()
    editor.page.wait_for_timeout(1000)
    with editor.page.expect_navigation():
        answers.let_go()
    reader = new_page()
    assert reader.goto("/fr/articles/paru-quand-meme/").status == 200
    assert reader.get_by_text("Deux.").count()


def test_the_last_button_pressed_during_a_save_is_obeyed(editor, new_page):
    editor.write("fr", headline="Paru enfin", lead="Un.")
    editor.add_paragraph("fr", "Il neige.", "Paragraph")
    editor.page.wait_for_url("**/edit/**")
    wait_until_saved(editor.page)
    answers = SlowAnswers(editor.page)
    editor.write("fr", lead="Deux.")
    answers.wait()
    editor.page.keyboard.press("Control+s")
    footer = editor.page.locator("footer")
    footer.locator(".w-dropdown__toggle").first.click()
    footer.get_by_role("button", name="Publish French only").click()
    editor.page.wait_for_timeout(500)
    with editor.page.expect_navigation():
        answers.let_go()
    reader = new_page()
    assert reader.goto("/fr/articles/paru-enfin/").status == 200
    assert reader.get_by_text("Deux.").count()


def test_a_save_without_an_answer_keeps_the_page_and_says_so(editor):
    editor.write("fr", headline="Attente", lead="Un.")
    editor.page.wait_for_url("**/edit/**")
    wait_until_saved(editor.page)
    page = editor.page
    answers = SlowAnswers(page)
    editor.write("fr", lead="Deux.")
    answers.wait()
    button = page.locator("footer").get_by_role("button", name="Save draft").first
    button.click()
    notice = page.locator("[data-edit-form] .diptych-session-notice")
    notice.get_by_text("Saving takes very long").wait_for(timeout=40_000)
    assert not notice.get_by_role("link").is_visible()
    answers.let_go()
    wait_until_saved(page)
    notice.wait_for(state="detached")
    with page.expect_navigation():
        button.click()
    assert page.input_value("#id_lead_fr") == "Deux."


def test_what_is_typed_at_once_is_saved(editor, sign_in):
    editor.write("fr", headline="Écrit aussitôt", lead="Un.")
    editor.page.wait_for_url("**/edit/**")
    wait_until_saved(editor.page)
    page = editor.page
    page.reload(wait_until="domcontentloaded")
    page.locator("#id_lead_fr").press("End")
    page.keyboard.type(" Deux.")
    wait_until_saved(page)
    other = sign_in("moderator")
    other.goto(page.url)
    assert other.input_value("#id_lead_fr") == "Un. Deux."


def test_what_is_typed_at_once_can_be_published_at_once(editor, new_page):
    editor.write("fr", headline="Paru aussitôt", lead="Un.")
    editor.add_paragraph("fr", "Il pleut.", "Paragraph")
    editor.page.wait_for_url("**/edit/**")
    wait_until_saved(editor.page)
    page = editor.page
    page.reload(wait_until="domcontentloaded")
    page.locator("#id_lead_fr").press("End")
    page.keyboard.type(" Deux.")
    address = page.url.partition("#")[0]
    page.locator("footer .w-dropdown__toggle").first.click()
    with page.expect_navigation():
        page.locator("footer").get_by_role("button", name="Publish French only").click()
    page.wait_for_timeout(3000)
    reader = new_page()
    assert reader.goto("/fr/articles/paru-aussitot/").status == 200
    assert reader.get_by_text("Un. Deux.").count()
    page.goto(address)
    assert page.input_value("#id_lead_fr") == "Un. Deux."
