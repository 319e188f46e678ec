"""The lists of authors and of topics in the menu."""

import csv
import io

import pytest

from tests.articles.admin.html import cell, table
from tests.factories import make_article, make_author, make_topic

AUTHORS, TOPICS = "/admin/diptych/authors/", "/admin/diptych/topics/"


@pytest.fixture
def people(journal):
    lea, thomas = make_author(journal, "Léa Rochat"), make_author(journal, "Thomas Berger", ("fr",))
    climate, campus = make_topic(journal), make_topic(journal, "Campus", None, ("fr",))
    make_article(journal, "Un", "One", authors=[lea, thomas], topics=[climate])
    make_article(journal, "Deux", None, live_in=(), authors=[lea, lea], topics=[climate])
    return {"lea": lea, "thomas": thomas, "climate": climate, "campus": campus}


def test_articles_are_counted_once_whether_live_or_not(people, admin):
    authors = table(admin.get(AUTHORS))
    assert {name: row["Articles"] for name, row in authors.items()} == {
        "Léa Rochat": "2",
        "Thomas Berger": "1",
    }
    topics = table(admin.get(TOPICS))
    assert {name: row["Articles"] for name, row in topics.items()} == {"Climat": "2", "Campus": "0"}


def test_the_state_in_each_language_is_said(people, admin):
    row = table(admin.get(AUTHORS))["Thomas Berger"]
    assert (row["French"], row["English"]) == ("French: Live", "English: Draft")
    row = table(admin.get(TOPICS))["Campus"]
    assert (row["French"], row["English"]) == ("French: Live", "English: Missing")


@pytest.mark.parametrize(
    ("address", "title", "found"),
    [(AUTHORS, "Thomas Berger", {"Un"}), (TOPICS, "Climat", {"Un", "Deux"})],
)
def test_the_number_leads_to_the_articles(people, admin, address, title, found):
    link = cell(admin.get(address), title, "Articles").a
    assert set(table(admin.get(link["href"]))) == found


def test_order_by_number_of_articles(people, admin):
    names = list(table(admin.get(AUTHORS, {"ordering": "-article_count"})))
    assert names == ["Léa Rochat", "Thomas Berger"]
    assert list(table(admin.get(AUTHORS, {"ordering": "article_count"}))) == names[::-1]
    assert list(table(admin.get(AUTHORS, {"q": "Thomas", "ordering": "article_count"}))) == [
        "Thomas Berger"
    ]


def test_filter_by_language(people, admin):
    assert set(table(admin.get(AUTHORS, {"language_en": "draft"}))) == {"Thomas Berger"}
    assert set(table(admin.get(TOPICS, {"language_en": "missing"}))) == {"Campus"}


def test_search_finds_the_name_in_either_language(people, admin):
    assert set(table(admin.get(TOPICS, {"q": "Clima"}))) == {"Climat"}
    assert set(table(admin.get(TOPICS, {"q": "climate"}))) == {"Climat"}


def test_export_holds_the_number_of_articles(people, admin):
    response = admin.get(AUTHORS, {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    rows = {row["Title"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["Léa Rochat"]["Articles"] == "2"
    assert rows["Thomas Berger"]["State (English)"] == "Draft"
