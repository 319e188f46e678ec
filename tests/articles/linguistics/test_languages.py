"""Every language has a module with the same constants; see the section in CONTRIBUTING.md."""

import pytest
from django.utils.functional import Promise

from diptych.articles.linguistics.languages import (
    known_languages,
    language_data,
    languages_with,
    unknown,
)


def kinds_of_constants(module):
    """The type of each constant; texts in the language of the reader are ``str`` like others."""
    return {
        name: str if isinstance(value, Promise) else type(value)
        for name, value in vars(module).items()
        if name.isupper() and not name.startswith("_")
    }


@pytest.mark.parametrize("code", known_languages())
def test_a_language_has_every_constant_and_no_other(code):
    assert kinds_of_constants(language_data(code)) == kinds_of_constants(unknown)


def test_a_territory_has_the_data_of_its_language():
    assert language_data("fr-CH") is language_data("fr")
    assert language_data("fr").STEMMER == "french"


def test_a_language_without_a_module_has_what_holds_for_any():
    assert language_data("tlh") is language_data("../fr") is unknown


@pytest.mark.parametrize("code", languages_with("TYPOGRAPHY"))
def test_every_territory_with_typography_has_quotation_marks(code):
    data = language_data(code)
    assert set(data.TERRITORIES.values()) <= set(data.TYPOGRAPHY) <= set(data.QUOTATIONS)
