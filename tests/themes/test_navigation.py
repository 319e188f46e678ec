"""Which pages a site names in its menus, however many stand below its front page."""

import pytest
from django.test import RequestFactory
from django.utils.translation import override
from wagtail.models import Page

from articles.languages.wagtail_compat import set_site
from tests.factories import make_article, make_journal, make_plain_page, make_topic
from themes import navigation


@pytest.fixture
def journal(db):
    return make_journal()


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
    assert entries(journal) == ["Stories", "Topics", "Climate", "About"]


def test_a_front_page_without_anything_below_it_has_no_entries(journal):
    for page in journal.home.get_children():
        page.delete()
    assert entries(journal) == []
