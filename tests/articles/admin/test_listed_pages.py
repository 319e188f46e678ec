"""The page chooser, the admin API and the page search ask as little for many pages as for a few."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from diptych.articles.models import ArticleIndexPage
from tests.articles.admin.html import text_of
from tests.factories import make_article, make_page, make_user, write_draft
from tests.tiers import one_of
from tests.wagtail_versions import HAS_ADMIN_ACTIONS, below_in_menu, by_admin_actions

API = "/admin/api/main/pages/"
LISTS = {
    "chooser": lambda journal: _chooser_of(journal.articles),
    "chooser, search": lambda journal: f"{reverse('wagtailadmin_choose_page_search')}?q=lac",
    "search": lambda journal: f"{reverse('wagtailadmin_pages:search')}?q=lac",
    "menu": lambda journal: below_in_menu(journal.articles),
    "menu, sections": lambda journal: below_in_menu(journal.home),
}
if HAS_ADMIN_ACTIONS:
    LISTS |= {
        "API": lambda journal: f"{API}?descendant_of={journal.home.pk}&order=-id",
        "API, search": lambda journal: f"{API}?search=lac",
        "API, sections": lambda journal: f"{API}?child_of={journal.home.pk}&order=-id",
    }


def _chooser_of(page):
    return reverse("wagtailadmin_choose_page_child", args=[page.pk])


def queries(client, address):
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [query["sql"] for query in captured]


def make_section(journal, number):
    return make_page(ArticleIndexPage, journal.home, f"Rubrique {number}", f"Section {number}")


def make_lake(section, number):
    below = SimpleNamespace(articles=section)
    return make_article(below, f"Le lac {number}", f"The lake {number}", ("fr",))


@pytest.mark.parametrize("name", one_of(LISTS, "rare"))
@pytest.mark.scale
def test_as_few_queries_for_many_pages(journal, admin, name):
    def add(number):
        make_lake(make_section(journal, number), number)
        make_lake(journal.articles, number)

    for number in range(2):
        add(number)
    few = queries(admin, LISTS[name](journal))
    for number in range(2, 7):
        add(number)
    many = queries(admin, LISTS[name](journal))
    assert len(many) <= len(few), many


def rows_of_chooser(client, address):
    html = json.loads(client.get(address).content)["html"]
    return [text_of(row) for row in BeautifulSoup(html, "lxml").select("tbody tr")]


def test_the_chooser_says_what_is_scheduled_or_under_review(journal, admin):
    scheduled = make_article(journal, "Demain", None, live_in=())
    write_draft(scheduled, go_live_at=timezone.now() + timedelta(days=2))
    scheduled.get_latest_revision().publish()
    reviewed = make_article(journal, "Relu", None, live_in=())
    reviewed.get_workflow().start(reviewed, make_user())
    make_article(journal, "En ligne", None, live_in=("fr",))
    rows = rows_of_chooser(admin, _chooser_of(journal.articles))
    states = {name: next(row for row in rows if name in row) for name in ("Demain", "Relu", "En")}
    assert "scheduled" in states["Demain"]
    assert "in moderation" in states["Relu"]
    assert "live (FR)" in states["En"]


def items(client, address):
    return {each["title"]: each["meta"] for each in client.get(address).json()["items"]}


@by_admin_actions
def test_the_api_counts_the_children_that_one_may_see(journal, client):
    seen, unseen = make_section(journal, 1), make_section(journal, 2)
    lakes = [make_lake(section, section.pk) for section in (seen, unseen)]
    group = Group.objects.create(name="one section")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(group=group, page=seen, permission_type="change")
    editor = make_user("reader")
    editor.groups.add(group)
    client.force_login(editor)
    found = items(client, API)
    assert "Rubrique 2" not in found
    assert found["Rubrique 1"]["children"]["count"] == 1
    assert found["Rubrique 1"]["parent"]["id"] == journal.home.pk
    home = next(meta for meta in found.values() if meta["type"] == "diptych.HomePage")
    assert home["children"]["count"] == 1
    lake = found[f"Le lac {seen.pk}"]
    assert lake["children"]["count"] == 0
    assert lake["children"]["listing_url"].endswith(f"{API}?child_of={lakes[0].pk}")
    assert lake["parent"]["id"] == seen.pk
