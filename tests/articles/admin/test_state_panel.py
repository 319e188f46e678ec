"""Each language's tab begins by saying whether the page is live in it, and what is missing."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from diptych.articles.models import ArticlePage, ArticleTopic
from tests.articles.admin.html import soup, text_of
from tests.articles.languages.editor import article_form, autosave, edit
from tests.factories import (
    make_article,
    make_image,
    make_topic,
    paragraphs,
    sign_in,
    write_draft,
)


def said(client, page, language):
    response = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    return state(soup(response), language)


def state(page, language):
    return text_of(page.select_one(f"#language-state-{language}"))


def set_dates(page, first, updated=None):
    dates = {"first_public_at_fr": first, "updated_at_fr": updated}
    ArticlePage.objects.filter(pk=page.pk).update(**dates)


def test_a_live_language_says_since_when_and_where(journal, admin):
    page = make_article(journal)
    set_dates(page, timezone.make_aware(timezone.datetime(2026, 11, 3, 9)))
    response = admin.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    panel = soup(response).select_one("#language-state-fr")
    assert "Live since 3 November 2026." in text_of(panel)
    assert panel.a["href"] == "/fr/articles/le-lac-gele/"
    assert "missing" not in text_of(panel)


def test_an_update_is_dated(journal, admin):
    page = make_article(journal)
    days = (timezone.datetime(2026, 11, 3, 9), timezone.datetime(2026, 11, 5, 9))
    set_dates(page, *map(timezone.make_aware, days))
    assert "Live since 3 November 2026, last updated 5 November 2026." in said(admin, page, "fr")


@pytest.mark.rare
def test_a_newer_draft_is_said_in_its_language_only(journal, admin):
    page = make_article(journal)
    write_draft(page, headline_en="Newer")
    assert "What readers see is older than this draft." in said(admin, page, "en")
    assert "older" not in said(admin, page, "fr")


@pytest.mark.rare
def test_what_all_languages_share_is_new_in_the_source(journal, admin):
    page = make_article(journal)
    draft = page.get_latest_revision_as_object()
    topic = make_topic(journal, "Neige", None, live_in=(), goes_live_with_articles=True)
    draft.topics.add(ArticleTopic(topic=topic))
    draft.save_revision()
    assert "What readers see is older than this draft." in said(admin, page, "fr")
    assert "older" not in said(admin, page, "en")
    form = admin.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()
    assert "“Neige” goes live in French with the article" in form
    page.stored().publish_languages(["fr"])
    assert "older" not in said(admin, page, "fr")


def test_a_complete_draft_is_ready(journal, admin):
    page = make_article(journal, live_in=("fr",))
    text = said(admin, page, "en")
    assert "Draft Readers do not see this page in English." in text
    assert "ready to be published" in text


def test_a_form_with_an_error_is_not_ready(journal, admin):
    page = make_article(journal, live_in=("fr",))
    form = article_form("Le lac", "The lake", meta_title_en="x" * 300)
    screen = soup(edit(admin, page, form))
    assert screen.select(".error-message")
    assert "ready" not in state(screen, "en")
    assert "ready" not in text_of(screen.select_one("#diptych-before-en"))
    assert "ready" not in text_of(screen.select_one("#diptych-publishing-bar"))


def test_what_is_missing_is_listed(journal, admin):
    page = make_article(
        journal, live_in=(), lead_fr="", hero_image=make_image(alt_fr="", alt_en="")
    )
    text = said(admin, page, "fr")
    assert "To publish in French, still missing:" in text
    assert "The lead is missing." in text
    assert "The main picture has no alternative text." in text
    assert "ready" not in text


def test_a_language_without_a_word_says_so(journal, admin):
    page = make_article(journal, en=None, live_in=("fr",))
    text = said(admin, page, "en")
    assert "Missing Nothing is written in English yet." in text
    assert "Length" not in text
    assert "The headline is missing." in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_new_page_begins_with_what_it_needs(journal, admin, language):
    names = ("diptych", "articlepage", journal.articles.pk)
    response = admin.get(reverse("wagtailadmin_pages:add", args=names))
    assert "The headline is missing." in state(soup(response), language)


def test_it_speaks_the_language_of_the_interface(journal, client):
    sign_in(client, language="fr")
    page = make_article(journal, en=None, live_in=("fr",))
    assert "Rien n’est encore écrit en anglais." in said(client, page, "en")


#: Articles of so many words in each language, with the lead; the second paragraph is of two.
BODIES = {"fr": "Lent " * 1300, "en": "Slow " * 500}


@pytest.mark.parametrize(
    ("interface", "lengths"),
    [
        ("en", {"fr": "1,307 words, 7-minute read", "en": "507 words, 2-minute read"}),
        ("fr", {"fr": "1 307 mots, 7 minutes", "en": "507 mots, 2 minutes de lecture"}),
    ],
)
def test_it_says_how_long_the_text_is_as_readers_are_told(journal, client, interface, lengths):
    sign_in(client, language=interface)
    bodies = {f"body_{code}": paragraphs(text, "Deux mots") for code, text in BODIES.items()}
    page = make_article(journal, **bodies)
    edit = soup(client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))))
    for language, length in lengths.items():
        assert length in state(edit, language)
        byline = soup(client.get(page.url_in(language))).select_one(".byline__time").text
        minutes = re.match(r"\d+", length.split(", ")[1])[0]
        assert re.match(r"\d+", byline.strip())[0] == minutes


def test_it_follows_each_automatic_save(journal, admin):
    page = make_article(journal, en=None, live_in=("fr",))
    form = article_form("Le lac gèle", "The lake freezes", lead_en="")
    answer = autosave(admin, page, form).json()
    fresh = soup_of_templates(answer["html"])
    assert "Draft" in fresh["#language-state-en"]
    assert "The lead is missing." in fresh["#language-state-en"]
    assert "The headline is missing." not in fresh["#language-state-en"]
    assert "Length: 3 words, less than a minute to read." in fresh["#language-state-en"]


def soup_of_templates(html):
    """The text of each part of the screen that an automatic save replaces, by selector."""
    from bs4 import BeautifulSoup

    found = BeautifulSoup(html, "lxml").select("template[data-w-teleport-target-value]")
    return {each["data-w-teleport-target-value"]: text_of(each) for each in found}


def test_tabs_are_named_in_their_own_language(journal, admin):
    page = make_article(journal)
    response = admin.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    tabs = soup(response).select("[role=tab]")
    names = [each.find(string=True, recursive=False).strip() for each in tabs]
    assert names == ["Français", "English", "All languages", "Settings"]


def test_inputs_say_which_language_is_written_in_them(journal, admin):
    page = soup(admin.get(reverse("wagtailadmin_pages:edit", args=(make_article(journal).pk,))))
    for language in ("fr", "en"):
        for name in ("headline", "url_slug", "lead", "hero_alt", "meta_description"):
            assert page.select_one(f"#id_{name}_{language}")["lang"] == language


@pytest.mark.rare
def test_the_menu_of_the_site_is_asked_of_pages_that_can_be_in_it(journal, admin):
    def asks(page):
        response = admin.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
        return soup(response).select_one("#id_show_in_menus") is not None

    assert asks(journal.articles)
    assert not asks(make_article(journal))
