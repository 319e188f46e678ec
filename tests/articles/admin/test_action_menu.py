"""The actions in the editor's footer say which languages they are about."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests.articles.admin.html import buttons, soup, text_of
from tests.articles.languages.editor import PUBLISH, PUBLISH_BOTH, PUBLISH_ENGLISH, PUBLISH_FRENCH
from tests.factories import make_article, sign_in, write_draft

NAMES = {PUBLISH, PUBLISH_BOTH, PUBLISH_ENGLISH, PUBLISH_FRENCH}


def publishing(client, address):
    """The publishing actions of an editor, by name."""
    found = buttons(client.get(address))
    return {name: label for name, label in found.items() if name in NAMES}


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


ALL_THREE = {
    PUBLISH_BOTH: "Publish French and English",
    PUBLISH_FRENCH: "Publish French",
    PUBLISH_ENGLISH: "Publish English",
}


def test_saving_a_draft_comes_first(journal, admin):
    response = admin.get(edit(make_article(journal)))
    first = soup(response).select_one("footer button[type=submit]")
    assert (text_of(first), first.get("name")) == ("Save draft", None)


def menu(client, page):
    """The labels of the actions as they stand, with a line where one is drawn."""
    found = soup(client.get(edit(page))).select_one("footer .w-dropdown-button")
    actions = [
        each for each in found.select("button, a, hr") if each.find_parent("div", hidden=True)
    ]
    return ["---" if each.name == "hr" else text_of(each) for each in actions]


@pytest.mark.rare
def test_five_actions_stand_above_a_line_and_unpublishing_last(journal, admin):
    page = make_article(journal)
    assert menu(admin, page) == [
        "Publish French and English",
        "Publish French",
        "Publish English",
        "Submit to Moderators approval",
        "---",
        "Unpublish everywhere",
        "Unpublish French",
        "Unpublish English",
    ]
    assert "---" not in menu(admin, make_article(journal, "Neuf", "New", live_in=()))


def test_every_button_names_its_languages(journal, admin):
    for live_in in ((), ("fr",), ("fr", "en")):
        page = make_article(journal, f"Titre {len(live_in)}", "Title", live_in)
        assert publishing(admin, edit(page)) == ALL_THREE


def test_a_new_page_offers_the_same(journal, admin):
    names = ("diptych", "articlepage", journal.articles.pk)
    assert publishing(admin, reverse("wagtailadmin_pages:add", args=names)) == ALL_THREE


def test_labels_are_in_the_language_of_the_interface(journal, client):
    sign_in(client, language="fr")
    labels = publishing(client, edit(make_article(journal)))
    assert labels[PUBLISH_BOTH] == "Publier en français et en anglais"
    assert labels[PUBLISH_ENGLISH] == "Publier en anglais"


def test_a_date_in_the_future_makes_it_scheduling(journal, admin):
    page = make_article(journal, live_in=())
    write_draft(page, go_live_at=timezone.now() + timedelta(days=1))
    assert publishing(admin, edit(page)) == {
        PUBLISH_BOTH: "Schedule French and English",
        PUBLISH_FRENCH: "Schedule French",
        PUBLISH_ENGLISH: "Schedule English",
    }


def test_an_older_version_says_that_it_is_one(journal, admin):
    page = make_article(journal)
    first = page.latest_revision
    write_draft(page, headline_en="Newer")
    address = reverse("wagtailadmin_pages:revisions_revert", args=(page.pk, first.pk))
    assert publishing(admin, address) == {
        PUBLISH_BOTH: "Publish this version in French and English",
        PUBLISH_FRENCH: "Publish this version in French",
        PUBLISH_ENGLISH: "Publish this version in English",
    }


def test_who_may_not_publish_is_not_asked_to(journal, client):
    sign_in(client, "editor")
    assert publishing(client, edit(make_article(journal, live_in=()))) == {}


def test_other_pages_keep_the_button_they_know(journal, admin):
    other = Page.get_first_root_node().add_child(instance=Page(title="Other", slug="other"))
    assert publishing(admin, edit(other)) == {PUBLISH: "Publish"}


@pytest.mark.rare
def test_unpublishing_says_where(journal, admin):
    found = buttons(admin.get(edit(make_article(journal))))
    assert {"Unpublish everywhere", "Unpublish French", "Unpublish English"} <= set(found.values())
    found = buttons(admin.get(edit(make_article(journal, "Un", "One", ("fr",)))))
    labels = [label for label in found.values() if label.startswith("Unpublish")]
    assert labels == ["Unpublish French"]


def test_the_question_names_the_language_and_what_stays(journal, admin):
    page = make_article(journal)
    address = reverse("diptych_unpublish_language", args=(page.pk, "en"))
    text = admin.get(address).content.decode()
    assert "Readers will no longer find “Le lac gèle” in English." in text
    assert "It stays live in French." in text
