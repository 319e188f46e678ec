"""The site speaks both languages completely, and each as its readers print it."""

import re
from pathlib import Path

from django.conf import settings

from diptych.articles.interface_texts.catalogues import catalogue_files, find_problems, language_of

LOCALE = Path(settings.LOCALE_PATHS[0])
ROOT = Path(__file__).parents[2]
#: In templates: what is translated, and a mark behind a value, which French spaces differently.
TRANSLATED = re.compile(
    r"\{% (?P<tag>blocktrans(?:late)?)\b.*?\{% end(?P=tag) %\}|<(style|script)\b.*?</\2>", re.DOTALL
)
MARK_BEHIND_A_VALUE = re.compile(r"(?:\}\}|%\}) ?[:;!?](?=[\s<{]).*")


def test_every_language_has_a_catalogue():
    found = {language_of(path) for path in catalogue_files(LOCALE)}

    assert found == {code for code, _ in settings.LANGUAGES}


def test_catalogues_have_no_fault():
    assert [str(fault) for fault in find_problems(LOCALE)] == []


def test_marks_behind_a_value_are_translated_with_it():
    templates = [
        each
        for folder in ("articles", "themes", "site")
        for each in (ROOT / folder).glob("**/templates/**/*.html")
    ]
    found = [
        (each.relative_to(ROOT).as_posix(), mark)
        for each in templates
        for mark in MARK_BEHIND_A_VALUE.findall(TRANSLATED.sub("", each.read_text()))
    ]
    assert len(templates) > 100
    assert found == []


def test_marks_between_values_of_a_message_are_translated():
    modules = [
        each for folder in ("articles", "themes", "site") for each in (ROOT / folder).rglob("*.py")
    ]
    message = re.compile(r"messages\.\w+\(\s*[\w.]+,\s*f\"[^\"]*\} ?[:;!?] [^\"]*\"")
    found = [each.name for each in modules if message.search(each.read_text())]
    assert len(modules) > 400
    assert found == []
