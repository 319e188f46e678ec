"""A large branch is hidden at once; its pages are moved to the bin in the background, in parts."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import Page, PageViewRestriction

from diptych.articles.languages.bin import branches
from diptych.articles.languages.bin.admin import deletion
from diptych.articles.languages.bin.branches import delete_branches, move_branch_to_bin
from diptych.articles.languages.bin.deleting import BeingDeleted, move_to_bin
from diptych.articles.languages.bin.restoring import restore_from_bin
from diptych.articles.languages.models import (
    BranchDeletion,
    DeletedPage,
    DeletedPagePart,
    PageLanguage,
)
from diptych.articles.models import ArticleIndexPage, ArticlePage
from tests.articles.languages import bin_screens
from tests.articles.languages.bin_screens import messages_of, restore
from tests.factories import (
    make_alias,
    make_article,
    make_page,
    make_plain_page,
    make_topic,
    write_draft,
)

NAMES = ("", "reports/", "reports/three/", "reports/four/", "one/", "two/")


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    for module in (branches, deletion):
        monkeypatch.setattr(module, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(branches, "SMALLEST", 2)
    monkeypatch.setattr(branches, "PART", 2)
    monkeypatch.setattr(branches, "LONGEST", 100)
    monkeypatch.setattr(branches, "sleep", lambda seconds: None)
    waiting = SimpleNamespace(enqueue=lambda: None)
    monkeypatch.setattr(branches, "on_backend", lambda work, name: waiting)


@pytest.fixture
def section(journal):
    """A section with five pages below it, two of them in a section of its own."""
    inner = make_page(ArticleIndexPage, journal.articles, "Dossiers", "Reports")
    for name in ("Three", "Four"):
        make_plain_page(journal, f"{name} fr", name, parent=inner)
    for name in ("One", "Two"):
        make_article(journal, f"{name} fr", name, topics=[make_topic(journal, name)])
    return ArticleIndexPage.objects.get(pk=journal.articles.pk)


@pytest.fixture
def delete(django_capture_on_commit_callbacks):
    """Delete a page in the admin, up to the answer."""

    def post(client, page):
        with django_capture_on_commit_callbacks(execute=True):
            return bin_screens.delete(client, page)

    return post


def statuses(client):
    return {client.get(f"/en/stories/{name}").status_code for name in NAMES}


def steps(deletion, number):
    """Do the first ``number`` parts of the work."""
    for _part in range(number):
        pages = branches._last_pages(deletion.pk, 2)
        for page in pages:
            branches._take_offline(deletion.pk, page)
        branches._delete_part(deletion.pk, pages)


def test_readers_find_nothing_once_the_request_is_answered(section, admin, client, delete):
    assert statuses(client) == {200}
    shown = ("/en/", "/sitemap.xml", "/en/feed/", "/api/articles/?language=en")
    for address in shown:
        client.get(address)
    answer = delete(admin, section)
    assert "the 5 pages below it are no longer found" in messages_of(answer)
    assert BranchDeletion.objects.get().page_id == section.pk
    assert Page.objects.filter(path__startswith=section.path).count() == 6
    for user in (client, admin):
        assert statuses(user) == {404}
    assert not PageLanguage.objects.visible().filter(page__path__startswith=section.path).exists()
    assert not Page.objects.public().filter(path__startswith=section.path).exists()
    assert not ArticlePage.objects.visible_in("en").exists()
    for address in shown:
        assert "/en/stories/one/" not in client.get(address).content.decode()
    call_command("rebuild_page_languages", check=True, verbosity=0)


def test_the_bin_has_one_entry_that_is_restored_whole(section, admin, client, delete):
    delete(admin, section)
    assert not DeletedPage.objects.exists()
    delete_branches.func()
    assert not Page.objects.filter(path__startswith=section.path).exists()
    assert not BranchDeletion.objects.exists() and not PageViewRestriction.objects.exists()
    deleted = DeletedPage.objects.get()
    assert (deleted.key, deleted.page_count, deleted.live_in) == (section.pk, 6, ["fr", "en"])
    assert DeletedPagePart.objects.count() == 3
    restore(admin, section)
    assert statuses(client) == {200}
    assert Page.find_problems() == ([], [], [], [], [])
    found = ArticlePage.objects.get(languages__slug="one", languages__language="en")
    assert [each.topic.title for each in found.topics.all()] == ["One"]
    call_command("rebuild_page_languages", check=True, verbosity=0)
    delete_branches.func()
    assert not DeletedPage.objects.exists() and not DeletedPagePart.objects.exists()


def test_a_large_entry_is_emptied_with_its_parts(section, admin, delete):
    delete(admin, section)
    delete_branches.func()
    call_command("empty_bin", days=0, verbosity=0)
    delete_branches.func()
    assert not DeletedPage.objects.exists() and not DeletedPagePart.objects.exists()


def test_what_is_broken_off_is_gone_on_with_by_the_timer(
    section, admin, client, monkeypatch, delete
):
    delete(admin, section)
    work, parts = branches._delete_part, []

    def die(pk, pages):
        if parts:
            raise KeyboardInterrupt
        parts.append(work(pk, pages))

    monkeypatch.setattr(branches, "_delete_part", die)
    with pytest.raises(KeyboardInterrupt):
        delete_branches.func()
    assert DeletedPagePart.objects.count() == 1 and statuses(client) == {404}
    monkeypatch.setattr(branches, "_delete_part", work)
    call_command("publish_scheduled", verbosity=0)
    assert DeletedPage.objects.get().page_count == 6
    restore(admin, section)
    assert statuses(client) == {200}


def test_hiding_that_is_broken_off_is_gone_on_with(section, client, monkeypatch):
    move_branch_to_bin(section)
    monkeypatch.setattr(branches, "_delete_branch", lambda pk: None)
    delete_branches.func()
    assert statuses(client) == {404}


def test_nobody_changes_it_meanwhile(section, journal, admin, delete):
    one = ArticlePage.objects.get(languages__slug="one", languages__language="en")
    write_draft(one, headline_en="Later")
    delete(admin, section)
    for name in ("edit", "delete", "move", "copy", "unpublish"):
        answer = admin.get(reverse(f"wagtailadmin_pages:{name}", args=[one.pk]))
        assert answer.status_code == 302, name
    below = reverse("wagtailadmin_pages:add", args=["diptych", "articlepage", section.pk])
    assert admin.get(below).status_code == 302
    other = make_plain_page(journal, "Autre", "Other")
    move = reverse("wagtailadmin_pages:move_confirm", args=[other.pk, section.pk])
    admin.post(move)
    assert not section.get_descendants().filter(pk=other.pk).exists()
    one = ArticlePage.objects.get(pk=one.pk)
    with pytest.raises(PublishPagePermissionError):
        one.publish_languages(["en"])
    with pytest.raises(PublishPagePermissionError):
        one.get_latest_revision().publish()


def test_what_contains_it_waits(section, journal, admin, delete):
    """Else its parts would have no entry in the bin."""
    delete(admin, section)
    with pytest.raises(BeingDeleted):
        move_to_bin(journal.home)
    page = admin.post(
        reverse("wagtailadmin_pages:delete", args=[journal.home.pk]),
        {"confirm_site_name": "Wagtail"},
    )
    assert Page.objects.filter(pk=journal.home.pk).exists() and page.status_code in (200, 302)


def test_background_work_says_how_far_it_is(section, admin, delete):
    delete(admin, section)
    address = reverse("journal_background_work")
    assert "0 of 6 pages are in the bin" in admin.get(address).content.decode()
    steps(BranchDeletion.objects.get(), 1)
    assert "2 of 6 pages are in the bin" in admin.get(address).content.decode()


def test_a_part_is_a_short_transaction(section, admin, delete):
    delete(admin, section)
    pk = BranchDeletion.objects.get().pk
    pages = branches._last_pages(pk, 2)
    for page in pages:
        branches._take_offline(pk, page)
    with CaptureQueriesContext(connection) as queries:
        branches._delete_part(pk, pages)
    assert len(pages) == 2 and len(queries) < 250


def test_an_alias_elsewhere_is_hidden_with_its_original(section, journal, admin, client, delete):
    one = ArticlePage.objects.get(languages__slug="one", languages__language="en")
    other = make_page(ArticleIndexPage, journal.home, "Autres", "Others")
    alias = make_alias(one, other)
    address = alias.url_in("en")
    assert client.get(address).status_code == 200
    delete(admin, section)
    assert client.get(address).status_code == 404
    delete_branches.func()
    cache.clear()
    assert client.get(address).status_code == 404
    restore_from_bin(section.pk)
    assert client.get(address).status_code == 200


def test_a_section_moved_by_code_meanwhile_is_restored_whole(
    section, journal, admin, client, delete
):
    delete(admin, section)
    steps(BranchDeletion.objects.get(), 1)
    section = ArticleIndexPage.objects.get(pk=section.pk)
    path = section.path
    section.move(journal.home.get_last_child(), pos="right")
    assert ArticleIndexPage.objects.get(pk=section.pk).path != path
    delete_branches.func()
    restore_from_bin(section.pk)
    assert statuses(client) == {200}
    assert Page.find_problems() == ([], [], [], [], [])
