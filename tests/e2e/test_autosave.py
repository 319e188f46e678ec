"""What happens while a page saves itself: the answer of the server takes its time."""

import re

import pytest

from tests.e2e.editor import (
    ArticleEditor,
    lead_as_stored,
    session_notice,
    wait_until_saved,
)

#: As long as the slowest answer takes here, in steps of 50 ms.
STEPS = 300


AUTOMATIC_SAVES = "**/admin/pages/**"
#: What others do at the same page; asked for as a form opens, and every few seconds.
QUESTIONS_ABOUT_OTHERS = "**/admin/diptych/editing-sessions/**"


class SlowAnswers:
    """Holds back the next automatic save of a window, or another request, until it is let go."""

    def __init__(self, page, addresses=AUTOMATIC_SAVES):
        self.page = page
        self.held = []
        self.is_of_saves = addresses == AUTOMATIC_SAVES
        page.route(addresses, self._hold)

    def _hold(self, route):
        automatic = route.request.headers.get("accept") == "application/json"
        is_meant = automatic or not self.is_of_saves
        if route.request.method == "POST" and is_meant and not self.held:
            self.held.append(route)
        else:
            route.continue_()

    def wait(self):
        for _step in range(STEPS):
            if self.held:
                return
            self.page.wait_for_timeout(50)
        pytest.fail("The page has not asked the server.")

    def let_go(self):
        self.held[0].continue_()


@pytest.fixture
def editor(sign_in):
    """The form of a new article; Wagtail notes after two seconds what it held at first."""
    editor = ArticleEditor(sign_in("admin"))
    editor.create()
    editor.page.wait_for_timeout(2500)
    return editor


def while_saving(editor, **texts):
    """Write in French, and let the automatic save that follows wait for its answer."""
    answers = SlowAnswers(editor.page)
    editor.write("fr", **texts)
    answers.wait()
    return answers


def pages_called(page, headline):
    """How many rows of the list have this headline; a search also finds longer ones."""
    page.goto(f"/admin/diptych/articles/?q={headline}")
    return page.locator("td.title").filter(has_text=re.compile(rf"^\s*{headline}\b")).count()


def test_words_typed_before_the_answer_are_saved_as_well(editor, sign_in):
    editor.begin("Entre deux eaux")
    answers = while_saving(editor, lead="Un. Deux.")
    editor.page.locator("#id_lead_fr").press_sequentially(" Trois.")
    answers.let_go()
    wait_until_saved(editor.page)
    editor.page.wait_for_timeout(1500)
    assert lead_as_stored(sign_in, editor.page.url) == "Un. Deux. Trois."


def test_a_button_pressed_during_the_first_save_makes_no_second_page(editor):
    answers = while_saving(editor, headline="Une seule page", lead="Un.")
    footer = editor.page.locator("footer")
    footer.get_by_role("button", name="Save draft").first.click()
    editor.page.wait_for_timeout(300)
    assert "/add/" in editor.page.url
    with editor.page.expect_event("load"):
        answers.let_go()
    assert not editor.page.locator(".messages .error").count()
    assert "/edit/" in editor.page.url
    assert editor.page.input_value("#id_lead_fr") == "Un."
    assert pages_called(editor.page, "Une seule page") == 1


def test_a_button_pressed_during_a_save_that_fails_is_obeyed(editor):
    answers = while_saving(editor, headline="Sans réponse", lead="Un.")
    editor.page.locator("footer").get_by_role("button", name="Save draft").first.click()
    with editor.page.expect_event("load"):
        answers.held[0].abort()
    assert "/edit/" in editor.page.url
    assert pages_called(editor.page, "Sans réponse") == 1


@pytest.mark.parametrize(("headline", "pressed_before"), [("Parue", []), ("Finie", ["Control+s"])])
def test_the_last_button_pressed_during_a_save_is_obeyed(
    editor, new_page, headline, pressed_before
):
    editor.begin(headline, "Il pleut.")
    answers = while_saving(editor, lead="Deux.")
    for keys in pressed_before:
        editor.page.keyboard.press(keys)
    editor.choose("Publish French")
    editor.page.wait_for_timeout(1000)
    with editor.page.expect_event("load"):
        answers.let_go()
    reader = new_page()
    assert reader.goto(f"/fr/articles/{headline.lower()}/").status == 200
    assert reader.get_by_text("Deux.").count()


def test_a_save_without_an_answer_keeps_the_page_and_says_so(editor):
    editor.begin("Attente")
    page = editor.page
    answers = while_saving(editor, lead="Deux.")
    button = page.locator("footer").get_by_role("button", name="Save draft").first
    button.click()
    notice = session_notice(page)
    notice.get_by_text("Saving is taking a long time").wait_for(timeout=40_000)
    assert not notice.get_by_role("link").is_visible()
    answers.let_go()
    wait_until_saved(page)
    notice.wait_for(state="detached")
    with page.expect_navigation():
        button.click()
    assert page.input_value("#id_lead_fr") == "Deux."


def test_what_is_typed_at_once_is_saved(editor, sign_in):
    editor.begin("Écrit aussitôt")
    page = editor.page
    page.reload(wait_until="domcontentloaded")
    page.locator("#id_lead_fr").press("End")
    page.keyboard.type(" Deux.")
    wait_until_saved(page)
    assert lead_as_stored(sign_in, page.url) == "Un. Deux."


def test_what_is_typed_at_once_can_be_published_at_once(editor, new_page):
    editor.begin("Paru aussitôt", "Il pleut.")
    page = editor.page
    page.reload(wait_until="domcontentloaded")
    page.locator("#id_lead_fr").press("End")
    page.keyboard.type(" Deux.")
    address = page.url.partition("#")[0]
    with page.expect_navigation():
        editor.choose("Publish French")
    page.wait_for_timeout(3000)
    reader = new_page()
    assert reader.goto("/fr/articles/paru-aussitot/").status == 200
    assert reader.get_by_text("Un. Deux.").count()
    page.goto(address)
    assert page.input_value("#id_lead_fr") == "Un. Deux."


def test_a_save_that_overtakes_a_question_about_others_is_nobody_elses(editor):
    """They are asked about while the form has not made a draft of its own yet."""
    editor.begin("Personne d’autre")
    page = editor.page
    answers = SlowAnswers(page, QUESTIONS_ABOUT_OTHERS)
    page.reload()
    answers.wait()
    editor.write("fr", lead="Deux.")
    wait_until_saved(page)
    with page.expect_response(QUESTIONS_ABOUT_OTHERS) as answered:
        answers.let_go()
    assert "another window" in answered.value.json()["html"]
    page.wait_for_timeout(500)
    assert not page.get_by_text("another window").count()
