"""Hyphenated words that have a stop word, which alone would hardly count."""

import pytest

from diptych.articles.search import searching
from tests.articles.search.reading import found
from tests.factories import make_article, paragraphs


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("sous-titres", ["version-originale", "titres", "titres-de-cinema"]),
        ("sous‑titrés", ["version-originale", "titres", "titres-de-cinema"]),
        ("cinéma sous-titres", ["version-originale", "titres-de-cinema"]),
        ("titres", ["titres", "titres-de-cinema", "version-originale"]),
        ("arc-en-ciel", ["couleurs", "ciel"]),
        ("parle-t-on", ["langue"]),
        ("des langues parle-t-on", ["langue"]),
    ],
)
@pytest.mark.parametrize("limit", [1000, 3])
def test_a_compound_as_typed_comes_first(journal, query, slugs, limit, monkeypatch):
    bodies = {
        "Version originale": "Au cinéma, on lit des sous-titres.",
        "Ciel": "Un arc de pierre en montagne sous le ciel.",
        "Couleurs": "La pluie laisse un arc-en-ciel.",
        "Langue": "Comment parle-t-on des langues ?",
        "Titres de cinéma": "Le cinéma.",
        "Titres": "Des titres sous un toit.",
    }
    for headline, body in bodies.items():
        make_article(journal, headline, headline, body_fr=paragraphs(body))
    monkeypatch.setattr(searching, "LIMIT", limit)
    assert found(query, "fr") == slugs
