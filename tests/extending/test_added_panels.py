"""Panels that a project adds to the edit screens of pages, by the hook of docs/extending.md."""

import pytest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.panels import HelpPanel, get_edit_handler

from diptych.articles.languages.admin.editor.field_panels import text_panels
from diptych.articles.languages.admin.editor.panels import PANELS, page_handler
from diptych.articles.models import ArticlePage, StandardPage
from tests.extending.conftest import make_edit_screens_anew
from tests.factories import make_journal, make_plain_page, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def anew():
    """Have edit screens made within the test, and again after it."""
    make_edit_screens_anew()
    yield
    make_edit_screens_anew()


def panels_of(model):
    """The headings of the panels of each tab."""
    tabs = get_edit_handler(model).children
    return {str(tab.heading): [str(each.heading) for each in tab.children] for tab in tabs}


def add(model, language):
    if issubclass(model, ArticlePage):
        return [HelpPanel(heading=f"Advice {language}", content="<p>Advice.</p>")]
    return None


def test_panels_stand_in_the_tab_they_are_for(anew):
    with hooks.register_temporarily(PANELS, add):
        found = panels_of(ArticlePage)
    assert found["Français"][-2:] == ["Advice fr", "Adresse et moteurs de recherche"]
    assert "Advice en" in found["English"]
    assert found["Toutes les langues"][-1] == "Advice None"
    assert not any("Advice" in each for each in found["Paramètres"])


def test_hooks_with_a_smaller_order_come_first(anew):
    first = lambda model, language: [HelpPanel(heading="First")]  # noqa: E731
    second = lambda model, language: [HelpPanel(heading="Second")]  # noqa: E731
    later = hooks.register_temporarily(PANELS, second, order=10)
    with later, hooks.register_temporarily(PANELS, first, order=5):
        assert panels_of(ArticlePage)["Toutes les langues"][-2:] == ["First", "Second"]


def test_a_page_type_that_shares_nothing_gets_a_tab_for_what_is_added(anew, client):
    journal = make_journal()
    sign_in(client)
    address = reverse("wagtailadmin_pages:edit", args=[make_plain_page(journal).pk])
    assert "All languages" not in client.get(address).content.decode()
    make_edit_screens_anew()
    everywhere = lambda model, language: [HelpPanel(heading="Everywhere", content="Advice.")]  # noqa: E731
    with hooks.register_temporarily(PANELS, everywhere):
        assert "Everywhere" in panels_of(StandardPage)["Toutes les langues"]
        html = client.get(address).content.decode()
    assert "All languages" in html
    assert html.count("Advice.") == 3


def test_panels_that_all_languages_share_may_be_none():
    handler = page_handler(lambda language: text_panels(language, "lead"), None)
    tabs = handler.bind_to_model(StandardPage).children
    shared = next(tab for tab in tabs if str(tab.heading) == "Toutes les langues")
    assert shared.children == []
