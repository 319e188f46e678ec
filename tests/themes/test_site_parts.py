"""What all pages of a site show is made once, and anew when something of it changes."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from diptych.articles.caching.storage import memory
from diptych.articles.languages.config.wagtail_compat import set_site
from diptych.articles.models import ArticlePage, AuthorPage, JournalSettings, TopicPage
from diptych.themes.look import stylesheets
from diptych.themes.models import AppearanceSettings
from diptych.themes.parts.site_parts import site_part
from tests.factories import (
    make_article,
    make_author,
    make_image,
    make_topic,
    publish_draft,
    sign_in,
)
from tests.kept import read_log

pytestmark = pytest.mark.usefixtures("stored_settings")

ADDRESS = "/en/stories/the-lake/"


@pytest.fixture
def journal(journal):
    topic = make_topic(journal)
    make_article(journal, "Le lac", "The lake", topics=[topic], authors=[make_author(journal)])
    return journal


def shown(address=ADDRESS):
    """A page, as a process shows it that has shown another one since the last change."""
    read_log()
    Client().get("/en/topics/climate/")
    return BeautifulSoup(rendered(address).content, "lxml")


def rendered(address):
    """The answer at ``address``, and not one that the page cache has kept."""
    cache.clear()
    memory.clear()
    return Client().get(address)


def test_menu_footer_and_stylesheet_follow_what_they_show(journal):
    before = shown()
    assert "Climate" in before.select_one(".header__navigation").text
    settings = JournalSettings.objects.get(site=journal.site)
    settings.footer_text_en = "Printed in Geneva."
    settings.save()
    appearance = AppearanceSettings.objects.get(site=journal.site)
    appearance.accent_light = "#005500"
    appearance.save()
    topic = TopicPage.objects.get(headline_en="Climate")
    topic.headline_en = "Weather"
    topic.save()
    after = shown()
    assert "Printed in Geneva." in after.footer.text
    assert "Weather" in after.footer.text and "Climate" not in after.footer.text
    assert "Weather" in after.select_one(".header__navigation").text
    sheets = [page.select_one("link[rel=stylesheet]")["href"] for page in (before, after)]
    assert "005500" in sheets[1] and sheets[0] != sheets[1]


def test_a_publication_makes_no_stylesheet_anew(journal, monkeypatch):
    before = shown().select_one("link[rel=stylesheet]")["href"]
    monkeypatch.delattr(stylesheets, "stylesheet_of")
    publish_draft(ArticlePage.objects.get(), headline_en="The pond")
    after = shown()
    assert after.h1.text == "The pond"
    assert after.select_one("link[rel=stylesheet]")["href"] == before


def test_a_header_is_made_anew_when_the_logo_is_replaced(journal):
    """Also where the page has read the settings before the header does."""
    image = make_image()
    image.get_file_size()
    appearance = AppearanceSettings.for_site(journal.site)
    appearance.logo = image
    appearance.save()
    before = shown().select_one("header img")["src"]
    image.file = make_image("Autre").file
    image.save()
    assert shown().select_one("header img")["src"] != before


def test_each_language_and_place_has_its_own(journal):
    assert "Climat" in shown("/fr/articles/le-lac/").footer.text.split()
    for address in ("/en/topics/climate/", ADDRESS, "/en/topics/climate/"):
        current = shown(address).select(".header__navigation [aria-current]")
        assert [each.text for each in current if each.text != "Topics"] == ["Climate"]


def test_nothing_is_kept_for_a_preview(journal):
    read_log()
    request = RequestFactory().get("/en/")
    set_site(request, journal.site)
    assert [site_part(request, "number", lambda each=each: each) for each in (1, 2)] == [1, 1]
    request.is_preview = True
    assert site_part(request, "number", lambda: 3) == 3


def test_a_visitor_is_served_one_language_of_an_article(journal):
    read_log()
    with CaptureQueriesContext(connection) as queries:
        response = rendered(ADDRESS)
    deferred = response.context["page"].get_deferred_fields()
    assert {"body_fr", "lead_fr", "provenance_en"} <= deferred
    assert not {"body_en", "lead_en", "headline_fr", "updated_at_fr", "hero_image_id"} & deferred
    assert sum("body_en" in each["sql"] for each in queries) == 1
    assert not any("body_fr" in each["sql"] for each in queries)


def test_an_editor_gets_the_whole_page(client, journal):
    sign_in(client, "chief")
    assert not client.get(ADDRESS).context["page"].get_deferred_fields()


def names_and_links():
    """The author below the article, and where the name leads to."""
    person = shown().select_one(".author-box__name")
    # Wagtail’s checks of content take a paragraph in bold for a heading.
    assert person.name != "p"
    return person.text, person.a and person.a["href"]


def test_an_author_is_shown_as_that_page_is_now(journal):
    (author,) = AuthorPage.objects.all()
    name, address = author.headline_en, author.url_in("en")
    assert names_and_links() == names_and_links() == (name, address)
    author = AuthorPage.objects.get(pk=author.pk)
    author.headline_en = "Ada Weiss"
    author.save()
    assert names_and_links() == ("Ada Weiss", address)
    restriction = PageViewRestriction.objects.create(page=author, restriction_type="login")
    assert names_and_links() == ("Ada Weiss", None)
    restriction.delete()
    assert names_and_links() == ("Ada Weiss", address)
    AuthorPage.objects.get(pk=author.pk).unpublish_languages(["en"])
    assert names_and_links() == ("Ada Weiss", None)


def test_an_author_who_was_never_published_is_read_each_time(journal):
    (author,) = AuthorPage.objects.all()
    AuthorPage.objects.filter(pk=author.pk).update(live=False, headline_en="Unknown")
    assert names_and_links()[0] == "Unknown"
    AuthorPage.objects.filter(pk=author.pk).update(headline_en="Still unknown")
    assert names_and_links()[0] == "Still unknown"


def test_a_translator_who_was_never_published_is_read_each_time(journal):
    article = ArticlePage.objects.get()
    translator = make_author(journal, "Max Frei")
    publish_draft(article, translator_en=translator)
    named = AuthorPage.objects.filter(pk=translator.pk)
    for name in ("Unknown", "Still unknown"):
        named.update(live=False, headline_en=name)
        assert name in shown().select_one(".translation-note").text


def test_topics_and_authors_of_an_article_are_fetched_once(journal):
    shown()
    with CaptureQueriesContext(connection) as queries:
        assert rendered(ADDRESS).status_code == 200
    names = ("articleauthor", "articletopic", "authorpage", "topicpage")
    tables = [f'FROM "diptych_{name}"' for name in names]
    assert not [each["sql"] for each in queries if any(name in each["sql"] for name in tables)]
