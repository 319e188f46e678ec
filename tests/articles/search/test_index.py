"""Search finds what is live in the language, by words of that language, whatever is typed."""

from datetime import datetime
from itertools import product

import pytest
from django.core.management import call_command
from django.db import connection
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published

from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticleIndexPage, ArticleTopic
from diptych.articles.search.inverted_index import SQLITE_TABLE, inverted_index
from diptych.articles.search.models import SearchEntry, SearchWord
from diptych.articles.search.results import ResultList
from diptych.articles.search.scope import hidden_rows
from tests.articles.search.reading import found, search
from tests.factories import (
    blocks,
    make_article,
    make_author,
    make_page,
    make_topic,
    paragraphs,
    publish_draft,
    write_draft,
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


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_index_itself_leaves_out_the_texts_of_other_languages(journal, language):
    article = make_article(journal, "Le condor", "The condor")
    row = PageLanguage.objects.get(page=article, language=language)
    index = inverted_index()
    where, parameters = index.matches([[("condor",)]], language)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {index.row} FROM {index.index_source} WHERE {where}", parameters)
        assert cursor.fetchall() == [(row.pk,)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has the index in the entries")
def test_the_index_forgets_a_text_whose_entry_is_deleted_without_django(glacier):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {SearchEntry._meta.db_table}")
        cursor.execute(f"SELECT COUNT(*) FROM {SQLITE_TABLE} WHERE {SQLITE_TABLE} MATCH 'glacier'")
        assert cursor.fetchall() == [(0,)]


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


def test_what_is_unpublished_is_not_found_any_more(glacier):
    glacier.unpublish_languages(["en"])
    assert found("icefield", "en") == []
    assert found("glacier", "fr") == ["glacier"]
    glacier.unpublish()
    assert found("glacier", "fr") == []


def test_a_private_page_is_not_found(glacier):
    PageViewRestriction.objects.create(
        page=glacier.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    assert found("icefield", "en") == []


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
            results = ResultList(search(query, language))
            assert len(results) in (0, 1)
            assert len(results[:10]) == len(results)


def test_whatever_is_typed_is_answered_by_the_page_too(glacier, reader):
    for query in ('"', "*", "\x00", "NEAR(", "x" * 5000, "\u202e", "%ff"):
        response = reader.get("/fr/search/", {"q": query})
        assert response.status_code == 200


def test_filters_follow_the_topics_of_an_article(journal):
    topic, other = make_topic(journal), make_topic(journal, "Ville", "City")
    article = make_article(journal, "Glacier", "Icefield", topics=[topic])
    assert found("glacier", "fr", f"t{topic.pk}") == ["glacier"]
    assert found("glacier", "fr", f"t{other.pk}") == []
    draft = article.get_latest_revision_as_object()
    draft.topics = [ArticleTopic(topic=other)]
    draft.save_revision().publish()
    assert found("glacier", "fr", f"t{topic.pk}") == []
    assert found("glacier", "fr", f"t{other.pk}") == ["glacier"]


def test_filters_follow_an_instance_that_is_saved_twice(journal):
    topic, other = make_topic(journal), make_topic(journal, "Ville", "City")
    article = make_article(journal, "Glacier", "Icefield", topics=[topic]).stored()
    article.save()
    article.topics.remove(article.topics.get())
    article.save()
    assert found("glacier", "fr", f"t{topic.pk}") == []
    article.topics.add(ArticleTopic(topic=other))
    article.save()
    assert found("glacier", "fr", f"t{topic.pk}") == []
    assert found("glacier", "fr", f"t{other.pk}") == ["glacier"]


@pytest.mark.filterwarnings("ignore:DateTimeField:RuntimeWarning")
def test_a_date_without_a_time_zone_is_indexed_as_it_is_stored(journal):
    article = make_article(journal, "Glacier", "Icefield").stored()
    article.publication_date = datetime(2019, 5, 31, 23, 30)
    article.save()
    assert found("glacier", "fr", "y2019") == ["glacier"]
    year = PageLanguage.objects.get(page=article, language="fr").printed_date.year
    assert year == 2019


def test_an_article_that_moves_is_still_found(glacier, journal):
    section = make_page(ArticleIndexPage, journal.home, "Dossiers", "Reports")
    glacier.move(section, pos="last-child")
    assert found("glacier", "fr") == ["glacier"]
    assert found("icefield", "en") == ["glacier"]


def test_what_fails_while_it_is_published_is_not_found(glacier):
    write_draft(glacier, headline_en="Snowfield")

    def refuse(**kwargs):
        raise RuntimeError

    page_published.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            glacier.publish_languages(["en"])
    finally:
        page_published.disconnect(refuse)
    assert found("snowfield", "en") == []
    assert found("icefield", "en") == ["glacier"]


def test_pages_above_that_become_private_hide_what_is_below(glacier, journal):
    restriction = PageViewRestriction.objects.create(
        page=journal.home, restriction_type=PageViewRestriction.LOGIN
    )
    assert found("glacier", "fr") == []
    assert len(search("glacier", "fr").rows) == 0
    restriction.delete()
    assert found("glacier", "fr") == ["glacier"]


def test_nothing_is_suggested_that_readers_may_not_see(
    glacier, journal, reader, django_capture_on_commit_callbacks
):
    """The vocabulary counts the words of private pages; suggestions leave them out."""

    def suggested():
        return reader.get("/fr/search/suggestions/", {"q": "gla"}).json()["suggestions"]

    with django_capture_on_commit_callbacks(execute=True):
        private = make_article(journal, "Gladiateur", "Gladiator")
        author = make_author(journal, "Gladys Roy")
        make_article(journal, "Glaïeul", "Glad", live_in=["en"])
    assert set(suggested()) == {"Gladiateur", "Gladys", "Gladys Roy"}
    for page in (private, author):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    call_command("rebuild_search_index", verbosity=0)
    assert suggested() == ["Glacier"]


def test_what_search_hides_is_what_nobody_may_see(glacier, journal):
    """``hidden_rows`` are exactly the live rows that ``visible_in`` leaves out."""
    make_article(journal, "Lac", "Lake")
    PageViewRestriction.objects.create(page=glacier, restriction_type=PageViewRestriction.LOGIN)
    live = PageLanguage.objects.filter(live=True)
    visible = [
        pk
        for language in ("fr", "en")
        for pk in PageLanguage.objects.visible_in(language).values_list("pk", flat=True)
    ]
    assert hidden_rows() == set(live.exclude(pk__in=visible).values_list("pk", flat=True))


def test_words_are_counted_when_articles_come_change_and_go(
    journal, django_capture_on_commit_callbacks
):
    def counts():
        words = SearchWord.objects.filter(language="en", word__in=["icefield", "snowfield"])
        return dict(words.values_list("word", "documents"))

    with django_capture_on_commit_callbacks(execute=True):
        article = make_article(
            journal, "Glacier", "Icefield", lead_en="Ice.", body_en=paragraphs("Text.")
        )
    assert counts() == {"icefield": 1}
    with django_capture_on_commit_callbacks(execute=True):
        publish_draft(article, headline_en="Snowfield")
    assert counts() == {"snowfield": 1}
    with django_capture_on_commit_callbacks(execute=True):
        article.unpublish_languages(["en"])
    assert counts() == {}


def test_choices_made_from_lists_are_not_found(journal):
    make_article(
        journal,
        "Glacier",
        "Icefield",
        body_fr=blocks(("heading", {"text": "La moraine", "level": "h2"})),
    )
    assert found("moraine", "fr") == ["glacier"]
    for label in ("section", "h2"):
        assert found(label, "fr") == []
