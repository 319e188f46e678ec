"""When a page went live and when it was updated: per language, and only for real changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import PUBLISH, PUBLISH_BOTH, PUBLISH_FRENCH, edit, plain_form
from tests.factories import make_article, make_plain_page, paragraphs, publish_draft, write_draft


def dates(page):
    page = type(page).objects.get(pk=page.pk)
    return {
        "fr": (page.first_public_at_fr, page.updated_at_fr),
        "en": (page.first_public_at_en, page.updated_at_en),
    }


def test_a_draft_has_no_dates(journal):
    page = make_article(journal, live_in=[])
    assert dates(page) == {"fr": (None, None), "en": (None, None)}


def test_a_language_has_the_date_of_its_own_publication(journal):
    page = make_article(journal, live_in=["fr"])
    first, updated = dates(page)["fr"]
    assert first is not None
    assert updated is None
    assert dates(page)["en"] == (None, None)
    page.publish_languages(["en"])
    assert dates(page)["fr"] == (first, None)
    assert dates(page)["en"][0] > first


def test_a_change_of_the_text_is_an_update_of_its_language_only(journal):
    page = make_article(journal)
    before = dates(page)
    publish_draft(page, lead_fr="Autre chapeau.")
    assert dates(page)["fr"][0] == before["fr"][0]
    assert dates(page)["fr"][1] > before["fr"][0]
    assert dates(page)["en"] == before["en"]


@pytest.mark.parametrize(
    "change",
    [
        {"headline_en": "Other"},
        {"lead_en": "Other."},
        {"body_en": paragraphs("Other.")},
        {"hero_caption_en": "Other."},
    ],
)
def test_what_readers_read_counts_as_an_update(journal, change):
    page = make_article(journal)
    publish_draft(page, **change)
    assert dates(page)["en"][1] is not None
    assert dates(page)["fr"][1] is None


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"url_slug_en": "other"},
        {"meta_title_en": "Other"},
        {"meta_description_en": "Other."},
        {"publication_date": timezone.now()},
        {"show_in_menus": True},
        {"source_language": "en"},
    ],
)
def test_what_readers_do_not_read_is_no_update(journal, change):
    page = make_article(journal)
    publish_draft(page, **change)
    assert dates(page)["en"][1] is None
    assert dates(page)["fr"][1] is None


def test_publishing_the_same_text_again_is_no_update(journal, admin):
    page = make_plain_page(journal, "À propos", "About")
    for button in (PUBLISH, PUBLISH_FRENCH, PUBLISH_BOTH):
        edit(admin, page, plain_form("À propos", "About", button))
    assert dates(page)["fr"][1] is None
    assert dates(page)["en"][1] is None


def test_a_draft_is_no_update(journal):
    page = make_article(journal)
    write_draft(page, headline_en="Draft")
    assert dates(page)["en"][1] is None


def test_a_language_held_back_is_not_updated(journal):
    page = make_article(journal)
    write_draft(page, headline_fr="Deux", headline_en="Draft")
    page.publish_languages(["fr"])
    assert dates(page)["fr"][1] is not None
    assert dates(page)["en"][1] is None


def test_coming_back_keeps_the_first_date_and_is_no_update(journal):
    page = make_article(journal)
    before = dates(page)
    page.unpublish_languages(["en"])
    page.publish_languages(["en"])
    assert dates(page) == before
    page.unpublish()
    page.publish_languages(["fr", "en"])
    assert dates(page) == before


def test_an_old_version_brings_back_no_old_dates(journal):
    page = make_article(journal)
    first = page.latest_revision
    publish_draft(page, headline_en="Other")
    before = dates(page)
    first.publish()
    assert dates(page)["en"][0] == before["en"][0]
    assert dates(page)["en"][1] >= before["en"][1]


def test_the_date_printed_is_that_of_the_language_unless_one_is_chosen(journal):
    page = make_article(journal, live_in=["fr"])
    page.publish_languages(["en"])
    page = ArticlePage.objects.get(pk=page.pk)
    assert page.published_at == page.first_public_at_fr
    chosen = timezone.now() - timedelta(days=9)
    publish_draft(page, publication_date=chosen)
    assert ArticlePage.objects.get(pk=page.pk).published_at == chosen
