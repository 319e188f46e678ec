"""Series: articles that are read one after the other."""

import pytest
from django.core.management import call_command
from django.test import Client

from diptych.articles.models import ArticlePage, SeriesPage
from tests.factories import make_article, make_page, make_topic, write_draft
from tests.reading import page_at, text_of


@pytest.fixture
def series(journal):
    return make_page(
        SeriesPage, journal.home, "Le gel", "The frost", description_en="Four winters."
    )


def parts(journal, series):
    """Four parts; the third is in French only, the last has no number."""
    for number, fr, en, live in (
        (2, "Février", "February", ("fr", "en")),
        (1, "Janvier", "January", ("fr", "en")),
        (3, "Mars", "March", ("fr",)),
        (None, "Suite", "More", ("fr", "en")),
    ):
        make_article(
            journal, fr, en, live_in=live, series=series, series_part=number, topics=[journal.topic]
        )


@pytest.fixture
def filled(journal, series):
    journal.topic = make_topic(journal)
    make_article(journal, "Autre", "Other", topics=[journal.topic])
    parts(journal, series)
    return journal


def headlines(page, selector):
    return [text_of(each) for each in page.select(selector)]


def test_the_page_of_a_series_has_its_parts_in_order(filled):
    page = page_at(Client(), "/fr/le-gel/")
    assert headlines(page, ".parts .card__headline") == ["Janvier", "Février", "Mars", "Suite"]
    page = page_at(Client(), "/en/the-frost/")
    assert headlines(page, ".parts .card__headline") == ["January", "February", "More"]
    assert "Four winters." in text_of(page) and "3 parts" in text_of(page)


def test_a_part_says_which_it_is_and_what_is_around_it(filled):
    page = page_at(Client(), "/en/stories/february/")
    box = page.select_one(".series")
    assert "The frost Part 2 of 3" in text_of(box.summary)
    assert headlines(box, "li") == ["January", "February", "More"]
    assert text_of(box.select_one("[aria-current]")) == "February"
    assert box.select_one(".series__page a")["href"] == "/en/the-frost/"
    assert [each["href"] for each in page.select(".neighbours a")] == [
        "/en/stories/january/",
        "/en/stories/more/",
    ]
    assert "Previous part" in text_of(page.select_one(".neighbours"))
    french = page_at(Client(), "/fr/articles/fevrier/").select(".series li a")
    assert [text_of(each) for each in french] == ["Janvier", "Mars", "Suite"]


@pytest.mark.rare
def test_parts_are_suggested_once_more_only_where_editors_pick_them(filled, series):
    picks = {each.headline_en: each for each in ArticlePage.objects.all()}
    chosen = [picks[name] for name in ("More", "Other", "January")]
    make_article(filled, "Avril", "April", series=series, picks=chosen)
    call_command("rebuild_related", verbosity=0)
    page = page_at(Client(), "/en/stories/april/")
    assert headlines(page, ".related .card__headline") == ["More", "Other", "January"]
    # The line of the part before gives way; the list of parts stays whole.
    assert not page.select(".neighbours")
    assert headlines(page, ".series li") == ["January", "February", "More", "April"]
    page = page_at(Client(), "/en/stories/february/")
    assert headlines(page, ".related .card__headline") == ["Other"]


def test_a_series_that_is_not_in_the_language_is_not_spoken_of(filled, series):
    SeriesPage.objects.get(pk=series.pk).unpublish_languages(["en"])
    page = page_at(Client(), "/en/stories/february/")
    assert not page.select(".series")
    assert "Previous in Climate" in text_of(page.select_one(".neighbours"))
    assert page_at(Client(), "/fr/articles/fevrier/").select(".series")
    page_at(Client(), "/en/the-frost/", status=404)


def test_a_series_without_parts_says_so(series):
    assert "No parts in this series yet." in text_of(page_at(Client(), "/en/the-frost/"))


def test_a_draft_is_no_part_and_a_deleted_series_leaves_its_articles(filled, series):
    article = ArticlePage.objects.get(headline_en="Other")
    write_draft(article, series=series)
    assert "Other" not in headlines(page_at(Client(), "/en/the-frost/"), ".parts .card__headline")
    SeriesPage.objects.get(pk=series.pk).delete()
    assert not page_at(Client(), "/en/stories/february/").select(".series")


@pytest.mark.rare
def test_editors_list_series_and_the_articles_of_one(filled, series, admin_client):
    listing = admin_client.get("/admin/diptych/series/").content.decode()
    assert "Le gel" in listing
    articles = admin_client.get(f"/admin/diptych/articles/?series={series.pk}").content.decode()
    assert "Janvier" in articles and "Autre" not in articles
