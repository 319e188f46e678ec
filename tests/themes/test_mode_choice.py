"""Where the choice of light or dark stands on a page; tests/e2e/test_mode_choice.py makes it."""

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from diptych.themes.appearance import Appearance
from diptych.themes.look.registry import themes
from diptych.themes.look.stylesheets import stylesheet_of

SCRIPT = "/static/diptych/js/mode.js"


def is_ready(html):
    """The script runs before the stylesheet is there, and the choice waits for it."""
    head = BeautifulSoup(html, "lxml").head
    names = [each.get("src") or each.get("href") for each in head.select("script[src], link")]
    (script,) = head.select(f'script[src="{SCRIPT}"]')
    assert not script.has_attr("defer") and not script.has_attr("async")
    assert names.index(SCRIPT) < next(i for i, each in enumerate(names) if "/theme/" in each)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", ["Système", "Clair", "Sombre"]), ("en", ["System", "Light", "Dark"])],
)
def test_the_choice_is_hidden_until_the_script_shows_it(journal, client, language, words):
    html = client.get(f"/{language}/").content
    is_ready(html)
    (choice,) = BeautifulSoup(html, "lxml").select("footer [data-mode-choice]")
    assert choice.has_attr("hidden")
    assert [each.get_text(strip=True) for each in choice.select("label")] == words
    assert [each["value"] for each in choice.select("input")] == ["", "light", "dark"]


def test_a_page_about_an_error_of_the_server_is_shown_as_chosen():
    is_ready(render_to_string("500.html"))


def test_every_theme_follows_the_choice():
    for theme in themes():
        text = stylesheet_of(Appearance(theme)).plain.decode()
        for mode in ("light", "dark"):
            assert f':root[data-mode="{mode}"] {{color-scheme: {mode}' in text
