"""Headlines of every kind give addresses, or an error of the form, never a failure."""

import unicodedata

import pytest

from diptych.articles.languages.config.content import without_overrides
from tests.articles.languages.editor import PUBLISH, article_form, create, edit, errors, newest_page
from tests.factories import make_article
from tests.tiers import one_of

SLUGS = [
    ("L’été à Genève", "l-ete-a-geneve"),
    (unicodedata.normalize("NFD", "L’été à Genève"), "l-ete-a-geneve-2"),
    ("L'été à la mer", "l-ete-a-la-mer"),
    ("Ce qu’Édith n’a pas dit d'hier", "ce-qu-edith-n-a-pas-dit-d-hier"),
    ("China’s students don't wait", "chinas-students-dont-wait"),
    ("Œuvres & « cœurs »", "oeuvres-coeurs"),
    ("İstanbul’da ışık", "istanbulda-isik"),
    ("مرحبا بالعالم", "mrhb-bllm"),
    ("שלום עולם", "slvm-vlm"),
    ("Ελλάδα", "ellada"),
    ("Россия и Китай", "rossiya-i-kitay"),
    ("?!…", "articlepage"),
    ("—", "articlepage-2"),
    ("\u200b.", "articlepage-3"),
    ("2027", "2027"),
]


@pytest.mark.odd
def test_a_headline_in_any_script_gives_an_address(journal, admin, reader, subtests):
    for headline, slug in SLUGS:
        with subtests.test(headline=headline):
            form = article_form(headline, None, PUBLISH)
            assert create(admin, journal.articles, form).status_code == 302
            page = newest_page()
            assert page.headline_fr == headline
            assert page.url_slug_fr == slug
            assert reader.get(page.url_in("fr")).status_code == 200


def test_a_headline_of_emoji_gives_an_address_of_letters(journal, admin, reader):
    create(admin, journal.articles, article_form("🚀🎉", None, PUBLISH))
    page = newest_page()
    assert page.url_slug_fr.isascii()
    assert reader.get(page.url_in("fr")).status_code == 200


def test_two_headlines_of_punctuation_get_different_addresses(journal, admin):
    create(admin, journal.articles, article_form("?", None, PUBLISH))
    create(admin, journal.articles, article_form("!", None, PUBLISH))
    assert newest_page().url_slug_fr == "articlepage-2"


@pytest.mark.parametrize("headline", ["", "   ", "\u00a0"])
def test_an_empty_headline_is_an_error_of_the_form(journal, admin, headline):
    form = article_form(headline, None, PUBLISH)
    assert "headline_fr" in errors(create(admin, journal.articles, form))


def test_the_longest_headline_is_published_under_a_shorter_address(journal, admin, reader):
    headline = "mot " * 63 + "fin"
    assert len(headline) == 255
    assert (
        create(admin, journal.articles, article_form(headline, headline, PUBLISH)).status_code
        == 302
    )
    page = newest_page()
    assert page.title == headline
    assert len(page.url_slug_fr) <= 100
    assert not page.url_slug_fr.endswith("-")
    assert reader.get(page.url_in("fr")).status_code == 200


@pytest.mark.parametrize("button", one_of([PUBLISH, None], "rare"))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_headline_that_is_too_long_is_an_error_of_the_form(journal, admin, language, button):
    form = article_form("Court", "Short", button, **{f"headline_{language}": "x" * 300})
    assert list(errors(create(admin, journal.articles, form))) == [f"headline_{language}"]


@pytest.mark.parametrize(
    "slug", one_of(["avec espace", "x" * 151, "été", "a/b", "a.b", "?"], "odd")
)
def test_a_slug_that_cannot_stand_in_an_address_is_an_error_of_the_form(journal, admin, slug):
    page = make_article(journal)
    form = article_form("Titre", "Title", PUBLISH, url_slug_en=slug)
    assert list(errors(edit(admin, page, form))) == ["url_slug_en"]


def test_a_slug_that_was_emptied_is_made_anew_from_the_headline(journal, admin):
    page = make_article(journal, url_slug_fr="ancien", url_slug_en="old")
    edit(admin, page, article_form("Nouveau titre", "New title", PUBLISH))
    page.refresh_from_db()
    assert (page.slug, page.url_slug_fr, page.url_slug_en) == (
        "nouveau-titre",
        "nouveau-titre",
        "new-title",
    )


def test_a_headline_that_is_refused_is_not_called_missing(journal, admin):
    form = article_form("x" * 300, None, PUBLISH)
    assert len(errors(create(admin, journal.articles, form))["headline_fr"]) == 1


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\u00ad", "\u2060", "\u3164", "\u2800"])
def test_invisible_marks_are_no_text(mark):
    assert without_overrides(f" {mark} ") == ""
    assert without_overrides("a\u202eb\u2067c\u2069") == "ab\u2067c\u2069"
