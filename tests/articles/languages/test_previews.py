"""What is being written is previewed in each language, by editors only."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset

from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import article_form, plain_form
from tests.factories import make_article, make_topic, sign_in, write_draft
from tests.tiers import one_of, one_row_of


def preview(client, address, form, mode):
    assert client.post(address, form).json()["is_valid"]
    return client.get(f"{address}?mode={mode}")


@pytest.mark.parametrize(
    ("mode", "wanted", "other"),
    one_row_of([("fr", "Brouillon", "Draft"), ("en", "Draft", "Brouillon")], "matrix"),
)
@pytest.mark.parametrize("interface", one_of(["fr", "en"], "matrix"))
def test_an_edit_is_previewed_in_the_language_asked_for(
    journal, client, interface, mode, wanted, other
):
    sign_in(client, language=interface)
    page = make_article(journal, "Éléphant", "Elephant")
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,))
    html = preview(client, address, article_form("Brouillon", "Draft"), mode).content.decode()
    assert f'<html lang="{mode}"' in html
    assert wanted in html
    assert other not in html


@pytest.mark.parametrize(("mode", "wanted"), [("fr", "Nouveau"), ("en", "New")])
def test_a_new_page_is_previewed_before_it_is_saved(journal, admin, mode, wanted):
    names = ("diptych", "articlepage", journal.articles.pk)
    address = reverse("wagtailadmin_pages:preview_on_add", args=names)
    form = article_form("Nouveau", "New")
    assert wanted in preview(admin, address, form, mode).content.decode()
    assert not ArticlePage.objects.exists()


def test_a_new_author_has_neither_written_nor_translated_anything(journal, admin):
    """Of the articles, most have no translator: they are nobody's."""
    make_article(journal, "Éléphant", "Elephant")
    names = ("diptych", "authorpage", journal.authors.pk)
    address = reverse("wagtailadmin_pages:preview_on_add", args=names)
    form = plain_form("Ada Blanc", "Ada Blanc", links=inline_formset([]))
    html = preview(admin, address, form, "en").content.decode()
    assert "Ada Blanc" in html and "Elephant" not in html


def test_the_preview_of_an_unwritten_language_says_so_and_shows_no_other(journal, admin):
    page = make_article(journal, "Éléphant", None, live_in=["fr"])
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,))
    response = preview(admin, address, article_form("Éléphant", None), "en")
    assert response.status_code == 200
    html = response.content.decode()
    assert '<html lang="en"' in html
    assert "Nothing is written in English yet" in html
    assert "Éléphant" not in html
    half_written = article_form("Éléphant", None, lead_en="A lead without a headline.")
    assert (
        "A lead without a headline." in preview(admin, address, half_written, "en").content.decode()
    )


def test_a_new_page_says_so_too(journal, admin):
    names = ("diptych", "articlepage", journal.articles.pk)
    address = reverse("wagtailadmin_pages:preview_on_add", args=names)
    form = article_form("Seulement en français")
    html = preview(admin, address, form, "en").content.decode()
    assert "Nothing is written in English yet" in html
    assert "Seulement en français" not in html


def test_an_unknown_mode_previews_the_source_language(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    address = reverse("wagtailadmin_pages:preview_on_edit", args=(page.pk,))
    assert admin.post(address, article_form("Brouillon", "Draft")).json()["is_valid"]
    response = admin.get(f"{address}?mode=de")
    assert response.status_code in (200, 403, 404)
    assert ArticlePage(source_language="en").default_preview_mode == "en"
    only_french = ArticlePage(source_language="en", headline_fr="Éléphant")
    assert only_french.default_preview_mode == "fr"


@pytest.mark.parametrize(("mode", "wanted"), [("fr", "Brouillon"), ("en", "Draft")])
def test_the_saved_draft_is_shown_in_each_language(journal, admin, mode, wanted):
    page = make_article(journal, "Éléphant", "Elephant")
    write_draft(page, headline_fr="Brouillon", headline_en="Draft")
    address = reverse("wagtailadmin_pages:view_draft", args=(page.pk,))
    assert wanted in admin.get(f"{address}?mode={mode}").content.decode()


def test_an_old_version_is_shown_in_each_language(journal, admin):
    page = make_article(journal, "Éléphant", "Elephant")
    first = page.latest_revision
    write_draft(page, headline_fr="Brouillon", headline_en="Draft")
    address = reverse("wagtailadmin_pages:revisions_view", args=(page.pk, first.pk))
    assert "Elephant" in admin.get(f"{address}?mode=en").content.decode()
    assert "Éléphant" in admin.get(f"{address}?mode=fr").content.decode()


def test_a_draft_is_shown_to_nobody_without_permission(journal, client, reader):
    page = make_article(journal, "Éléphant", "Elephant", live_in=[])
    address = reverse("wagtailadmin_pages:view_draft", args=(page.pk,))
    assert "login" in reader.get(address).url
    sign_in(client, "reader")
    response = client.get(address)
    assert response.status_code in (302, 403)
    assert b"Elephant" not in response.content


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_live_is_shown_in_the_admin_without_its_draft(journal, admin, language):
    page = make_article(journal, "Éléphant", "Elephant")
    write_draft(page, headline_fr="Brouillon", headline_en="Draft")
    html = admin.get(page.url_in(language)).content.decode()
    assert {"fr": "Éléphant", "en": "Elephant"}[language] in html
    assert "Draft" not in html
    assert "Brouillon" not in html


@pytest.mark.parametrize("days", one_of([-2, 2], "rare"))
def test_a_preview_with_another_date_does_not_lead_to_the_article_itself(journal, days):
    topics = [make_topic(journal)]
    page = make_article(journal, topics=topics)
    other = make_article(journal, "Autre", "Other", topics=topics)
    page = ArticlePage.objects.get(pk=page.pk)
    page.publication_date = timezone.now() + timedelta(days=days)
    response = page.make_preview_request(preview_mode="en")
    document = BeautifulSoup(response.content, "html.parser")
    links = [link["href"] for link in document.select(".neighbours a")]
    assert links == [other.url_in("en")]
