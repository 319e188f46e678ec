"""Scripts of the admin are Stimulus controllers, or it is said why not; see docs/structure.md."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (
    "articles/languages/static/diptych_languages/admin",
    "articles/languages/static/diptych_languages/wagtail",
    "articles/related/static/diptych_related/admin",
    "articles/static/diptych/admin",
    "articles/translation_tools/static/diptych_translation_tools",
    "themes/static/diptych/admin",
)
SCRIPTS = {path.name: path for folder in FOLDERS for path in (ROOT / folder).glob("*.js")}
#: Scripts that register no controller, with the reason.
NO_CONTROLLERS = {
    "date_inputs.js": "sets a default of jQuery's calendar",
    "editor_in_view.js": "a telepath adapter of Draftail",
    "elements.js": "functions that make elements",
    "footnotes.js": "a plugin of Draftail",
    "long_stream.js": "a telepath adapter of StreamBlock",
    "passages.js": "a plugin of Draftail",
    "rows.js": "a function that adds a row to Wagtail's panel",
    "tables.js": "a hook of Handsontable",
}
#: The module of tests/e2e that uses each script.
BROWSER_TESTS = {
    "autocomplete.js": "test_authors_by_name",
    "colours.js": "test_admin_scripts",
    "concordance.js": "test_concordance",
    "content_paths.js": "test_things_to_do",
    "date_inputs.js": "test_edit_screen",
    "default_button.js": "test_enter",
    "draft_links.js": "test_admin_scripts",
    "editor_in_view.js": "test_long_article",
    "elements.js": "test_paste",
    "footnotes.js": "test_edit_screen",
    "glossary.js": "test_glossary",
    "headings.js": "test_enter",
    "image_chooser.js": "test_edit_screen",
    "late_streams.js": "test_long_article",
    "long_stream.js": "test_long_article",
    "menus.js": "test_edit_screen",
    "passages.js": "test_edit_screen",
    "paste.js": "test_paste",
    "publishing.js": "test_edit_screen",
    "related.js": "test_related_story",
    "rows.js": "test_related_story",
    "saving.js": "test_autosave",
    "side_by_side.js": "test_translation_story",
    "side_by_side_actions.js": "test_translation_story",
    "side_by_side_undo.js": "test_copied_text",
    "sidebar.js": "test_two_columns",
    "tables.js": "test_edit_screen",
}
REGISTERED = re.compile(r'wagtail\.app\.register\("([^"]+)"')
#: Ways of finding elements when a page has been loaded, which Stimulus does for controllers.
BY_HAND = re.compile(r"DOMContentLoaded|(?:document|window)\.addEventListener")
#: Controllers that also listen by hand, with the reason.
LISTEN_BY_HAND = {
    "content_paths.js": "stops scrolling at the first movement of the user",
    "saving.js": "what is typed before controllers are connected is not lost",
    "sidebar.js": "Wagtail builds the sidebar before controllers are connected",
}
HANDLER = re.compile(r"<[^<>]*\son[a-z]+\s*=", re.IGNORECASE)


def written(*patterns):
    """The text of all files of the applications that match ``patterns``."""
    paths = [path for each in ("articles", "themes") for path in (ROOT / each).rglob("*")]
    return "\n".join(
        path.read_text() for path in paths if any(path.match(each) for each in patterns)
    )


def test_scripts_register_controllers_or_say_why_not():
    without = {name for name, path in SCRIPTS.items() if not REGISTERED.search(path.read_text())}
    assert without == set(NO_CONTROLLERS)


@pytest.mark.parametrize("name", sorted(set(SCRIPTS) - set(NO_CONTROLLERS)))
def test_controllers_are_named_in_the_markup_and_connected_by_stimulus(name):
    source = SCRIPTS[name].read_text()
    markup = written("*.html", "*.py")
    for identifier in REGISTERED.findall(source):
        assert identifier.startswith("diptych-")
        assert re.search(rf'data-controller\W.*"[^"]*\b{identifier}\b', markup), identifier
    assert bool(BY_HAND.search(source)) is (name in LISTEN_BY_HAND)


def test_every_script_is_used_by_a_test_in_a_browser():
    assert set(BROWSER_TESTS) == set(SCRIPTS)
    modules = {path.stem for path in (ROOT / "tests" / "e2e").glob("test_*.py")}
    assert set(BROWSER_TESTS.values()) <= modules


def test_no_template_of_the_admin_has_an_inline_handler():
    found = [
        str(path.relative_to(ROOT))
        for each in ("articles", "themes", "site")
        for path in (ROOT / each).rglob("*.html")
        if HANDLER.search(path.read_text())
    ]
    assert found == []
