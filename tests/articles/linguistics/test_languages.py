"""Every language has a module with the same constants; see the section in CONTRIBUTING.md."""

import pytest

from diptych.articles.linguistics.languages import known_languages, language_data, unknown


def constants_of(module):
    return {name: value for name, value in vars(module).items() if name.isupper()}


@pytest.mark.parametrize("code", known_languages())
def test_a_language_has_every_constant_and_no_other(code):
    kinds = {name: type(value) for name, value in constants_of(language_data(code)).items()}
    assert kinds == {name: type(value) for name, value in constants_of(unknown).items()}


def test_a_territory_has_the_data_of_its_language():
    assert language_data("fr-CH") is language_data("fr")
    assert language_data("fr").STEMMER == "french"


def test_a_language_without_a_module_has_what_holds_for_any():
    assert language_data("tlh") is language_data("../fr") is unknown
