"""A page type of a project that inherits from the article."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override
from myapp.models import ReviewPage
from wagtail.test.utils.form_data import inline_formset

from diptych.articles.languages.bin.restoring import restore_from_bin
from diptych.articles.languages.models import DeletedPage
from diptych.articles.lists.article_lists import ArticleList
from tests.articles.languages.caches import read_by_somebody, recorded_for
from tests.articles.languages.editor import (
    PUBLISH_BOTH,
    PUBLISH_ENGLISH,
    article_form,
    create,
    edit,
    newest_page,
)
from tests.factories import make_page, paragraphs

TEXTS = {"lead_fr": "Un chapeau.", "lead_en": "A lead."}


@pytest.fixture
def review(journal):
    return make_page(
        ReviewPage,
        journal.articles,
        "Un roman du lac",
        "A novel of the lake",
        **TEXTS,
        body_fr=paragraphs("Le texte."),
        body_en=paragraphs("The text."),
        stars=4,
        verdict_fr="À lire.",
        verdict_en="Read it.",
    )


def review_form(press, **values):
    """The posted form of a review whose source is English, as the first language is here."""
    values = {"source_language": "en", "stars": "4", "sponsors": inline_formset([]), **values}
    return article_form("Un", "One", press, **values)


def get(client, name, *arguments, language="fr", **parameters):
    with override(language):
        response = client.get(reverse(name, args=arguments), parameters)
    assert response.status_code == 200
    return response.content.decode()


def test_it_is_made_in_the_editor_below_the_list_of_articles(admin, journal):
    html = admin.get(reverse("wagtailadmin_pages:add_subpage", args=[journal.articles.pk]))
    assert "/myapp/reviewpage/" in html.content.decode()
    form = review_form(PUBLISH_BOTH, verdict_fr="À lire.", verdict_en="Read it.")
    create(admin, journal.articles, form, ReviewPage)
    page = newest_page()
    assert isinstance(page, ReviewPage)
    assert (page.stars, page.verdict_fr, page.verdict_en) == (4, "À lire.", "Read it.")
    assert page.live_languages == ["en", "fr"]


def test_it_is_translated_beside_its_source(admin, review):
    html = admin.get(reverse("diptych_translate", args=[review.pk, "fr"])).content.decode()
    assert 'name="verdict_fr"' in html
    assert "Read it." in html


def test_it_stands_where_articles_stand(client, journal, review):
    assert "Un roman du lac" in client.get(review.url_in("fr")).content.decode()
    for page in (journal.home, journal.articles):
        assert "Un roman du lac" in client.get(page.url_in("fr")).content.decode()
    assert [each.pk for each in ArticleList("fr", journal.articles.pk)[:9]] == [review.pk]
    assert "Un roman du lac" in get(client, "diptych_feed_rss")
    assert "a-novel-of-the-lake" in client.get("/sitemap.xml").content.decode()


def test_it_is_found_by_its_own_words_too(client, review):
    english = get(client, "diptych_search", language="en", q="novel")
    assert "A novel of the lake" in strip_tags(english)
    assert "Un roman du lac" in strip_tags(get(client, "diptych_search", q="lire"))


def test_the_api_has_it(client, review):
    assert "Un roman du lac" in get(client, "diptych_api:articles:listing")
    assert "Le texte." in get(client, "diptych_api:articles:detail", review.pk)


def test_lists_of_editors_have_it(admin, review):
    html = admin.get("/admin/diptych/articles/", follow=True).content.decode()
    assert "A novel of the lake" in html


def test_what_shows_it_is_purged(review, monkeypatch):
    with override("fr"):
        detail = reverse("diptych_api:articles:detail", args=[review.pk])
    read_by_somebody(monkeypatch, review.url_in("fr"), detail)
    assert recorded_for(f"page:{review.pk}") == {review.url_in("fr"), detail}
    assert recorded_for("list:fr") == {review.url_in("fr"), detail}


def test_one_language_is_published_at_a_time(admin, client, review):
    form = review_form(PUBLISH_ENGLISH, verdict_fr="Neuf.", verdict_en="New.")
    edit(admin, review, form)
    public = ReviewPage.objects.get(pk=review.pk)
    assert (public.verdict_fr, public.verdict_en) == ("À lire.", "New.")
    assert public.get_latest_revision_as_object().verdict_fr == "Neuf."


def test_it_goes_to_the_bin_and_comes_back(admin, review):
    admin.post(reverse("wagtailadmin_pages:delete", args=[review.pk]))
    assert not ReviewPage.objects.exists()
    restore_from_bin(DeletedPage.objects.get().key)
    page = ReviewPage.objects.get()
    assert (page.verdict_fr, page.live_languages) == ("À lire.", ["en", "fr"])


def test_it_is_copied(admin, review):
    copied = review.copy(update_attrs={"slug": "copy"})
    assert ReviewPage.objects.get(pk=copied.pk).verdict_en == "Read it."
