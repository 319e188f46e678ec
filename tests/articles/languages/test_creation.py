"""A page is written and published by editors whose interface speaks either language."""

import pytest
from django.utils import translation

from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import (
    PUBLISH,
    PUBLISH_BOTH,
    PUBLISH_ENGLISH,
    PUBLISH_FRENCH,
    article_form,
    create,
    draft_of,
    edit,
    errors,
    live_in,
    newest_page,
    rows,
)
from tests.factories import make_article, make_page, make_plain_page, sign_in
from tests.tiers import one_of

BOTH_INTERFACES = pytest.mark.parametrize("interface", ["fr", "en"])


@BOTH_INTERFACES
def test_title_and_address_are_those_of_the_source_whatever_the_interface(
    journal, client, interface
):
    sign_in(client, language=interface)
    create(client, journal.articles, article_form("Éléphant", "Elephant", PUBLISH_BOTH))
    page = newest_page()
    assert (page.title, page.draft_title, page.slug) == ("Éléphant", "Éléphant", "elephant")
    assert page.url_path == "/accueil/articles/elephant/"
    assert rows(page) == {
        "fr": ("/accueil/articles/elephant/", True),
        "en": ("/accueil/stories/elephant/", True),
    }


@BOTH_INTERFACES
def test_saving_again_moves_nothing_whatever_the_interface(journal, client, interface):
    page = make_article(journal, "Éléphant", "Elephant")
    before = (page.title, page.slug, page.url_path, rows(page))
    sign_in(client, language=interface)
    edit(client, page, article_form("Éléphant", "Elephant", PUBLISH, lead_en="Changed."))
    with translation.override(interface):
        ArticlePage.objects.get(pk=page.pk).save()
    page = ArticlePage.objects.get(pk=page.pk)
    assert page.lead_en == "Changed."
    assert (page.title, page.slug, page.url_path, rows(page)) == before


@BOTH_INTERFACES
@pytest.mark.parametrize("button", [PUBLISH, PUBLISH_ENGLISH])
def test_an_article_in_english_alone_is_published_from_either_interface(
    journal, client, interface, button
):
    sign_in(client, language=interface)
    response = create(client, journal.articles, article_form(None, "Only here", button))
    assert response.status_code == 302
    page = newest_page()
    assert (page.title, page.slug) == ("Only here", "only-here")
    assert page.live_languages == ["en"]


def test_the_title_is_that_of_a_source_language_chosen_by_the_editor(journal, admin):
    form = article_form("Éléphant", "Elephant", PUBLISH, source_language="en")
    create(admin, journal.articles, form)
    page = newest_page()
    assert (page.title, page.slug, page.live_languages) == ("Elephant", "elephant", ["en"])


def test_the_title_becomes_french_when_the_french_text_is_added_later(journal, admin):
    page = make_article(journal, None, "Elephant", live_in=["en"])
    edit(admin, page, article_form("Éléphant", "Elephant", PUBLISH_BOTH))
    page.refresh_from_db()
    assert (page.title, page.slug) == ("Éléphant", "elephant")
    assert rows(page)["en"] == ("/accueil/stories/elephant/", True)


def test_a_slug_may_be_the_same_in_two_languages_of_different_pages(journal, admin):
    make_article(journal, "Un", "One", url_slug_fr="premier", url_slug_en="first")
    slugs = {"url_slug_fr": "first", "url_slug_en": "premier"}
    response = create(admin, journal.articles, article_form("Deux", "Two", PUBLISH_BOTH, **slugs))
    assert response.status_code == 302
    assert rows(newest_page()) == {
        "fr": ("/accueil/articles/first/", True),
        "en": ("/accueil/stories/premier/", True),
    }


@pytest.mark.parametrize("button", one_of([PUBLISH_BOTH, None, PUBLISH, PUBLISH_FRENCH], "rare"))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_slug_taken_in_its_language_is_an_error_of_the_form(journal, admin, language, button):
    make_article(journal, "Un", "One", url_slug_fr="premier", url_slug_en="first")
    taken = {"fr": {"url_slug_fr": "premier"}, "en": {"url_slug_en": "first"}}[language]
    form = article_form("Deux", "Two", button, **taken)
    response = create(admin, journal.articles, form)
    assert list(errors(response)) == [f"url_slug_{language}"]


def test_a_slug_taken_by_a_draft_is_an_error_of_the_form(journal, admin):
    make_article(journal, "Un", "One", live_in=[], url_slug_en="first")
    form = article_form("Deux", "Two", PUBLISH, url_slug_en="first")
    assert list(errors(create(admin, journal.articles, form))) == ["url_slug_en"]


def test_a_page_may_keep_its_own_slugs(journal, admin):
    page = make_article(journal, "Un", "One", url_slug_fr="premier", url_slug_en="first")
    slugs = {"url_slug_fr": "premier", "url_slug_en": "first"}
    response = edit(admin, page, article_form("Un bis", "One more", PUBLISH, **slugs))
    assert response.status_code == 302


def test_a_slug_taken_elsewhere_in_the_tree_is_free(journal, admin):
    make_plain_page(journal, "Un", "One", url_slug_fr="premier", url_slug_en="first")
    form = article_form("Deux", "Two", PUBLISH, url_slug_fr="premier", url_slug_en="first")
    assert create(admin, journal.articles, form).status_code == 302


def test_a_slug_filled_in_from_the_headline_that_is_taken_gets_a_number(journal, admin):
    make_article(journal, "Lac", "Lake")
    page = make_article(journal, "Lac", None, live_in=[])
    for button in (None, None, PUBLISH_BOTH):
        form = article_form("Lac", "Lake", button, url_slug_fr="lac", url_slug_en="lake")
        assert edit(admin, page, form).status_code == 302
        draft = draft_of(page)
        assert (draft.url_slug_fr, draft.url_slug_en) == ("lac-2", "lake-2")


def test_a_taken_slug_for_a_live_language_is_an_error_whatever_the_headline(journal, admin):
    make_article(journal, "Lac", "Lake")
    page = make_article(journal, "Lac", "Lake", url_slug_fr="eau", url_slug_en="water")
    form = article_form("Lac", "Lake", url_slug_fr="eau", url_slug_en="lake")
    assert list(errors(edit(admin, page, form))) == ["url_slug_en"]


def test_equal_headlines_get_numbered_slugs_in_each_language(journal, admin):
    make_article(journal, "Lac", "Lake")
    create(admin, journal.articles, article_form("Lac", "Lake", PUBLISH_BOTH))
    page = newest_page()
    assert (page.slug, page.url_slug_fr, page.url_slug_en) == ("lac-2", "lac-2", "lake-2")


def test_a_slug_is_not_the_translation_of_a_sibling_by_accident(journal, admin):
    """An English-only page whose slug is the French slug of another keeps it in English."""
    make_article(journal, "Sport", "Games")
    create(admin, journal.articles, article_form(None, "Sport", PUBLISH))
    page = newest_page()
    assert rows(page)["en"] == ("/accueil/stories/sport/", True)
    assert page.slug == "sport-2"


def test_a_draft_needs_one_headline_in_any_language(journal, admin):
    assert list(errors(create(admin, journal.articles, article_form()))) == ["headline_fr"]
    assert create(admin, journal.articles, article_form(None, "Alone")).status_code == 302


@pytest.mark.parametrize("button", one_of([PUBLISH_BOTH, PUBLISH, PUBLISH_FRENCH], "rare"))
def test_publishing_names_what_is_missing_in_the_languages_it_publishes(journal, admin, button):
    form = article_form("Éléphant", "Elephant", button, lead_fr="", lead_en="")
    wanted = ["lead_fr", "lead_en"] if button == PUBLISH_BOTH else ["lead_fr"]
    assert list(errors(create(admin, journal.articles, form))) == wanted


def test_publishing_a_language_without_headline_is_an_error_of_the_form(journal, admin):
    response = create(admin, journal.articles, article_form("Éléphant", None, PUBLISH_ENGLISH))
    assert "headline_en" in errors(response)


def test_a_page_made_in_code_from_its_headlines_alone_gets_addresses(journal):
    page = make_page(ArticlePage, journal.articles, "Éléphant", "Elephant", live_in=[])
    assert rows(page) == {
        "fr": ("/accueil/articles/elephant/", False),
        "en": ("/accueil/stories/elephant/", False),
    }
    assert live_in(page) == []


GIVEN = [
    ({"title": "Title"}, ("Title", "title")),
    ({"title": "Title", "slug": "given"}, ("Title", "given")),
    ({"title": "Title", "headline_fr": "Headline"}, ("Headline", "headline")),
    ({"title": "Title", "headline_fr": "Headline", "slug": "given"}, ("Headline", "given")),
    ({"headline_fr": "Headline", "url_slug_fr": "ours", "slug": "given"}, ("Headline", "ours")),
    ({"title": "Title", "url_slug_fr": "ours", "slug": "given"}, ("Title", "ours")),
    ({"title": "Headline", "headline_fr": "Headline"}, ("Headline", "headline")),
]


@pytest.mark.parametrize(("given", "result"), GIVEN)
def test_in_code_a_headline_and_a_slug_of_the_language_win_over_the_plain_ones(
    journal, given, result
):
    page = journal.articles.add_child(instance=ArticlePage(live=False, **given))
    page = ArticlePage.objects.get(pk=page.pk)
    assert (page.headline_fr, page.url_slug_fr) == result
    assert (page.title, page.slug) == result
