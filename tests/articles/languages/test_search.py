"""Search finds what is live in the language, by words of that language, whatever is typed."""

from itertools import product

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from articles.search import search_articles
from tests.factories import make_article, paragraphs, publish_draft, write_draft


def found(query, language):
    return [page.slug for page in search_articles(query, language)[:20]]


@pytest.fixture
def glacier(journal):
    return make_article(
        journal,
        "Glacier",
        "Icefield",
        lead_fr="La fonte.",
        lead_en="The thaw.",
        body_fr=paragraphs("Une <b>moraine</b> grise."),
        body_en=paragraphs("A grey <b>boulder</b>."),
    )


@pytest.mark.parametrize(
    ("language", "words", "others"),
    [
        ("fr", ["glacier", "fonte", "moraine"], ["icefield", "thaw", "boulder"]),
        ("en", ["icefield", "thaw", "boulder"], ["fonte", "moraine"]),
    ],
)
def test_words_are_found_in_their_own_language_only(glacier, language, words, others):
    assert [found(word, language) for word in words] == [["glacier"]] * len(words)
    assert [found(word, language) for word in others] == [[]] * len(others)


def test_an_unpublished_language_is_not_found_by_any_of_its_words(journal):
    make_article(journal, "Glacier", "Icefield", live_in=["fr"])
    assert found("icefield", "en") == []
    assert found("icefield", "fr") == []
    assert found("glacier", "fr") == ["glacier"]


def test_a_draft_is_not_found_before_it_is_published(glacier):
    write_draft(glacier, headline_en="Snowfield")
    assert found("snowfield", "en") == []
    glacier.publish_languages(["en"])
    assert found("snowfield", "en") == ["glacier"]
    assert found("icefield", "en") == []


def test_what_is_withdrawn_is_not_found_any_more(glacier):
    glacier.withdraw_language("en")
    assert found("icefield", "en") == []
    assert found("glacier", "fr") == ["glacier"]
    glacier.unpublish()
    assert found("glacier", "fr") == []


def test_a_private_page_is_not_found(glacier):
    PageViewRestriction.objects.create(
        page=glacier.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert found("icefield", "en") == []


def test_rebuilding_the_index_finds_the_same(glacier, journal):
    make_article(journal, "Glacier secret", "Secret", live_in=["fr"])
    publish_draft(glacier, lead_en="The great thaw.")
    call_command("update_index", verbosity=0)
    assert found("thaw", "en") == ["glacier"]
    assert found("secret", "en") == []
    assert sorted(found("glacier", "fr")) == ["glacier", "glacier-secret"]


def test_a_deleted_page_is_not_found(glacier):
    glacier.delete()
    assert found("glacier", "fr") == []


def test_markup_is_not_found(glacier):
    for word in ("paragraph", "data-block-key", "bold"):
        assert found(word, "fr") == []


ODD = [
    "",
    " ",
    '"',
    '""',
    "'",
    "*",
    "gla*",
    "\x00",
    "glacier\x00",
    "NEAR(",
    "NEAR(glacier fonte, 2)",
    "AND",
    "glacier AND",
    "NOT",
    "glacier OR",
    "(",
    ")",
    "glacier)",
    "^glacier",
    "title:glacier",
    "-glacier",
    "--",
    "- -",
    "+",
    ":",
    "{}",
    "\\",
    "%",
    "_",
    ";DROP TABLE wagtailcore_page",
    "é" * 300,
    "x" * 10_000,
    "mot " * 2_500,
    "’",
    "-'-",
    "🐘",
    "\ud83d",
    "مرحبا",
    "\u202e",
    "1" * 400,
]


def test_whatever_is_typed_is_answered(glacier, subtests):
    for query, language in product(ODD, ["fr", "en"]):
        with subtests.test(query=query[:20], language=language):
            results = search_articles(query, language)
            assert len(results) in (0, 1)
            assert len(list(results[:10])) == len(results)


def test_whatever_is_typed_is_answered_by_the_page_too(glacier, reader):
    for query in ('"', "*", "\x00", "NEAR(", "x" * 5000, "\u202e", "%ff"):
        response = reader.get("/fr/search/", {"q": query})
        assert response.status_code == 200


def test_the_index_is_rebuilt_with_as_many_queries_for_one_page_more(journal):
    def reads():
        """Queries that read pages, while the whole index is written."""
        with CaptureQueriesContext(connection) as queries:
            call_command("update_index", verbosity=0)
        statements = [each["sql"] for each in queries]
        return len([sql for sql in statements if sql.startswith("SELECT")])

    make_article(journal, "Un", "One")
    reads()  # what is cached while a process lives is read once
    before = reads()
    for number in range(5):
        make_article(journal, f"Page {number}", f"Story {number}")
    assert reads() == before
    assert found("story", "en") != []
