"""Host names and addresses of sites that one process changes are seen by another at once.

Each has a cache of its own, in which Wagtail keeps where sites are for an hour.
"""

import re

import pytest
from django.test import Client
from wagtail.models import Site

from tests.articles.caching.conftest import committed  # noqa: F401
from tests.articles.caching.workers import Worker, keep_values_apart
from tests.factories import make_article, make_journal, make_user, publish_draft

pytestmark = pytest.mark.adversarial

OLD, NEW = "testserver", "new.example"


def rename(journal):
    journal.site.hostname = NEW
    journal.site.save()
    return NEW


def change_port(journal):
    journal.site.port = 8080
    journal.site.save()
    return f"{OLD}:8080"


def move_the_front_page(journal):
    """Change Wagtail's own address of the page where the site starts, which readers never see."""
    before = journal.home.url_path
    publish_draft(journal.home, url_slug_fr="ailleurs")
    assert journal.home.url_path != before
    return OLD


def start_elsewhere(journal):
    """Start the site at another front page, where its pages go as well."""
    journal.site.root_page = journal.home.get_parent()
    journal.site.save()
    return OLD


def add_a_site_below(journal):
    """Let the articles be a site of their own."""
    Site.objects.create(hostname=NEW, root_page=journal.articles)
    return NEW


CHANGES = (rename, change_port, move_the_front_page, start_elsewhere, add_a_site_below)


def addresses(page):
    """A page, where it stood before, the entrance, lists, sitemap, feed, API, and the admin.

    With each whether an editor asks for it.
    """
    pages = [page.url_in("fr"), "/en/stories/old/", "/", "/fr/", "/en/stories/"]
    of_programs = ["/sitemap.xml", "/fr/feed/", f"/fr/api/articles/{page.pk}/"]
    of_editors = [pages[0], "/", f"/admin/pages/{page.get_parent().pk}/"]
    return [
        *((path, False) for path in (*pages, *of_programs)),
        *((path, True) for path in of_editors),
    ]


@pytest.fixture
def start(committed, monkeypatch):  # noqa: F811
    """Start a process, which an editor asks, or a reader."""
    keep_values_apart(monkeypatch)
    clients = {False: Client(), True: Client()}
    clients[True].force_login(make_user())
    return lambda name, is_editor: Worker(monkeypatch, name, clients[is_editor])


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_one_process_changes_others_know_in_their_next_request(start, change):
    journal = make_journal()
    page = make_article(journal)
    publish_draft(page, url_slug_en="old")
    publish_draft(page, url_slug_en="new")
    asked = {each: start(f"{each}", each[1]) for each in addresses(page)}
    before = {(path, _): worker.answer(path) for (path, _), worker in asked.items()}
    with start("changing", False).running():
        host = change(journal)
    different = 0
    for (path, is_editor), worker in asked.items():
        headers = {"host": host}
        now = start(f"{path} anew", is_editor).answer(path, headers=headers)
        assert readable(worker.answer(path, headers=headers)) == readable(now), path
        different += readable(now) != readable(before[path, is_editor])
    assert different or change is move_the_front_page


def readable(answer):
    """An answer without tokens, which are others each time: its links, or all if it has none."""
    status, location, content = answer
    return status, location, sorted(re.findall(rb'href="[^"]*"', content)) or content
