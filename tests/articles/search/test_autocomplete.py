"""Suggestions while a query is typed: only those that have results."""

import pytest

from tests.articles.search.browsing import results

pytestmark = pytest.mark.django_db


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
    assert "l'économie" in suggested("l'econ")
    assert "Le Pergélisol".lower() in [text.lower() for text in suggested("Le PERGE")]
    assert suggested("glacier ") == suggested("g") == suggested("") == []


def test_whatever_is_suggested_finds_something(corpus, suggested, reader):
    for typed in ("trains de nu", "forêt hê", "glacier re", '"trains de nuit" bar'):
        found = suggested(typed)
        assert found, typed
        for text in found:
            assert text.startswith(typed[:6])
            assert results(reader.get("/fr/search/", {"q": text}).content.decode()), text
    assert suggested("glacier loy") == []


def test_authors_and_topics_are_suggested_by_their_names(corpus, suggested):
    assert suggested("roch")[0] == "Léa Rochat"
    assert suggested("lea roch") == ["Léa Rochat"]
    assert "Climat" in suggested("clim")
    assert "Climate" in suggested("clim", "en")


def test_suggestions_are_counted_in_the_language_of_the_page(corpus, reader):
    answer = reader.get("/fr/search/suggestions/", {"q": "lea roch"}).json()
    assert answer["count"] == "1 suggestion"
    answer = reader.get("/en/search/suggestions/", {"q": "gl"}).json()
    assert answer["count"] == f"{len(answer['suggestions'])} suggestions"


@pytest.mark.odd
@pytest.mark.parametrize("odd", ['"', "*", "\x00", "NEAR(", "é" * 10_000, "\u202e", "🐘", "'"])
def test_whatever_is_typed_is_answered(corpus, suggested, odd):
    assert suggested(odd) == []
    assert isinstance(suggested(f"{odd}gl"), list)
