"""What is typed and what is printed, case by case: see ``cases.toml``."""

import tomllib
from pathlib import Path

import pytest

from diptych.themes.typography import ENGLISH, FRANCE, SWITZERLAND, typeset_html

CONVENTIONS = {
    "fr": (FRANCE, SWITZERLAND),
    "fr-FR": (FRANCE,),
    "fr-CH": (SWITZERLAND,),
    "en": (ENGLISH,),
}


def cases():
    table = tomllib.loads(Path(__file__).with_name("cases.toml").read_text())
    for name, rules in table.items():
        for conventions in CONVENTIONS[name]:
            for rule, pairs in rules.items():
                for case, (typed, printed) in pairs.items():
                    label = f"{conventions.name}-{rule}-{case}"
                    yield pytest.param(conventions, typed, printed, id=label)


def shown(text):
    """A text whose spaces can be seen."""
    return text.replace("\u00a0", "⍽").replace("\u202f", "·").replace("\u2060", "‸")


@pytest.mark.parametrize(("conventions", "typed", "printed"), list(cases()))
def test_what_is_typed_is_printed_as_the_language_does(conventions, typed, printed):
    once = typeset_html(typed, conventions)
    assert shown(once) == printed
    assert typeset_html(once, conventions) == once


def test_the_table_has_cases_of_every_convention():
    table = tomllib.loads(Path(__file__).with_name("cases.toml").read_text())
    assert set(table) == set(CONVENTIONS)
    assert sum(len(pairs) for rules in table.values() for pairs in rules.values()) >= 80
