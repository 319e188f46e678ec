"""The list of all articles in the menu: what it says, finds and exports."""

import csv
import io
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from tests.articles.admin.html import LIST, cell, soup, table, text_of, titles
from tests.factories import make_article, make_author, make_topic, sign_in, write_draft


def test_states_are_words_in_the_language_of_the_interface(articles, admin):
    shown = table(admin.get(LIST))
    assert {title: row["English"] for title, row in shown.items()} == {
        "Publié": "English: Live",
        "Modifié": "English: Live + draft",
        "Brouillon": "English: Draft",
        "Seul": "English: Missing",
    }
    assert {row["French"] for row in shown.values()} == {"French: Live"}


def test_a_live_language_leads_to_its_address(articles, admin):
    link = cell(admin.get(LIST), "Publié", "English").a
    with translation.override("en"):
        assert link["href"] == articles["live"].url
    assert link["target"] == "_blank"


@pytest.mark.rare
def test_a_language_that_is_not_live_leads_to_where_it_is_written(articles, admin):
    link = cell(admin.get(LIST), "Seul", "English").a
    edit = reverse("wagtailadmin_pages:edit", args=(articles["missing"].pk,))
    assert link["href"] == f"{edit}?{urlencode({'next': LIST})}#tab-english"
    page = soup(admin.get(edit))
    assert page.select_one("#tab-english"), "the link leads to a tab that is not there"


def test_authors_main_topic_and_date(journal, admin):
    people = [make_author(journal, name) for name in ("Léa Rochat", "Thomas Berger")]
    topics = [make_topic(journal), make_topic(journal, "Campus", "Campus")]
    make_article(
        journal,
        authors=people,
        topics=topics,
        publication_date=datetime(2026, 11, 3, 12, tzinfo=UTC),
    )
    row = table(admin.get(LIST))["Le lac gèle"]
    assert row["Authors"] == "Léa Rochat, Thomas Berger"
    assert row["Main"] == "Climate"
    assert row["Date"] == "03/11/2026"


@pytest.mark.parametrize("words", ["glacier", "Ice", "ice rem"])
def test_search_finds_the_headline_in_either_language(journal, admin, words):
    make_article(journal, "Les glaciers", "Ice remembers")
    make_article(journal, "Autre chose", "Something else")
    assert titles(admin, q=words) == ["Les glaciers"]


def test_search_finds_the_headline_of_a_draft(journal, admin):
    article = make_article(journal, "Publié en français", None, live_in=("fr",))
    write_draft(article, headline_en="Translated yesterday")
    assert titles(admin, q="yesterday") == ["Publié en français"]


@pytest.mark.rare
def test_search_and_filters_work_together(articles, journal, admin):
    topic, author = make_topic(journal), make_author(journal)
    make_article(journal, "Publié ailleurs", None, ("fr",), topics=[topic], authors=[author])
    assert set(titles(admin, q="Publié")) == {"Publié", "Publié ailleurs"}
    parameters = {
        "language_en": "missing",
        "topic": topic.pk,
        "author": author.pk,
        "published_from": "2020-01-01",
        "ordering": "title",
    }
    assert titles(admin, q="Publié", **parameters) == ["Publié ailleurs"]


@pytest.mark.rare
def test_what_search_finds_is_ordered_by_any_column(journal, admin):
    for year, name in ((2024, "Lac ancien"), (2026, "Lac récent"), (2025, "Lac nouveau")):
        moment = datetime(year, 3, 1, tzinfo=UTC)
        make_article(journal, name, None, ("fr",), publication_date=moment)
    by_date = ["Lac récent", "Lac nouveau", "Lac ancien"]
    assert titles(admin, q="lac", ordering="-published") == by_date
    assert titles(admin, q="lac", ordering="published") == by_date[::-1]
    assert titles(admin, q="lac", ordering="title") == sorted(by_date)
    assert set(titles(admin, q="lac", ordering="nothing")) == set(by_date)


@pytest.mark.rare
def test_order_by_date_puts_what_has_none_last(journal, admin):
    for year, name in ((2024, "Ancien"), (2026, "Récent")):
        moment = datetime(year, 3, 1, tzinfo=UTC)
        make_article(journal, name, None, ("fr",), publication_date=moment)
    make_article(journal, "Sans date", None, live_in=())
    assert titles(admin, ordering="-published") == ["Récent", "Ancien", "Sans date"]
    assert titles(admin, ordering="published") == ["Sans date", "Ancien", "Récent"]
    assert titles(admin, ordering="title") == ["Ancien", "Récent", "Sans date"]


def test_export_holds_what_the_list_shows(articles, journal, admin):
    author, topic = make_author(journal), make_topic(journal)
    date = datetime(2026, 7, 1, 10, tzinfo=UTC)
    make_article(
        journal,
        "Complet",
        "Complete",
        authors=[author],
        topics=[topic],
        publication_date=date,
    )
    response = admin.get(LIST, {"export": "csv", "language_en": "live", "ordering": "title"})
    text = b"".join(response.streaming_content).decode()
    rows = {row["Title"]: row for row in csv.DictReader(io.StringIO(text))}
    assert set(rows) == {"Complet", "Modifié", "Publié"}
    assert "articles.csv" in response["Content-Disposition"]
    row = rows["Complet"]
    assert row["Headline (English)"] == "Complete"
    assert (row["State (French)"], row["State (English)"]) == ("Live", "Live")
    assert row["Address (English)"] == "http://testserver/en/stories/complete/"
    assert (row["Authors"], row["Main topic"]) == ("Léa Rochat", "Climate")
    assert row["Date"] == "2026-07-01 12:00:00", "the clocks of the journal are in Zurich"
    assert rows["Modifié"]["State (English)"] == "Live + draft"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_holds_no_formulas(journal, admin, kind):
    make_article(journal, "=1+1", None, ("fr",))
    content = b"".join(admin.get(LIST, {"export": kind}).streaming_content)
    if kind == "csv":
        assert content.decode().splitlines()[1].startswith("'=1+1,")
    else:
        cells = list(load_workbook(io.BytesIO(content)).active)[1]
        assert (cells[0].value, cells[0].data_type) == ("'=1+1", "s")


def test_export_as_a_workbook_has_dates_as_dates(journal, admin):
    date = datetime(2026, 7, 1, 10, tzinfo=UTC)
    make_article(journal, "Un", None, ("fr",), publication_date=date)
    response = admin.get(LIST, {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    headings, values = sheet.iter_rows(values_only=True)
    row = dict(zip(headings, values, strict=True))
    assert row["Date"] == datetime(2026, 7, 1, 12)
    assert row["State (English)"] == "Missing"


@pytest.mark.parametrize("role", ["editor", "moderator", "admin"])
def test_it_stands_in_the_menu_of_everyone_who_edits_pages(journal, client, role):
    sign_in(client, role)
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    for address in (LIST, "/admin/diptych/authors/", "/admin/diptych/topics/"):
        assert address in menu
        assert client.get(address).status_code == 200


def test_a_new_article_is_one_click_away(journal, admin):
    links = soup(admin.get(LIST)).select("header a")
    link = next(each for each in links if text_of(each) == "Add an article")
    response = admin.get(link["href"])
    names = ("diptych", "articlepage", journal.articles.pk)
    assert response["Location"] == reverse("wagtailadmin_pages:add", args=names)


def fill(journal, numbers):
    """Articles of every state, each with two authors and a topic of their own."""
    for number in numbers:
        people = [make_author(journal, f"Personne {number}-{each}") for each in "ab"]
        make_article(
            journal,
            f"Titre {number}",
            f"Headline {number}",
            live_in=("fr", "en")[: number % 3],
            authors=people,
            topics=[make_topic(journal, f"Thème {number}", None, ("fr",))],
        )


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        list(client.get(address))
    return len(captured)


@pytest.mark.scale
def test_queries_do_not_grow_with_the_number_of_rows(journal, admin):
    addresses = [
        LIST,
        f"{LIST}?q=Titre",
        f"{LIST}?export=csv",
        "/admin/diptych/authors/",
        "/admin/diptych/topics/",
        *(
            reverse("wagtailadmin_explore", args=(page.pk,))
            for page in (journal.articles, journal.authors, journal.topics)
        ),
    ]
    fill(journal, range(3))
    few = {address: queries(admin, address) for address in addresses}
    fill(journal, range(3, 15))
    many = {address: queries(admin, address) for address in addresses}
    assert len(titles(admin)) == 15
    assert {address for address in addresses if many[address] > few[address]} == set()
