"""Sites that go with the page they start at, and sites that start at an address that is taken."""

import warnings

import pytest
from django.urls import reverse
from wagtail.models import Page, Site

from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.publication.rebuilding import outdated_pages
from tests.articles.languages.editor import rows
from tests.factories import make_article, make_journal, make_plain_page


@pytest.fixture
def section(journal):
    """A section of the journal with a page below it that is a site of its own."""
    section = make_plain_page(journal, "Dossier", "File")
    make_plain_page(journal, "Un", "One", parent=section)
    Site.objects.create(hostname="file.example", root_page=section)
    return Page.objects.get(pk=section.pk)


def delete(admin, page):
    return admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def test_a_page_is_deleted_with_the_site_that_starts_at_it(
    journal, admin, section, django_capture_on_commit_callbacks
):
    gone = list(section.get_descendants(inclusive=True).values_list("pk", flat=True))
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        with django_capture_on_commit_callbacks(execute=True):
            assert delete(admin, section).status_code == 302
    assert not Site.objects.filter(hostname="file.example").exists()
    assert not PageLanguage.objects.filter(page_id__in=gone).exists()
    assert outdated_pages() == []


def test_the_home_page_of_one_journal_goes_and_the_other_stays(
    journal, admin, reader, django_capture_on_commit_callbacks
):
    other = make_journal("other.example")
    make_article(other, "Éléphant", "Elephant")
    make_article(journal, "Éléphant", "Elephant")
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        with django_capture_on_commit_callbacks(execute=True):
            assert delete(admin, other.home).status_code == 302
    assert outdated_pages() == []
    assert reader.get("/en/stories/elephant/").status_code == 200


def start_at(admin, page, hostname="file.example"):
    posted = {"hostname": hostname, "port": "80", "site_name": "File", "root_page": page.pk}
    return admin.post(reverse("wagtailsites:add"), posted)


@pytest.mark.parametrize("english", ["Dossier", None])
def test_a_site_takes_the_address_it_starts_at_from_a_page_that_has_it(
    journal, admin, reader, english
):
    """The root of a site stands at Wagtail's address, whatever it is called in a language."""
    section = make_plain_page(journal, "Dossier", "File")
    below = make_plain_page(journal, "Un", "One", parent=section)
    values = {} if english else {"url_slug_en": "dossier"}
    taken = make_plain_page(journal, "Cahier", english, **values)
    assert rows(taken)["en"][0] == "/accueil/dossier/"
    assert start_at(admin, section).status_code == 302
    assert rows(section)["en"] == ("/accueil/dossier/", True)
    assert rows(below)["en"] == ("/accueil/dossier/one/", True)
    assert rows(taken)["en"][0].startswith("/accueil/dossier-")
    assert outdated_pages() == []
    answer = reader.get("/en/one/", headers={"host": "file.example"})
    assert answer.status_code == 200
