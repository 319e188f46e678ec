"""The list of the glossary and its form, the candidates, and who may see them."""

import base64
import zlib

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.users.models import UserProfile

from diptych.articles.translation_tools.glossary.candidates import candidates
from diptych.articles.translation_tools.glossary.models import Concept, Status
from tests.articles.side_by_side.screen import make_member
from tests.articles.translation_tools.glossary.entries import make_concept, stored
from tests.factories import make_article, make_author, make_topic
from tests.forms import form_values

GLOSSARY = "/admin/diptych/glossary/"
CANDIDATES = f"{GLOSSARY}candidates/"


def text_of(response):
    soup = BeautifulSoup(response.content, "lxml")
    return " ".join((soup.select_one("main") or soup).get_text(" ").split())


def add(client, **values):
    form = form_values(client.get(f"{GLOSSARY}new/").content.decode(), "w-editor-form")
    return client.post(f"{GLOSSARY}new/", {**form, **values}, follow=True)


def test_an_entry_is_written_found_changed_and_deleted(journal, translator):
    answer = add(
        translator,
        preferred_fr="fonds d’archives",
        preferred_en="records",
        allowed_en="archives\nholdings",
        forbidden_en="archival fonds",
        domain="Archives",
    )
    assert "fonds d’archives" in text_of(answer)
    concept = Concept.objects.get()
    assert stored(concept) == [
        ("en", "allowed", "archives"),
        ("en", "allowed", "holdings"),
        ("en", "forbidden", "archival fonds"),
        ("en", "preferred", "records"),
        ("fr", "preferred", "fonds d’archives"),
    ]
    assert "records; archives; holdings; ✗ archival fonds" in text_of(translator.get(GLOSSARY))
    assert "fonds" in text_of(translator.get(GLOSSARY, {"q": "HOLDINGS"}))
    assert "fonds" not in text_of(translator.get(f"{GLOSSARY}results/", {"q": "lake"}))
    edit = f"{GLOSSARY}edit/{concept.pk}/"
    form = form_values(translator.get(edit).content.decode(), "w-editor-form")
    assert form["allowed_en"].split() == ["archives", "holdings"]
    translator.post(edit, {**form, "allowed_en": "", "forbidden_en": ""})
    assert [each for each in stored(concept) if each[1] != "preferred"] == []
    answer = translator.post(f"{GLOSSARY}delete/{concept.pk}/", follow=True)
    assert "Glossary entry 'records' deleted." in text_of(answer)
    assert not Concept.objects.exists()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({}, "Write a term in one of the languages"),
        ({"preferred_en": "a", "allowed_en": "a"}, "stands in it twice"),
        ({"preferred_en": "a" * 201}, "at most 200 characters"),
        ({"allowed_en": "a" * 201}, "longer than 200 characters"),
        ({"preferred_en": "a\0"}, "Null characters are not allowed"),
    ],
    ids=["nothing", "twice", "long", "long line", "null"],
)
def test_what_is_no_entry_is_refused_in_words(journal, translator, values, reason):
    answer = add(translator, **values)
    assert (answer.status_code, reason in answer.content.decode()) == (200, True)
    assert not Concept.objects.exists()


def test_a_search_finds_an_entry_once_and_the_list_has_pages(journal, translator):
    make_concept(fr="lac", en=["lake", "lakes of the north"])
    for number in range(60):
        make_concept(fr=f"mot {number:02}", en=f"word {number:02}")
    assert text_of(translator.get(f"{GLOSSARY}results/", {"q": "lake"})).count("lac") == 1
    first, second = (text_of(translator.get(GLOSSARY, {"p": page})) for page in (1, 2))
    assert "word 05" in first and "word 59" not in first and "word 59" in second


def test_an_empty_list_says_so_in_words_of_its_own(journal, translator):
    assert "The glossary has no entry yet. Add the first" in text_of(translator.get(GLOSSARY))
    offered = BeautifulSoup(translator.get(GLOSSARY).content, "lxml")
    assert {f"{GLOSSARY}new/", CANDIDATES} <= {
        each.get("href") for each in offered.select("main a")
    }
    make_concept(fr="lac", en="lake")
    found = translator.get(f"{GLOSSARY}results/", {"q": "rien"})
    assert text_of(found) == "No entry has a term like that."


def test_the_list_costs_as_many_queries_for_many_entries(
    journal, translator, django_assert_max_num_queries
):
    for number in range(40):
        make_concept(fr=f"mot {number}", en=f"word {number}")
    translator.get(GLOSSARY)
    with django_assert_max_num_queries(25):
        translator.get(GLOSSARY)


def test_a_selection_fills_the_form(journal, translator):
    query = urlencode({"preferred_fr": "  fonds \n d’archives", "preferred_en": "x" * 500})
    form = form_values(translator.get(f"{GLOSSARY}new/?{query}").content.decode(), "w-editor-form")
    assert (form["preferred_fr"], len(form["preferred_en"])) == ("fonds d’archives", 200)


# Candidates


def test_candidates_are_searched_ticked_and_then_gone(journal, translator):
    make_topic(journal, "Climat", "Climate")
    author = make_author(journal)
    article = make_article(journal, authors=[author])
    article.authors.update(role_fr="Texte", role_en="Words")
    soup = BeautifulSoup(translator.get(CANDIDATES, {"q": "climat"}).content, "lxml")
    (row,) = soup.select("#diptych-candidates tbody tr")
    assert row.get_text(" ", strip=True) == "Climat Climate Topic"
    key = row.select_one("input")["value"]
    answer = translator.post(f"{CANDIDATES}?q=climat", {"candidate": [key, "none"]}, follow=True)
    assert "1 entry has been added" in answer.content.decode()
    assert stored(Concept.objects.get()) == [
        ("en", "preferred", "Climate"),
        ("fr", "preferred", "Climat"),
    ]
    assert "Nothing found for “climat”" in text_of(answer)
    assert "Words" in text_of(translator.get(CANDIDATES, {"q": "words"}))
    assert "Site text" in text_of(translator.get(CANDIDATES, {"q": "archive"}))


def test_nothing_ticked_adds_nothing(journal, translator):
    answer = translator.post(CANDIDATES, follow=True)
    assert "Nothing is ticked." in answer.content.decode()
    assert not Concept.objects.exists()


def test_there_are_never_more_candidates_on_a_screen_than_a_page_has(journal, translator):
    soup = BeautifulSoup(translator.get(CANDIDATES, {"p": "x"}).content, "lxml")
    assert 0 < len(soup.select("#diptych-candidates tbody tr")) <= 50


def test_no_candidate_shows_what_is_not_published(journal, client):
    make_topic(journal, "Gel tardif", "Late frost", live_in=("fr",))
    member = make_member(journal, "edit_fr")
    UserProfile.objects.create(user=member, preferred_language="en")
    client.force_login(member)
    assert "Late frost" not in client.get(CANDIDATES, {"q": "gel"}).content.decode()


# Permissions


ADDRESSES = ["", "results/", "new/", "candidates/", "import/", "export/csv/", "export/tbx/"]


@pytest.mark.parametrize(
    ("codenames", "status"), [((), 302), (("submit_fr",), 302), (("edit_en",), 200)]
)
def test_the_glossary_is_for_those_who_translate(journal, client, codenames, status):
    make_concept(fr="lac", en="lake")
    client.force_login(make_member(journal, *codenames))
    found = {each: client.get(f"{GLOSSARY}{each}").status_code for each in ADDRESSES}
    assert found == dict.fromkeys(ADDRESSES, status)
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (GLOSSARY in menu) == (status == 200)


def test_who_does_not_translate_adds_and_deletes_nothing(journal, client):
    concept = make_concept(fr="lac", en="lake")
    client.force_login(make_member(journal))
    client.post(f"{GLOSSARY}new/", {"preferred_en": "bank"})
    client.post(f"{GLOSSARY}edit/{concept.pk}/", {"preferred_en": "pond"})
    client.post(f"{GLOSSARY}delete/{concept.pk}/")
    content = base64.b64encode(zlib.compress(b"fr,en\nrive,bank\n")).decode()
    client.post(f"{GLOSSARY}import/", {"content": content})
    client.post(f"{GLOSSARY}candidates/", {"candidate": [each.key for each in candidates()]})
    assert [stored(each) for each in Concept.objects.all()] == [
        [("en", "preferred", "lake"), ("fr", "preferred", "lac")]
    ]


def test_an_unknown_format_is_not_there(journal, translator):
    assert translator.get(f"{GLOSSARY}export/doc/").status_code == 404
    assert Status.values == ["preferred", "allowed", "forbidden"]
