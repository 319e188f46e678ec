"""Several sites in one tree, each with its own root, and pages that change sites."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.rebuilding import outdated_pages
from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import rows
from tests.factories import make_article, make_journal, make_plain_page, publish_draft

pytestmark = pytest.mark.rare


@pytest.fixture
def other(journal):
    """A second journal beside the first."""
    return make_journal("other.example")


def answer(client, host, address):
    response = client.get(address, headers={"host": host})
    return response.status_code, getattr(response, "url", None)


def test_each_site_serves_its_own_pages_at_the_same_address(journal, other, reader):
    make_article(journal, "Éléphant", "Elephant", lead_en="Of the first.")
    make_article(other, "Éléphant", "Elephant", lead_en="Of the second.")
    for host, lead in (("testserver", "Of the first."), ("other.example", "Of the second.")):
        response = reader.get("/en/stories/elephant/", headers={"host": host})
        assert lead in response.content.decode()


def test_a_page_of_another_site_is_not_found(journal, other, reader):
    make_article(other, "Éléphant", "Elephant")
    assert answer(reader, "testserver", "/en/stories/elephant/") == (404, None)
    assert answer(reader, "testserver", "/en/articles/elephant/") == (404, None)
    assert answer(reader, "other.example", "/en/stories/elephant/") == (200, None)


def test_links_to_another_site_are_absolute(journal, other):
    page = make_article(other, "Éléphant", "Elephant")
    assert page.url_in("en") == "http://other.example/en/stories/elephant/"
    assert page.full_url_in("fr") == "http://other.example/fr/articles/elephant/"


def test_a_new_slug_is_redirected_on_its_own_site_only(journal, other, reader):
    page = make_article(other, "Éléphant", "Elephant")
    make_article(journal, "Éléphant", "Elephant")
    publish_draft(page, url_slug_en="pachyderm")
    redirect = Redirect.objects.get()
    assert (redirect.site, redirect.old_path) == (other.site, "/en/stories/elephant")
    assert answer(reader, "testserver", "/en/stories/elephant/") == (200, None)
    status, url = answer(reader, "other.example", "/en/stories/elephant/")
    assert (status, url) == (301, "http://other.example/en/stories/pachyderm/")


def test_a_page_that_moves_to_another_site_is_reached_from_its_old_addresses(
    journal, other, reader
):
    page = make_article(journal, "Éléphant", "Elephant")
    page.move(other.articles, pos="last-child")
    assert answer(reader, "other.example", "/en/stories/elephant/") == (200, None)
    for path in ("/en/stories/elephant/", "/fr/articles/elephant/"):
        assert answer(reader, "testserver", path) == (301, f"http://other.example{path}")


def test_a_page_that_comes_back_leaves_no_loop(journal, other, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    page.move(other.articles, pos="last-child")
    page = ArticlePage.objects.get(pk=page.pk)
    page.move(journal.articles, pos="last-child")
    path = "/en/stories/elephant/"
    assert answer(reader, "testserver", path) == (200, None)
    assert answer(reader, "other.example", path) == (301, f"http://testserver{path}")


def test_a_section_becomes_a_site_of_its_own_and_a_section_again(journal, reader):
    section = make_plain_page(journal, "Dossier", "File")
    below = make_plain_page(journal, "Un", "One", parent=section)
    site = Site.objects.create(hostname="file.example", root_page=section)
    assert outdated_pages() == []
    assert answer(reader, "file.example", "/en/one/") == (200, None)
    assert answer(reader, "file.example", "/en/") == (200, None)
    assert answer(reader, "file.example", "/fr/un/") == (200, None)
    site.delete()
    assert outdated_pages() == []
    assert rows(below)["en"] == ("/accueil/file/one/", True)
    assert answer(reader, "testserver", "/en/file/one/") == (200, None)


def test_a_site_that_gets_another_root_leaves_the_old_one_in_order(journal, reader):
    first = make_plain_page(journal, "Dossier", "File")
    make_plain_page(journal, "Un", "One", parent=first)
    second = make_plain_page(journal, "Cahier", "Folder")
    make_plain_page(journal, "Deux", "Two", parent=second)
    site = Site.objects.create(hostname="file.example", root_page=first)
    site.root_page = second
    site.save()
    assert outdated_pages() == []
    assert answer(reader, "file.example", "/en/two/") == (200, None)
    assert answer(reader, "testserver", "/en/file/one/") == (200, None)


def test_renaming_the_root_of_a_site_moves_no_address(journal, reader):
    make_article(journal, "Éléphant", "Elephant")
    journal.home.refresh_from_db()
    publish_draft(journal.home, headline_fr="Bienvenue", url_slug_fr="bienvenue")
    journal.home.refresh_from_db()
    assert journal.home.url_path == "/bienvenue/"
    assert answer(reader, "testserver", "/en/stories/elephant/") == (200, None)
    assert answer(reader, "testserver", "/fr/") == (200, None)
    assert not Redirect.objects.exists()
    assert outdated_pages() == []


def test_saving_a_site_looks_at_no_page_unless_it_starts_elsewhere(journal, other):
    make_article(journal, "Éléphant", "Elephant")
    site = Site.objects.get(pk=journal.site.pk)
    table = PageLanguage._meta.db_table
    for name, value, looks in (("port", 8000, False), ("root_page", other.home, True)):
        setattr(site, name, value)
        with CaptureQueriesContext(connection) as queries:
            site.save()
        assert any(table in each["sql"] for each in queries) is looks
    assert outdated_pages() == []
