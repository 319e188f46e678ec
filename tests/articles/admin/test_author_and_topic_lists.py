"""The lists of authors and of topics in the menu."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import translation

from diptych.articles.models import ArticlePage, AuthorPage
from tests.articles.admin.html import cell, soup, table, text_of
from tests.articles.languages.editor import create, plain_form
from tests.factories import make_article, make_author, make_topic, sign_in

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


@pytest.mark.rare
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


@pytest.mark.parametrize(
    ("address", "label"),
    [
        (AUTHORS, "Ajouter un auteur"),
        (TOPICS, "Ajouter une thématique"),
        ("/admin/diptych/articles/", "Ajouter un article"),
        ("/admin/diptych/series/", "Ajouter une série"),
        ("/admin/diptych/print-issues/", "Ajouter un numéro imprimé"),
    ],
)
def test_what_is_added_is_named_with_its_article(people, client, address, label):
    sign_in(client, "admin", language="fr")
    assert label in map(text_of, soup(client.get(address)).select(".diptych-add"))


def test_rows_are_added_with_their_article_too(people, client):
    sign_in(client, "admin", language="fr")
    article = ArticlePage.objects.first()
    page = soup(client.get(reverse("wagtailadmin_pages:edit", args=(article.pk,))))
    added = ".diptych-autocomplete__field label, .chooser__choose-button"
    labels = [text_of(each) for each in page.select(added)]
    assert {"Ajouter un auteur", "Ajouter une thématique", "Ajouter un article"} <= {*labels}
    assert not [label for label in labels if "un(e)" in label]


def test_an_author_has_a_name_and_no_headline(journal, people, admin):
    posted = create(admin, journal.authors, plain_form(), AuthorPage)
    assert "Write the name." in posted.text
    page = admin.get(reverse("wagtailadmin_pages:copy", args=(people["lea"].pk,)))
    assert "New name (English)" in page.text
    assert "headline" not in soup(page).select_one("main form").get_text()
    nameless = AuthorPage(headline_fr="Léa")
    with translation.override("en"):
        ((_field, problem),) = nameless.publication_problems("en")
    assert problem == "The name is missing."
