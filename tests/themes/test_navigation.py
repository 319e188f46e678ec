"""Which pages a site names in its menus, however many stand below its front page."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from diptych.articles.languages.config.wagtail_compat import set_site
from diptych.articles.models import JournalSettings
from diptych.themes.parts import navigation
from tests.factories import make_article, make_plain_page, make_topic


def entries(journal):
    request = RequestFactory().get("/en/")
    set_site(request, journal.site)
    with override("en"):
        return [entry.headline for entry in navigation.navigation_for(request).entries]


@pytest.mark.parametrize("most", [navigation.MOST_PATHS, 0])
def test_topics_and_what_stands_below_the_front_page_are_entries(journal, monkeypatch, most):
    monkeypatch.setattr(navigation, "MOST_PATHS", most)
    make_topic(journal)
    make_article(journal, "Le lac", "The lake")
    for number in range(3):
        make_plain_page(journal, f"Page {number}", f"Plain {number}")
    about = make_plain_page(journal, "À propos", "About", show_in_menus=True)
    make_plain_page(journal, "Équipe", "Team", parent=about, show_in_menus=True)
    Page.objects.get(slug="page-1").delete()
    assert entries(journal) == ["Stories", "Topics", "About", "Climate"]


def test_a_front_page_without_anything_below_it_has_no_entries(journal):
    for page in journal.home.get_children():
        page.delete()
    assert entries(journal) == []


def make_topics(journal, number):
    """So many topics, the later ones with more articles."""
    topics = [make_topic(journal, f"Sujet {each}", f"Subject {each}") for each in range(number)]
    for each, topic in enumerate(topics):
        for part in range(each):
            make_article(journal, f"A {each}.{part}", f"B {each}.{part}", topics=[topic])
    return topics


def header(language="en"):
    page = BeautifulSoup(Client().get(f"/{language}/").content, "lxml")
    return [" ".join(each.get_text().split()) for each in page.select(".header__navigation a")]


@pytest.mark.rare
def test_the_topics_with_most_articles_stand_in_the_header(journal):
    make_topics(journal, 4)
    for each in range(5):
        make_topic(journal, f"Vide {each}", f"Empty {each}")
    Page.objects.filter(pk=journal.topics.pk).update(show_in_menus=True)
    named = ["Subject 0", "Subject 1", "Subject 2", "Subject 3", "Empty 0", "Empty 1", "Empty 2"]
    assert header() == [*named, "All topics"]
    page = BeautifulSoup(Client().get("/en/").content, "lxml")
    assert len(page.select("[aria-labelledby=footer-topics] a")) == 8
    assert page.select_one(".header__navigation a[href='/en/topics/']")


def test_a_journal_chooses_the_topics_of_its_header(journal):
    topics = make_topics(journal, 3)
    french = make_topic(journal, "Seul", "Alone", live_in=("fr",))
    settings = JournalSettings.for_site(journal.site)
    settings.menu_topics = [("topic", each) for each in (topics[2], french, topics[0])]
    settings.save()
    assert header() == ["Subject 2", "Subject 0", "All topics"]
    assert header("fr") == ["Sujet 2", "Seul", "Sujet 0", "Toutes les thématiques"]
    # What comes later stands behind the list of all.
    make_topic(journal, "Importé", "Imported")
    topics[2].delete()
    assert header() == ["Subject 0", "All topics"]
    settings.menu_topics = [("topic", french)]
    settings.save()
    assert header() == ["Subject 0", "Subject 1", "Imported"]


def test_the_topics_of_the_header_are_chosen_in_the_settings(journal, admin_client):
    topic = make_topics(journal, 2)[1]
    address = reverse("wagtailsettings:edit", args=["diptych", "journalsettings", journal.site.pk])
    stream = streamfield([("topic", str(topic.pk))])
    form = {"menu_topics": stream, "social_links": streamfield([]), "related_count": "3"}
    form |= {"alt_checks": "warn", "share_links": [], "untranslated_on": []}
    assert admin_client.post(address, nested_form_data(form)).status_code == 302
    assert header() == ["Subject 1", "All topics"]
