"""What readers of a language find of articles that are live in another one only."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from diptych.articles.languages.publication.service import unpublish_languages
from diptych.articles.models import JournalSettings
from tests.factories import (
    make_article,
    make_author,
    make_image,
    make_plain_page,
    make_topic,
    publish_confirmed,
    publish_draft,
    write_draft,
)
from tests.kept import statements_of, warm_up
from tests.reading import page_at

FRENCH, MISSING = "/fr/articles/le-lac-gele/", "/en/articles/le-lac-gele/"


# The page at the address that is missing


def test_it_shows_picture_lead_and_date_in_the_language_of_the_text(client, journal):
    make_article(
        journal,
        en=None,
        live_in=("fr",),
        hero_image=make_image(width=64, height=48),
        authors=[make_author(journal)],
    )
    page = page_at(client, MISSING, 404)
    assert page.html["lang"] == "en"
    story = page.select_one("[lang=fr][dir=ltr] > article.lead-story--side")
    assert story.img["alt"] == "Un lac gelé"
    assert story.h2.a["href"] == FRENCH and story.h2.a["hreflang"] == "fr"
    assert story.select_one(".card__lead").text == "Chapeau de Le lac gèle."
    assert "Par Léa Rochat" in story.text and story.time
    assert page.h1.text == "This article does not exist in English yet"
    assert page.select_one(f'a.button[href="{FRENCH}"]').text == "Read it in French"
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert not page.find_all("link", hreflang=True)


@pytest.mark.parametrize(
    ("missing", "kicker", "headline"),
    [
        ("fr", "Pas dans cette langue", "Cet article n’est pas disponible en français"),
        ("en", "Not in this language", "This article is not available in English"),
    ],
)
def test_a_language_taken_down_is_not_called_untranslated(
    client, journal, missing, kicker, headline
):
    article = make_article(journal)
    address = article.url_in(missing)
    unpublish_languages(article, [missing])
    page = page_at(client, address, 404)
    assert (page.select_one(".kicker").text, page.h1.text) == (kicker, headline)


def test_a_draft_in_the_language_it_is_written_in_is_not_called_untranslated_or_withdrawn(
    client, journal
):
    make_article(journal, live_in=("en",))
    page = page_at(client, "/fr/articles/the-lake-freezes/", 404)
    assert page.select_one(".kicker").text == "Pas dans cette langue"
    assert page.h1.text == "Cet article n’est pas disponible en français"
    assert "Le lac gèle" not in page.text


def test_a_page_that_is_no_article_is_not_called_untranslated_once_taken_down(client, journal):
    page = make_plain_page(journal)
    address = page.url_in("fr")
    unpublish_languages(page, ["fr"])
    assert page_at(client, address, 404).select_one(".kicker").text == "Pas dans cette langue"


def test_it_suggests_articles_in_the_language_asked_for(client, journal):
    climate = make_topic(journal)
    picked = make_article(journal, "Choix", "Picked")
    french = make_article(journal, "Français", None, live_in=("fr",), topics=[climate])
    make_article(journal, "Voisin", "Neighbour", topics=[climate])
    make_article(journal, None, "English only", live_in=("en",), topics=[climate])
    make_article(journal, en=None, live_in=("fr",), picks=[picked, french], topics=[climate])
    related = page_at(client, MISSING, 404).select_one(".related")
    titles = [each.text for each in related.select("h3")]
    assert titles[0] == "Picked"
    assert set(titles[1:]) <= {"Neighbour", "English only"} and len(titles) == 3


def test_a_private_article_is_told_to_nobody(client, journal):
    article = make_article(journal, en=None, live_in=("fr",))
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(MISSING).status_code == 302


def test_a_draft_in_the_language_is_not_read(client, journal):
    article = make_article(journal, en=None, live_in=("fr",))
    write_draft(article, headline_en="Secret title", url_slug_en="secret-slug", lead_en="Secret.")
    for address, status in ((MISSING, 404), (FRENCH, 200)):
        html = client.get(address).content.decode().lower()
        assert client.get(address).status_code == status
        assert "secret" not in html


def test_the_switch_leads_nowhere_if_another_page_stands_there(client, journal):
    publish_draft(journal.articles, url_slug_en="articles")
    make_article(journal, "Tigre", None, live_in=("fr",))
    make_article(journal, None, "Other", live_in=("en",), url_slug_en="tigre")
    switch = page_at(client, "/fr/articles/tigre/").select_one(".language-switch")
    assert switch.select_one("span[lang=en]").text == "Not in English"
    assert not switch.select("a[lang=en]")


def test_the_switch_of_the_front_page_leads_to_its_other_address(client, journal):
    unpublish_languages(journal.home, ["en"])
    link = page_at(client, "/fr/").select_one(".language-switch a[lang=en]")
    assert (link["href"], link.text) == ("/en/", "Not in English")


def test_a_translated_article_asks_for_no_more_than_before(client, journal):
    make_article(journal)
    make_article(journal, "Éléphant", None, live_in=("fr",))
    counts = []
    for address in (FRENCH, "/fr/articles/elephant/"):
        warm_up(lambda address=address: client.get(address))
        counts.append(len(statements_of(lambda address=address: client.get(address))))
    assert counts[1] <= counts[0] + 1


# Strips


def strip(client, address):
    return page_at(client, address).select_one("section.untranslated")


def show_at(journal, *places):
    settings = JournalSettings.for_site(journal.site)
    settings.untranslated_on = list(places)
    settings.save()


def headlines(section):
    return [each.text for each in section.select("h3")] if section else []


def test_a_topic_names_the_newest_articles_of_the_other_language(client, journal):
    topic = make_topic(journal)
    make_article(journal, topics=[topic])
    for name in ("Un", "Deux", "Trois", "Quatre"):
        make_article(journal, name, None, live_in=("fr",), topics=[topic])
    make_article(journal, "Autre sujet", None, live_in=("fr",))
    make_article(journal, "Brouillon", None, live_in=(), topics=[topic])
    section = strip(client, "/en/topics/climate/")
    assert section.h2.text == "Only in French"
    assert headlines(section) == ["Quatre", "Trois", "Deux"]
    first = section.li
    assert first.article.find_parent(lang=True)["lang"] == "fr" and first.a["hreflang"] == "fr"
    assert first.a["href"] == "/fr/articles/quatre/"
    label = first.select_one(".untranslated__language")
    assert label.text == "Article in French" and label.find_parent(lang=True).name == "html"
    assert strip(client, "/fr/thematiques/climat/") is None
    assert strip(client, "/en/") is None


def test_the_front_page_names_them_by_setting(client, journal):
    make_article(journal, None, "English only", live_in=("en",))
    show_at(journal, "home")
    assert strip(client, "/fr/").h2.text == "Uniquement en anglais"
    assert headlines(strip(client, "/fr/")) == ["English only"]
    assert strip(client, "/en/") is None


def test_neither_private_articles_nor_those_taken_back_are_named(client, journal):
    show_at(journal, "home")
    article = make_article(journal, "Éléphant", None, live_in=("fr",))
    other = make_article(journal, "Tigre", None, live_in=("fr",))
    assert headlines(strip(client, "/en/")) == ["Tigre", "Éléphant"]
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    assert headlines(strip(client, "/en/")) == ["Tigre"]
    write_draft(other, headline_fr="Secret")
    assert headlines(strip(client, "/en/")) == ["Tigre"]
    unpublish_languages(other, ["fr"])
    assert strip(client, "/en/") is None


def test_an_article_goes_once_it_is_translated_and_comes_back(client, journal):
    topic = make_topic(journal)
    article = make_article(journal, live_in=("fr",), topics=[topic])
    assert headlines(strip(client, "/en/topics/climate/")) == ["Le lac gèle"]
    publish_confirmed(article, ("en",))
    assert strip(client, "/en/topics/climate/") is None
    unpublish_languages(article, ["en"])
    assert headlines(strip(client, "/en/topics/climate/")) == ["Le lac gèle"]


def test_the_setting_is_chosen_in_the_admin(admin, journal):
    address = reverse("wagtailsettings:edit", args=("diptych", "journalsettings", journal.site.pk))
    fields = page_at(admin, address).select("input[name=untranslated_on]")
    assert [(each["value"], each.has_attr("checked")) for each in fields] == [
        ("topics", True),
        ("home", False),
    ]


# Old addresses of an article with another language beside it


def test_a_former_address_side_by_side_leads_to_the_one_of_today(client, journal):
    article = make_article(journal)
    publish_draft(article, url_slug_en="ice")
    former = "/en/stories/the-lake-freezes/"
    assert client.get(former)["Location"] == "/en/stories/ice/"
    response = client.get(f"{former}en-fr/")
    assert (response.status_code, response["Location"]) == (301, "/en/stories/ice/en-fr/")
    for end in ("en-de/", "more/", "fr-en/"):
        assert client.get(f"{former}{end}").status_code == 404


def test_a_redirect_of_all_sites_leads_there_as_well_and_the_query_is_kept(client, journal):
    article = make_article(journal)
    publish_draft(article, url_slug_en="ice")
    Redirect.objects.update(site=None)
    response = client.get("/en/stories/the-lake-freezes/en-fr/?a=1")
    assert (response.status_code, response["Location"]) == (301, "/en/stories/ice/en-fr/?a=1")


def test_it_leads_nowhere_once_the_article_is_offline(client, journal):
    article = make_article(journal)
    publish_draft(article, url_slug_en="ice")
    assert Redirect.objects.filter(redirect_page=article).exists()
    unpublish_languages(article, ["en"])
    assert client.get("/en/stories/the-lake-freezes/en-fr/").status_code == 404
