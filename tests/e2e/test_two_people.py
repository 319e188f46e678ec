"""A French editor and an English translator at the same article, both saving by themselves."""

import re
from functools import partial

from tests.e2e.editor import ArticleEditor

TURNS = 30


def begin(sign_in, french, english):
    """An article with a body in both languages, open in two windows.

    What is typed in the first two seconds counts for Wagtail as what the form was opened with.
    """
    first = ArticleEditor(sign_in("admin"))
    first.create()
    first.page.wait_for_timeout(2500)
    first.write("fr", headline=french, lead="Un.")
    first.add_paragraph("fr", "Il pleut.", "Paragraph")
    first.tab("English")
    first.write("en", headline=english, lead="One.")
    first.add_paragraph("en", "It rains.", "Paragraph")
    first.page.wait_for_url("**/edit/**")
    first.wait_until_saved()
    address = first.page.url.partition("#")[0]
    editor, translator = sign_in("moderator"), sign_in("editor")
    for window, tab in ((editor, "Français"), (translator, "English")):
        window.goto(address)
        window.get_by_role("tab", name=re.compile(f"^{tab}")).click()
        window.wait_for_timeout(2500)
    first.page.close()
    return editor, translator, address


def saved(window, act):
    """Do something in a window and wait for its automatic save; returns the answer."""
    with window.expect_response(
        lambda answer: (
            answer.request.method == "POST"
            and (
                "/edit/" in answer.url
                and answer.request.headers.get("accept") == "application/json"
            )
        )
    ) as waiting:
        act()
    answer = waiting.value.json()
    window.wait_for_timeout(150)
    return answer


def append(window, language, word):
    area = window.locator(f"[data-contentpath='body_{language}'] [contenteditable=true]").first
    area.click()
    area.press("Control+End")
    area.press_sequentially(f" {word}")


def paragraph(window, language):
    area = window.locator(f"[data-contentpath='body_{language}'] [contenteditable=true]").first
    return area.inner_text().strip()


def test_thirty_turns_each_in_two_languages(sign_in):
    editor, translator, address = begin(sign_in, "Deux mains", "Two hands")
    for turn in range(1, TURNS + 1):
        assert saved(editor, partial(append, editor, "fr", f"mot{turn}"))["success"]
        assert saved(translator, partial(append, translator, "en", f"word{turn}"))["success"]
        if turn % 10 == 0:
            lead = partial(editor.fill, "#id_lead_fr", f"Chapeau {turn}.")
            assert saved(editor, lead)["success"]
    french = "Il pleut. " + " ".join(f"mot{turn}" for turn in range(1, TURNS + 1))
    english = "It rains. " + " ".join(f"word{turn}" for turn in range(1, TURNS + 1))

    assert editor.get_by_text("a modifié").first.is_hidden()  # told in the other tab
    assert translator.locator("#diptych-others-fr").inner_text().count("changed the text") == 1
    for window in (editor, translator):
        assert not window.get_by_role("dialog").locator("visible=true").count()

    reader = sign_in("admin")
    reader.goto(address)
    reader.wait_for_timeout(500)
    assert paragraph(reader, "fr") == french
    assert reader.input_value("#id_lead_fr") == f"Chapeau {TURNS}."
    reader.get_by_role("tab", name=re.compile("^English")).click()
    assert paragraph(reader, "en") == english

    reader.goto(address.replace("edit", "history"))
    entries = reader.locator(".listing tbody tr").count()
    reader.goto("/admin/diptych/articles/?q=Deux mains")
    pages = reader.locator("td.title").count()
    print(f"{entries} entries of history after {2 * TURNS + 3} automatic saves")
    assert pages == 1
    assert entries <= 5

    # Saving by hand is not interrupted either.
    with editor.expect_navigation():
        editor.keyboard.press("Control+s")
    assert paragraph(editor, "fr") == french
    editor.get_by_role("tab", name=re.compile("^English")).click()
    assert paragraph(editor, "en") == english


def test_a_conflict_is_shown_and_loses_nothing(sign_in):
    editor, translator, _address = begin(sign_in, "Un désaccord", "A quarrel")
    translator.get_by_role("tab", name=re.compile("^Français")).click()
    assert saved(editor, lambda: editor.fill("#id_lead_fr", "Le mien."))["success"]
    answer = saved(translator, lambda: translator.fill("#id_lead_fr", "Le sien."))
    assert not answer["success"]
    assert translator.locator("#w-autosave-indicator").get_by_text("paused").is_visible()
    assert translator.input_value("#id_lead_fr") == "Le sien."
    with translator.expect_navigation():
        translator.keyboard.press("Control+s")
    # The browser saves nothing by itself before somebody has decided.
    translator.wait_for_timeout(3000)
    box = translator.locator(".diptych-conflict")
    assert "Le mien." in box.inner_text()
    assert "Le sien." in box.inner_text()
    assert translator.input_value("#id_lead_fr") == "Le sien."
    with translator.expect_navigation():
        translator.keyboard.press("Control+s")
    assert not translator.locator(".diptych-conflict").count()
    assert translator.input_value("#id_lead_fr") == "Le sien."
