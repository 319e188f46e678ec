"""The explorer below pages in several languages shows a column for each language."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from tests.articles.admin.html import cell, soup, table, text_of
from tests.factories import make_article, make_plain_page, sign_in, write_draft
from tests.tiers import one_of


def explore(client, page, **parameters):
    return client.get(reverse("wagtailadmin_explore", args=(page.pk,)), parameters)


def test_pages_of_all_types_below_a_page_in_languages(journal, admin):
    make_plain_page(journal, "À propos", None, live_in=("fr",))
    shown = table(explore(admin, journal.home))
    assert {title: (row["French"], row["English"]) for title, row in shown.items()} == {
        "Articles": ("French: Live", "English: Live"),
        "Thématiques": ("French: Live", "English: Live"),
        "Auteurs": ("French: Live", "English: Live"),
        "À propos": ("French: Live", "English: Missing"),
    }


def test_a_live_language_leads_to_its_address(journal, admin):
    make_article(journal, "Éléphant", "Elephant")
    link = cell(explore(admin, journal.articles), "Éléphant", "English").a
    assert link["href"] == "/en/stories/elephant/"


def test_headings_are_in_the_language_of_the_interface(journal, client):
    sign_in(client, language="fr")
    headings = soup(explore(client, journal.home)).select("table.listing thead th")
    assert {"Français", "Anglais"} <= {text_of(each) for each in headings}


def test_a_page_that_is_not_in_languages_has_no_state(journal, admin):
    """Wagtail's own pages can stand below ours when a project allows it."""
    journal.home.add_child(instance=Page(title="Other", slug="other"))
    row = table(explore(admin, journal.home))["Other"]
    assert (row["French"], row["English"]) == ("", "")


def editor_of(*pages):
    """Somebody who may change and publish what is below ``pages``."""
    editor = get_user_model().objects.create_user("clara", password="clara")
    group = Group.objects.create(name="Some")
    editor.groups.add(group)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename)
        for page in pages:
            GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    return editor


@pytest.mark.parametrize("may_see", ["all", "two"])
def test_as_many_are_counted_as_are_listed(journal, admin, client, may_see):
    make_article(journal, "Éléphant", "Elephant")
    if may_see == "two":
        client.force_login(editor_of(journal.articles, journal.authors))
    expected = {"Articles", "Auteurs", *(["Thématiques"] if may_see == "all" else [])}
    for page, listed in ((journal.home, expected), (journal.articles, {"Éléphant"})):
        answer = explore(client, page)
        assert {*table(answer)} == listed
        assert answer.context["paginator"].count == len(listed)


def test_other_parts_of_the_tree_are_as_wagtail_shows_them(journal, admin):
    root = Page.get_first_root_node()
    assert "French" not in table(explore(admin, root))["Accueil"]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"language_en": "missing"}, {"Seul"}),
        ({"language_fr": "live", "language_en": "live"}, {"Éléphant"}),
        ({"q": "elephant"}, {"Éléphant"}),
        ({"q": "Seul", "language_en": "missing"}, {"Seul"}),
    ],
)
def test_filters_and_search_below_a_page(journal, admin, parameters, found):
    make_article(journal, "Éléphant", "Elephant")
    make_article(journal, "Seul", None, live_in=("fr",))
    assert set(table(explore(admin, journal.articles, **parameters))) == found


def test_uses_of_a_page_type_show_the_languages(journal, admin):
    make_article(journal, "Éléphant", "Elephant")
    address = reverse("wagtailadmin_pages:type_use", args=("diptych", "articlepage"))
    assert table(admin.get(address))["Éléphant"]["English"] == "English: Live"


def test_someone_who_may_not_edit_gets_no_link_to_the_editor(journal, client):
    make_article(journal, "Seul", None, live_in=("fr",))
    user = sign_in(client, "editor")
    user.groups.first().page_permissions.exclude(permission__codename="add_page").delete()
    link = cell(explore(client, journal.articles), "Seul", "English").a
    assert link is None


@pytest.mark.rare
def test_wagtails_own_state_says_in_which_languages_a_page_is_live(journal, admin):
    make_article(journal, "Le lac", "The lake", live_in=("fr",))
    make_article(journal, "La rive", "The bank")
    make_article(journal, "Le pont", "The bridge", live_in=())
    write_draft(make_article(journal, "Le port", live_in=("fr",)), lead_fr="Nouveau.")
    shown = table(explore(admin, journal.articles))
    assert {title: row["Status"].partition(": ")[2] for title, row in shown.items()} == {
        "Le lac": "live (FR) + draft",
        "La rive": "live (FR, EN)",
        "Le pont": "draft",
        "Le port": "live (FR) + draft",
    }


@pytest.mark.parametrize(
    "name", one_of(["wagtailadmin_home", "wagtailadmin_reports:locked_pages"], "rare")
)
def test_lists_of_locked_pages_say_so_without_asking_for_each_language(journal, admin, name):
    user = get_user_model().objects.get()
    lock = {"locked": True, "locked_by": user, "locked_at": timezone.now()}
    make_article(journal, "Le lac", "The lake", live_in=("fr",), **lock)
    make_article(journal, "La rive", "The bank", **lock)
    with CaptureQueriesContext(connection) as captured:
        page = soup(admin.get(reverse(name)))
    shown = [text_of(each) for each in page.select("#main td .w-status--primary")]
    assert sorted(each.partition(": ")[2] or each for each in shown) == [
        "live (FR) + draft",
        "live (FR, EN)",
    ]
    asked = [each["sql"] for each in captured.captured_queries if "is_public_" in each["sql"]]
    assert asked == []
