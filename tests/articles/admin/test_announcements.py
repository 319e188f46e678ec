"""After publishing, the editor reads in which languages the page has been published."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages as admin_messages

from diptych.articles.languages.admin.publishing.confirmation import question_url
from tests.articles.admin.html import LIST, messages, soup
from tests.articles.languages.editor import (
    PUBLISH,
    PUBLISH_BOTH,
    PUBLISH_ENGLISH,
    PUBLISH_FRENCH,
    article_form,
    create,
    edit,
)
from tests.factories import make_article, sign_in, write_draft
from tests.tiers import one_of


def read(client, response):
    """What the next page says after ``response``."""
    assert response.status_code == 302
    return client.get(response["Location"])


@pytest.mark.parametrize(
    ("live_in", "button", "languages"),
    [
        ((), PUBLISH_BOTH, "French and English"),
        (("fr", "en"), PUBLISH_FRENCH, "French"),
        pytest.param(("en",), PUBLISH, "English", marks=pytest.mark.rare),
        pytest.param((), PUBLISH_FRENCH, "French", marks=pytest.mark.rare),
        pytest.param(("fr",), PUBLISH_ENGLISH, "English", marks=pytest.mark.rare),
        pytest.param(("fr", "en"), PUBLISH, "French and English", marks=pytest.mark.rare),
    ],
)
def test_the_languages_that_have_been_published_are_named(
    journal, admin, live_in, button, languages
):
    page = make_article(journal, "Titre", "Title", live_in)
    response = read(admin, edit(admin, page, article_form("Titre", "Title", button)))
    assert messages(response)[0] == f"The page is now live in {languages}: Titre"
    assert "has been published" not in " ".join(messages(response))


@pytest.mark.rare
def test_a_new_page_says_it_too_with_a_link_to_each_language(journal, admin):
    response = create(admin, journal.articles, article_form("Titre", "Title", PUBLISH_BOTH))
    page = soup(read(admin, response))
    links = {each.get_text(strip=True): each["href"] for each in page.select(".messages a")}
    assert links["View in French"] == "/fr/articles/titre/"
    assert links["View in English"] == "/en/stories/title/"


def test_only_what_has_been_published_has_a_link(journal, admin):
    page = make_article(journal, "Titre", "Title")
    response = read(admin, edit(admin, page, article_form("Titre", "Title", PUBLISH_FRENCH)))
    links = [each.get_text(strip=True) for each in soup(response).select(".messages a")]
    assert links == ["View in French"]


# Where one is then


def test_one_stays_in_the_article_at_the_tab_of_the_language(journal, admin):
    page = make_article(journal, "Titre", "Title")
    editor = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    response = edit(admin, page, article_form("Titre", "New title", PUBLISH_ENGLISH))
    assert response["Location"] == f"{editor}#tab-english"
    response = edit(admin, page, article_form("Titre neuf", "Title again", PUBLISH_BOTH))
    assert response["Location"] == editor
    response = create(admin, journal.articles, article_form("Autre", "Other", PUBLISH_FRENCH))
    assert re.fullmatch(r"/admin/pages/\d+/edit/#tab-francais", response["Location"])


def test_one_returns_to_the_list_one_came_from_as_it_was_filtered(journal, admin):
    page = make_article(journal, "Titre", "Title")
    filters = {"q": "titre", "ordering": "-title"}
    listed = soup(admin.get(LIST, filters)).select_one("td.title a")["href"]
    back = f"{LIST}?{urlencode(filters)}"
    assert parse_qs(urlsplit(listed).query) == {"next": [back]}
    assert soup(admin.get(listed)).select_one("input[name=next]")["value"] == back
    form = article_form("Titre neuf", "Title", PUBLISH_FRENCH, next=back)
    response = edit(admin, page, form)
    assert response["Location"] == back
    links = [each.get_text(strip=True) for each in soup(admin.get(back)).select(".messages a")]
    assert links == ["View in French", "Edit"]


@pytest.mark.rare
def test_no_other_site_is_led_to(journal, admin):
    page = make_article(journal, "Titre", "Title")
    form = article_form("Neuf", "Title", PUBLISH_FRENCH, next="https://elsewhere.example/")
    assert edit(admin, page, form)["Location"].startswith("/admin/pages/")
    address = question_url(page.pk, ["fr"], "https://elsewhere.example/")
    assert "elsewhere" not in admin.post(address)["Location"]


@pytest.mark.rare
def test_a_refusal_and_a_question_still_lead_back(journal, admin):
    page = make_article(journal, "Titre", "Title")
    form = article_form("Titre", "Title", PUBLISH_FRENCH, lead_fr="", next=LIST)
    refused = soup(edit(admin, page, form))
    assert refused.select_one("input[name=next]")["value"] == LIST
    write_draft(page, headline_fr="Encore", lead_fr="Un.")
    address = question_url(page.pk, ["fr"], LIST)
    cancel = soup(admin.get(address)).select_one("a.button-secondary")["href"]
    assert parse_qs(urlsplit(cancel).query) == {"next": [LIST]}
    assert admin.post(address)["Location"] == LIST


@pytest.mark.rare
def test_what_waits_as_a_draft_is_said(journal, admin):
    page = make_article(journal, "Titre", "Title")
    write_draft(page, headline_en="Not yet")
    response = edit(admin, page, article_form("Titre neuf", "Not yet", PUBLISH_FRENCH))
    said = messages(read(admin, response))
    assert "Unpublished changes in English are kept as a draft." in " ".join(said)


@pytest.mark.rare
def test_a_scheduled_page_names_the_languages_of_that_day(journal, admin):
    tomorrow = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    page = make_article(journal, "Titre", "Title", live_in=())
    form = article_form("Titre", "Title", PUBLISH_BOTH, go_live_at=tomorrow)
    said = messages(read(admin, edit(admin, page, form)))
    assert said[0] == "The page is scheduled, and will then be live in French and English: Titre"


@pytest.mark.rare
def test_in_the_language_of_the_interface(journal, client):
    sign_in(client, language="fr")
    page = make_article(journal, "Titre", "Title")
    response = edit(client, page, article_form("Titre", "Title", PUBLISH_BOTH))
    said = " ".join(messages(read(client, response)))
    assert "en ligne en français et en anglais : Titre" in said


@pytest.mark.rare
def test_a_draft_announces_nothing(journal, admin):
    page = make_article(journal, "Titre", "Title", live_in=())
    response = edit(admin, page, article_form("Titre", "Title"))
    assert "live" not in " ".join(messages(read(admin, response)))


@pytest.mark.parametrize("name", one_of(["before_publish_page", "after_publish_page"], "rare"))
@pytest.mark.rare
def test_what_a_hook_says_is_heard(journal, admin, name):
    def say(request, page):
        admin_messages.info(request, "The hook has spoken.")

    page = make_article(journal, "Titre", "Title")
    with hooks.register_temporarily(name, say):
        response = edit(admin, page, article_form("Titre", "Title", PUBLISH_BOTH))
    said = messages(read(admin, response))
    assert "The hook has spoken." in said
    assert len(said) == 2


@pytest.mark.rare
def test_nothing_is_announced_when_a_hook_publishes_otherwise(journal, admin):
    def answer(request, page):
        return HttpResponseRedirect(reverse("wagtailadmin_home"))

    page = make_article(journal, "Titre", "Title")
    with hooks.register_temporarily("before_publish_page", answer):
        response = edit(admin, page, article_form("Titre", "Title", PUBLISH_BOTH))
    assert messages(read(admin, response)) == []
