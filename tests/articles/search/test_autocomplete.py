"""Suggestions while a query is typed: only those that have results."""

import re

import pytest

from diptych.articles.linguistics.folding import fold_line
from tests.articles.search.browsing import results


@pytest.fixture
def suggested(reader):
    def ask(typed, language="fr"):
        response = reader.get(f"/{language}/search/suggestions/", {"q": typed})
        assert response.status_code == 200
        assert response["Content-Type"] == "application/json"
        return response.json()["suggestions"]

    return ask


def test_the_last_word_is_written_to_its_end(corpus, suggested):
    assert "glacier" in suggested("glac")
    assert "l’économie" in suggested("l'econ")
    assert "Le Pergélisol".lower() in [text.lower() for text in suggested("Le PERGE")]
    assert suggested("glacier ") == suggested("g") == suggested("") == []


def test_whatever_is_suggested_finds_something(corpus, suggested, reader):
    for typed, expected in (
        ("trains de nui", ["Le retour des trains de nuit", "trains de nuit"]),
        ("forêt hêt", ["forêt hêtre"]),
        ("glacier rec", ["Le glacier du Rhône recule encore", "glacier recule"]),
        ('"trains de nuit" bar', ['"trains de nuit" Barcelone']),
    ):
        assert suggested(typed) == expected
        for text in expected:
            assert results(reader.get("/fr/search/", {"q": text}).content.decode()), text
    assert suggested("glacier loy") == []


def test_headlines_come_before_words_and_are_written_as_they_are(corpus, suggested):
    assert suggested("pekin")[0] == "À Pékin, les derniers vélos"
    assert suggested("qu'est-ce") == ["Qu’est-ce qu’un blé ancien ?"]
    assert suggested("route du nor")[:2] == ["La route du Nord s’ouvre aux cargos", "route du Nord"]
    found = suggested("glac")
    assert found.index("Le glacier du Rhône recule encore") < found.index("glaciologues")


def test_words_of_one_or_two_letters_are_whole(corpus, suggested):
    assert suggested("gl") == suggested("route du no") == suggested("gl", "en") == []
    assert "l’IA" in suggested("l'ia")
    assert suggested("ai", "en") == ["Can AI be a judge?", "AI"]
    for typed in ("le", "de", "a", "un"):
        found = suggested(typed)
        assert found and all(typed in re.findall(r"\w+", fold_line(text)) for text in found), typed


def test_words_are_suggested_in_their_own_spelling(corpus, suggested):
    assert "Nordenskiöld" in suggested("nordensk")
    assert suggested("nordenskiold") == ["Nordenskiöld"]
    assert "EPFL" in suggested("epf")
    assert "pergélisol" in suggested("perge")
    assert "ingénieurs de l’EPFL" in suggested("ingenieurs de l'epf")


def test_after_a_function_word_only_what_stands_there_is_suggested(corpus, suggested):
    """« route du » is followed by « nord », and by no other word that begins so."""
    for typed in ("route du nor", "qu'est-ce", "route du nord", "l'econ", "d'aut", "de nor"):
        for text in suggested(typed):
            assert "du nordens" not in text.lower() and "st-cé" not in text, typed
    assert "route du Nordenskiöld" not in suggested("route du norden")
    assert "cargos route du Nord" in suggested("cargos route du nor")


def test_authors_and_topics_are_suggested_by_their_names(corpus, suggested):
    assert suggested("roch")[0] == "Léa Rochat"
    assert suggested("lea roch") == ["Léa Rochat"]
    assert "Climat" in suggested("clim")
    assert "Climate" in suggested("clim", "en")


def test_suggestions_are_counted_in_the_language_of_the_page(corpus, reader):
    answer = reader.get("/fr/search/suggestions/", {"q": "lea roch"}).json()
    assert answer["count"] == "1 suggestion"
    answer = reader.get("/en/search/suggestions/", {"q": "gla"}).json()
    assert answer["count"] == f"{len(answer['suggestions'])} suggestions"


@pytest.mark.odd
@pytest.mark.parametrize("odd", ['"', "*", "\x00", "NEAR(", "é" * 10_000, "\u202e", "🐘", "'"])
def test_whatever_is_typed_is_answered(corpus, suggested, odd):
    assert suggested(odd) == []
    assert isinstance(suggested(f"{odd}gla"), list)
