"""Two pages want one address: the one with text in the language has it, then the older one."""

import pytest
from django.core.exceptions import ValidationError

from diptych.articles.languages.publication.rebuilding import outdated_pages
from tests.articles.languages.editor import again, rows
from tests.factories import make_article, make_plain_page, paragraphs, publish_draft, write_draft


def english(page):
    return rows(page)["en"]


def test_a_page_without_text_borrows_its_slug_from_the_other_language(journal):
    page = make_article(journal, "Éléphant", None, live_in=["fr"])
    assert english(page) == ("/accueil/stories/elephant/", False)


def test_a_borrowed_slug_gives_way_to_a_page_with_text(journal, reader):
    borrower = make_article(journal, "Sport", None, live_in=["fr"])
    owner = make_article(journal, "Jeux", "Sport")
    assert english(owner) == ("/accueil/stories/sport/", True)
    assert english(borrower)[0] == f"/accueil/stories/sport-{borrower.pk}/"
    assert reader.get("/en/stories/sport/").status_code == 200
    assert reader.get("/fr/articles/sport/").status_code == 200
    assert outdated_pages() == []


def test_a_page_without_text_does_not_take_an_address_that_is_owned(journal):
    owner = make_article(journal, "Jeux", "Sport")
    borrower = make_article(journal, "Sport", None, live_in=["fr"])
    assert english(owner) == ("/accueil/stories/sport/", True)
    assert english(borrower) == ("/accueil/stories/sport-2/", False)


def test_what_stands_below_a_page_that_gives_way_follows_it(journal, reader):
    borrower = make_plain_page(journal, "Sport", None, live_in=["fr"])
    below = make_plain_page(journal, "Vélo", "Cycling", parent=borrower)
    assert below.url_in("en") == "/en/sport/cycling/"
    make_plain_page(journal, "Jeux", "Sport")
    below = again(below)
    assert below.url_in("en") == f"/en/sport-{borrower.pk}/cycling/"
    assert reader.get(below.url_in("en")).status_code == 200
    assert reader.get("/en/sport/cycling/").url == below.url_in("en")


def test_saving_the_page_that_gave_way_moves_nothing(journal):
    borrower = make_article(journal, "Sport", None, live_in=["fr"])
    owner = make_article(journal, "Jeux", "Sport")
    before = rows(borrower), rows(owner)
    publish_draft(borrower, lead_fr="Autre chapeau.")
    publish_draft(owner, lead_en="Another lead.")
    assert (rows(borrower), rows(owner)) == before


def test_the_page_that_gave_way_gets_an_address_of_its_own_with_its_text(journal):
    borrower = make_article(journal, "Sport", None, live_in=["fr"])
    make_article(journal, "Jeux", "Sport")
    write_draft(borrower, headline_en="Sport", lead_en="Lead.", body_en=paragraphs("Text."))
    borrower.publish_languages(["en"])
    assert english(borrower)[0] == "/accueil/stories/sport-2/"


def test_moving_in_code_onto_an_address_that_is_taken_numbers_the_slug(journal, reader):
    target = make_plain_page(journal, "Cible", "Target")
    make_plain_page(journal, "Autre", "Same", parent=target)
    page = make_plain_page(journal, "Page", "Same")
    page.move(again(target), pos="last-child")
    page = again(page)
    assert rows(page) == {
        "fr": ("/accueil/cible/page/", True),
        "en": ("/accueil/target/same-2/", True),
    }
    assert page.url_slug_en == "same-2"
    assert page.url_path == "/accueil/cible/page/"
    assert reader.get("/en/target/same-2/").status_code == 200
    assert outdated_pages() == []


def test_moving_in_code_onto_a_title_that_is_taken_leaves_no_half_moved_page(journal):
    target = make_plain_page(journal, "Cible", "Target")
    make_plain_page(journal, "Même", "Other", parent=target)
    page = make_plain_page(journal, "Même", "Page")
    before = rows(page)
    with pytest.raises(ValidationError, match="slug"):
        page.move(again(target), pos="last-child")
    page = again(page)
    assert page.get_parent().pk == journal.home.pk
    assert page.url_path == "/accueil/meme/"
    assert rows(page) == before
    assert outdated_pages() == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_admin_refuses_a_move_onto_an_address_that_is_taken(journal, admin, language):
    target = make_plain_page(journal, "Cible", "Target")
    headlines = {"fr": ("Même", "Other"), "en": ("Autre", "Same")}[language]
    make_plain_page(journal, *headlines, parent=target)
    page = make_plain_page(journal, "Même", "Same", parent=None)
    before = rows(page)
    admin.post(f"/admin/pages/{page.pk}/move/{target.pk}/confirm/")
    assert rows(page) == before
    assert page.get_parent() == journal.home.page_ptr


def test_publishing_a_draft_whose_address_was_taken_meanwhile_numbers_it(journal):
    page = make_article(journal, "Un", "One")
    write_draft(page, url_slug_en="wanted")
    make_article(journal, "Deux", "Wanted")
    page.get_latest_revision().publish()
    page = again(page)
    assert english(page) == ("/accueil/stories/wanted-2/", True)
    assert page.url_slug_en == "wanted-2"


def test_a_page_of_another_kind_keeps_the_address_it_has(journal):
    """Wagtail's own slug and ours may both be wanted by two pages; neither loses the other."""
    first = make_article(journal, "Un", "Deux")
    second = make_article(journal, None, "Un", live_in=["en"])
    assert (first.slug, second.slug) == ("un", "un-2")
    assert english(second) == ("/accueil/stories/un/", True)
    assert rows(first)["fr"] == ("/accueil/articles/un/", True)
