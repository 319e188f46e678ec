"""The search of the admin's lists finds words of the live texts, and shows where they stand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from diptych.articles.languages.admin.listings import searching
from tests.articles.admin.html import LIST, soup, table, text_of, titles
from tests.factories import (
    make_article,
    make_plain_page,
    make_topic,
    paragraphs,
    sign_in,
    write_draft,
)

pytestmark = pytest.mark.rare

SEARCH = "/admin/pages/search/"
FRENCH = "Sous la neige, une moraine d’été attend <b>les géologues</b>."
ENGLISH = "A grey boulder waits under 2 < 3 feet of snow."


@pytest.fixture
def article(journal):
    make_article(journal, "Autre chose", "Something else")
    return make_article(
        journal,
        "Glacier",
        "Icefield",
        lead_fr="Le chapeau.",
        lead_en="The lead.",
        body_fr=paragraphs("Rien encore.", FRENCH),
        body_en=paragraphs("Nothing yet.", ENGLISH.replace("<", "&lt;")),
    )


def excerpts(client, address=LIST, **parameters):
    """``(heading, language, text, marked words)`` of each excerpt of a list."""
    return [
        (
            text_of(each.select_one(".diptych-excerpt__language")),
            each.select_one("[lang]")["lang"],
            text_of(each.select_one("[lang]")),
            [text_of(mark) for mark in each.select("mark")],
        )
        for each in soup(client.get(address, parameters)).select(".diptych-excerpt")
    ]


@pytest.mark.parametrize(("spoken", "names"), [("fr", "Français"), ("en", "French")])
@pytest.mark.parametrize("words", ["moraine", "MORAINES", "ete géologue", "morain"])
def test_words_of_the_french_body_alone(article, client, spoken, names, words):
    sign_in(client, language=spoken)
    assert titles(client, q=words) == ["Glacier"]
    ((heading, language, text, marked),) = excerpts(client, q=words)
    assert (heading, language) == (names, "fr")
    assert "une moraine d’été attend" in " ".join(text.split())
    assert marked


@pytest.mark.parametrize(("spoken", "names"), [("fr", "Anglais"), ("en", "English")])
def test_words_of_the_english_body_alone(article, client, spoken, names):
    sign_in(client, language=spoken)
    assert titles(client, q="boulders") == ["Glacier"]
    assert excerpts(client, q="boulders") == [(names, "en", ENGLISH, ["boulder"])]


def test_excerpts_are_escaped(article, admin):
    shown = admin.get(LIST, {"q": "feet"}).content.decode()
    assert "under 2 &lt; 3 <mark>feet</mark> of snow" in shown


def test_a_title_is_not_repeated_as_its_own_excerpt(article, admin):
    assert titles(admin, q="glacier") == ["Glacier"]
    assert excerpts(admin, q="glacier") == []
    assert [found[1:] for found in excerpts(admin, q="icefield")] == [
        ("en", "Icefield", ["Icefield"])
    ]


def test_titles_come_before_texts(article, journal, admin):
    make_article(journal, "La moraine", None, live_in=("fr",))
    make_article(journal, "Nouveau", None, ("fr",), body_fr=paragraphs("Encore une moraine."))
    assert titles(admin, q="moraine") == ["La moraine", "Nouveau", "Glacier"]


def test_only_titles_of_drafts_are_searched_and_the_list_says_so(article, admin):
    write_draft(article, headline_en="Yesterday", body_en=paragraphs("A meander."))
    assert titles(admin, q="yesterday") == ["Glacier"]
    assert titles(admin, q="meander") == []
    header = soup(admin.get(LIST, {"q": "meander"})).select_one("table.listing th.title")
    assert "Nothing found in the titles, those of drafts included, or in the live" in text_of(
        header
    )
    assert "0-0" not in text_of(header)


def test_no_hit_is_told_in_french(article, client):
    sign_in(client, language="fr")
    header = soup(client.get(LIST, {"q": "introuvable"})).select_one("table.listing th.title")
    assert "Rien trouvé dans les titres" in text_of(header)


def test_the_explorer_and_its_whole_tree(article, journal, admin):
    make_plain_page(journal, "À propos", "About", body_fr=paragraphs("Notre moraine."))
    below = reverse("wagtailadmin_explore", args=[journal.articles.pk])
    assert set(table(admin.get(below, {"q": "moraine"}))) == {"Glacier"}
    whole = {"q": "moraine", "search_all": "1"}
    assert set(table(admin.get(below, whole))) == {"Glacier", "À propos"}
    assert len(excerpts(admin, below, **whole)) == 2


def test_pages_that_one_may_not_explore_are_not_found(article, journal, client):
    user = sign_in(client, "editor")
    GroupPagePermission.objects.filter(group__in=user.groups.all()).update(page=journal.topics)
    root = reverse("wagtailadmin_explore", args=[Page.get_first_root_node().pk])
    topics = reverse("wagtailadmin_explore", args=[journal.topics.pk])
    for address in (LIST, SEARCH, root, topics):
        response = client.get(address, {"q": "moraine", "search_all": "1"}, follow=True)
        assert "une <mark>" not in response.content.decode()
        assert "Glacier" not in table(response)


def test_the_search_of_all_pages(article, journal, admin):
    make_plain_page(journal, "À propos", "About", body_fr=paragraphs("Notre moraine."))
    response = admin.get(SEARCH, {"q": "moraine"})
    assert list(table(response)) == ["À propos", "Glacier"]
    assert [found[0] for found in excerpts(admin, SEARCH, q="moraine")] == ["French", "French"]
    assert "There are 2 matching pages" in text_of(soup(response))
    assert "1-2 of 2 pages" in text_of(soup(response).select_one("th.title"))
    counted = [
        text_of(each) for each in soup(response).select("[aria-labelledby=page-types-title] li")
    ]
    assert sorted(counted) == ["All (2)", "Article (1)", "Plain page (1)"]
    assert set(table(admin.get(SEARCH, {"q": "boulder"}))) == {"Glacier"}
    assert set(table(admin.get("/admin/pages/search/results/", {"q": "moraine"}))) == {
        "À propos",
        "Glacier",
    }


def found(client, address, **parameters):
    return list(table(client.get(address, parameters)))


@pytest.mark.parametrize("address", [SEARCH, LIST])
def test_of_too_many_pages_those_created_last_are_listed(journal, client, monkeypatch, address):
    monkeypatch.setattr(searching, "MOST_FOUND", 2)
    articles = [make_article(journal, f"Glacier {number}", None) for number in range(3)]
    write_draft(articles[0], headline_fr="Glacier 0, relu")
    sign_in(client, language="fr")
    assert set(found(client, address, q="glacier")) == {"Glacier 1", "Glacier 2"}
    assert "Plus de 2 pages trouvées" in text_of(soup(client.get(address, {"q": "glacier"})))
    assert found(client, address, q="glacier 1") == ["Glacier 1"]
    assert "trouvées" not in text_of(soup(client.get(address, {"q": "glacier 1"})))


def test_older_pages_are_found_in_a_list_of_few(journal, admin, monkeypatch):
    """Also where newer ones that are not in the list have the words as well."""
    monkeypatch.setattr(searching, "MOST_FOUND", 2)
    moraine = paragraphs("Une moraine.")
    topic = make_topic(journal, "Neige", "Snow", description_fr="La moraine.")
    old = make_article(journal, "Ancien", None, body_fr=moraine, topics=[topic])
    for number in range(4):
        make_article(journal, f"Nouveau {number}", None, body_fr=moraine)
    assert found(admin, LIST, q="moraine", topic=topic.pk) == ["Ancien"]
    assert found(admin, "/admin/diptych/topics/", q="moraine") == ["Neige"]
    chosen = {"q": "moraine", "content_type": "diptych.topicpage"}
    assert found(admin, SEARCH, **chosen) == ["Neige"]
    assert old.title not in found(admin, LIST, q="moraine")
    assert found(admin, LIST, q="moraine", topic=make_topic(journal, "Vide", "Empty").pk) == []


def test_a_spreadsheet_has_all_pages_that_are_found(journal, admin, monkeypatch):
    monkeypatch.setattr(searching, "MOST_FOUND", 2)
    for number in range(3):
        make_article(journal, f"Glacier {number}", None, lead_fr="Une moraine.")
    for words in ("glacier", "moraine"):
        sheet = admin.get(LIST, {"q": words, "export": "csv"}).getvalue().decode()
        assert all(f"Glacier {number}" in sheet for number in range(3))


def test_the_search_of_all_pages_counts_by_type_beyond_those_listed(journal, admin, monkeypatch):
    monkeypatch.setattr(searching, "MOST_FOUND", 2)
    make_topic(journal, "Glaciers", None)
    for number in range(3):
        make_article(journal, f"Glacier {number}", None)
    chosen = {"q": "glacier", "content_type": "diptych.topicpage"}
    assert found(admin, SEARCH, **chosen) == ["Glaciers"]


def test_the_search_of_all_pages_keeps_wagtails_own_filters(article, journal, admin):
    make_article(journal, "Brouillon de moraine", None, live_in=())

    def found(**parameters):
        return list(table(admin.get(SEARCH, parameters)))

    assert found(q="moraine") == ["Brouillon de moraine", "Glacier"]
    assert found(q="moraine live:yes") == ["Glacier"]
    assert found(q="moraine published:no") == ["Brouillon de moraine"]
    assert found(q="moraine", content_type="diptych.articlepage", ordering="-title") == [
        "Glacier",
        "Brouillon de moraine",
    ]
    assert found(q="moraine", content_type="diptych.homepage") == []
    assert "Autre chose" in found(q="") and "Brouillon de moraine" not in found(q="live:yes")
    assert found(q='"autre chose"') == ["Autre chose"]
    nothing = text_of(soup(admin.get(SEARCH, {"q": "introuvable"})))
    assert "no pages match introuvable" in nothing


@pytest.mark.parametrize("address", [LIST, SEARCH])
def test_queries_do_not_grow_with_what_is_found(article, journal, admin, address):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            found = table(admin.get(address, {"q": "moraine"}))
        return len(captured), len(found)

    queries()
    few, one = queries()
    for number in range(4):
        body = paragraphs(f"Une moraine, {number}.")
        make_article(journal, f"Titre {number}", f"Title {number}", body_fr=body, body_en=body)
    many, five = queries()
    assert (one, five) == (1, 5)
    assert many <= few


@pytest.mark.parametrize("address", [SEARCH, LIST, "/admin/diptych/translations/"])
def test_hundreds_of_words_are_no_failure(admin, journal, address):
    assert admin.get(address, {"q": "neige " * 600}).status_code == 200
