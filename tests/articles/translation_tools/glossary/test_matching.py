"""Terms are found in a text by their stems, and a hint says what a translation lacks."""

import pytest

from diptych.articles.translation_tools.glossary.matching import Glossary, TermIndex
from diptych.articles.translation_tools.glossary.models import Concept
from tests.articles.translation_tools.glossary.entries import make_concept


def found(text, language, *terms):
    """What of ``text`` is found for ``terms``."""
    concept = make_concept(**{language: list(terms)})
    index = TermIndex(concept.terms.all(), language)
    return [text[each.start : each.end] for each in index.find(text)]


@pytest.mark.parametrize(
    ("language", "term", "text", "expected"),
    [
        ("fr", "archive", "Les archives de l’État, une archive.", ["archives", "archive"]),
        ("fr", "fonds d’archives", "Deux fonds d'archives ici", ["fonds d'archives"]),
        ("fr", "étude", "L’étude et ses Études", ["étude", "Études"]),
        ("en", "record", "He keeps records.", ["records"]),
        ("en", "archive box", "Two archive boxes", ["archive boxes"]),
        ("en", "archive box", "An archive, a box", []),
        (
            "de",
            "Archiv",
            "des Archivs, die Archive, den Archiven",
            ["Archivs", "Archive", "Archiven"],
        ),
        ("de", "Verlag", "des Verlages und des Verlags", ["Verlages", "Verlags"]),
        ("fr", "ONU", "un vote de l’ONU", ["ONU"]),
        ("fr", "UN", "un vote", []),
        ("en", "it", "the IT of it", ["IT", "it"]),
        ("en", "—", "— nothing", []),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_inflected_terms_are_found(db, language, term, text, expected):
    assert found(text, language, term) == expected


def test_the_longest_term_is_found(db):
    text = "An archive box, an archive."
    assert found(text, "en", "archive", "archive box", "box") == ["archive box", "archive"]


@pytest.mark.parametrize(
    ("text", "status"), [("two keepers", "forbidden"), ("a keeper", "preferred")]
)
def test_of_two_forms_of_a_word_the_one_that_is_written_is_found(db, text, status):
    concept = make_concept(en_forbidden="keepers", en="keeper")
    assert [each.status for each in TermIndex(concept.terms.all(), "en").find(text)] == [status]


def hints(source, target):
    rows = Glossary.current().hints(source, "fr", target, "en")
    return [(each.source, each.preferred, each.missing, each.forbidden) for each in rows]


@pytest.mark.parametrize(
    ("target", "missing", "forbidden"),
    [
        ("", "", ""),
        ("The record of a lake", "", ""),
        ("The archive of a lake", "records", ""),
        ("The funds of a lake", "records", "funds"),
        ("Records, not funds", "", "funds"),
    ],
)
def test_a_hint_says_what_a_translation_lacks(db, target, missing, forbidden):
    make_concept(fr="fonds", en="records", en_allowed="archive", en_forbidden="fund")
    make_concept(fr="pont", en="bridge")
    assert hints("Le fonds d’un lac, un fonds.", target) == [
        ("fonds", "records", missing, forbidden)
    ]


def test_an_allowed_term_is_enough_where_none_is_preferred(db):
    make_concept(fr="fonds", en_allowed="archive")
    assert hints("Le fonds", "Nothing") == [("fonds", "", "", "")]


def test_the_glossary_is_as_it_was_stored_last(db):
    concept = make_concept(fr="lac", en="lake")
    assert hints("Le lac", "A sea") == [("lac", "lake", "lake", "")]
    concept.write_terms([("fr", "preferred", "lac"), ("en", "preferred", "pond")])
    assert hints("Le lac", "A sea") == [("lac", "pond", "pond", "")]
    Concept.objects.all().delete()
    assert hints("Le lac", "A sea") == []
