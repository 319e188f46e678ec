"""Addresses that are taken in the same instant, numbered, or too long to be stored."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.rebuilding import outdated_pages
from tests.articles.languages.editor import (
    PUBLISH_BOTH,
    again,
    article_form,
    create,
    edit,
    errors,
    newest_page,
    plain_form,
    rows,
)
from tests.factories import make_article, make_plain_page, publish_draft, sign_in

TOO_LONG = "With the pages above it, this address is too long in %(language)s."


@pytest.fixture
def quicker(journal):
    """Somebody takes an English address as soon as it has been found to be free."""
    other = make_article(journal, "Autre", "Other")

    def wrapper_for(address):
        left = [address]

        def wrapper(execute, sql, params, many, context):
            result = execute(sql, params, many, context)
            if address in (params or ()) and sql.startswith("SELECT") and left:
                left.clear()
                row = PageLanguage.objects.filter(page=other, language="en")
                row.update(slug="taken", url_path=address)
            return result

        return connection.execute_wrapper(wrapper)

    return wrapper_for


def test_of_two_that_publish_one_address_at_once_one_gets_a_number(journal, admin, quicker):
    with quicker("/accueil/stories/wanted/"):
        response = create(admin, journal.articles, article_form("Voulu", "Wanted", PUBLISH_BOTH))
    assert response.status_code == 302
    page = newest_page()
    assert rows(page)["en"] == ("/accueil/stories/wanted-2/", True)
    assert page.url_slug_en == "wanted-2"


def test_the_one_that_is_renamed_at_the_same_time_gets_a_number(journal, admin, reader, quicker):
    page = make_article(journal, "Un", "One")
    form = article_form("Un", "One", PUBLISH_BOTH, url_slug_en="wanted")
    with quicker("/accueil/stories/wanted/"):
        assert edit(admin, page, form).status_code == 302
    assert again(page).url_slug_en == "wanted-2"
    assert reader.get("/en/stories/one/").url == "/en/stories/wanted-2/"


@pytest.mark.rare
def test_column_and_table_agree_when_an_old_request_is_published_again(journal):
    page = make_article(journal, "Un", "One")
    make_article(journal, "Deux", "Wanted")
    for headline in ("One", "One again"):
        publish_draft(page, headline_en=headline, url_slug_en="wanted")
        page = again(page)
        assert rows(page)["en"] == ("/accueil/stories/wanted-2/", True)
        assert page.url_slug_en == "wanted-2"


@pytest.mark.parametrize("length", [149, 150])
def test_a_numbered_slug_is_no_longer_than_its_column(journal, length):
    slug = "a" * length
    first = make_article(journal, "Un", "One", url_slug_en=slug)
    second = make_article(journal, "Deux", "Two", url_slug_en=slug)
    third = make_article(journal, "Trois", "Three")
    publish_draft(third, url_slug_en=slug)
    assert first.url_slug_en == slug
    assert second.url_slug_en == "a" * 148 + "-2"
    assert again(third).url_slug_en == "a" * 148 + "-3"
    assert rows(third)["en"] == (f"/accueil/stories/{'a' * 148}-3/", True)
    assert outdated_pages() == []


@pytest.fixture
def deep(journal):
    """The last of six sections below each other, whose English address has 920 characters."""
    section = journal.home
    for number in range(6):
        section = make_plain_page(
            journal,
            f"Niveau {number}",
            f"Level {number}",
            parent=section,
            url_slug_en=f"{number}" + "a" * 149,
        )
    return section


def test_an_address_that_is_too_long_is_an_error_of_the_form(deep, client):
    sign_in(client, "admin", language="fr")
    form = plain_form("Bas", "Down", PUBLISH_BOTH, url_slug_en="b" * 90)
    said = errors(create(client, deep, form, model=type(deep)))
    with translation.override("fr"):
        words = translation.gettext(TOO_LONG) % {"language": "anglais"}
    assert said["url_slug_en"] == [words]
    assert "url_slug_fr" not in said
    form = plain_form("Bas", "Down", PUBLISH_BOTH, url_slug_en="b" * 30)
    assert create(client, deep, form, model=type(deep)).status_code == 302


def test_a_headline_that_makes_the_address_too_long_is_an_error_as_well(deep, admin):
    form = plain_form("Bas", " ".join(["down"] * 20), PUBLISH_BOTH)
    said = errors(create(admin, deep, form, model=type(deep)))
    assert said["url_slug_en"] == [TOO_LONG % {"language": "English"}]


def test_renaming_a_section_heeds_what_stands_below_it(journal, deep, admin):
    section = make_plain_page(journal, "Un", "One")
    top = again(deep).get_ancestors()[2].specific
    top.move(section, pos="last-child")
    long = plain_form("Un", "One", PUBLISH_BOTH, url_slug_en="c" * 120)
    said = errors(edit(admin, section, long))
    assert said["url_slug_en"] == [TOO_LONG % {"language": "English"}]
    short = plain_form("Un", "One", PUBLISH_BOTH, url_slug_en="c" * 40)
    assert edit(admin, section, short).status_code == 302


def test_a_move_that_makes_an_address_too_long_is_refused(journal, deep, admin):
    page = make_plain_page(journal, "Un", "One", url_slug_en="d" * 100)
    before = rows(page)
    address = reverse("wagtailadmin_pages:move_confirm", args=(page.pk, deep.pk))
    admin.post(address)
    assert rows(page) == before
    assert again(page).get_parent().pk == journal.home.pk


def test_a_copy_whose_address_would_be_too_long_is_refused(journal, deep, admin):
    page = make_plain_page(journal, "Un", "One")
    posted = {
        "new_headline_fr": "Copie",
        "new_slug_fr": "copie",
        "new_headline_en": "Copy",
        "new_slug_en": "e" * 100,
        "new_parent_page": deep.pk,
    }
    said = errors(admin.post(reverse("wagtailadmin_pages:copy", args=(page.pk,)), posted))
    assert said == {"new_slug_en": [TOO_LONG % {"language": "English"}]}
