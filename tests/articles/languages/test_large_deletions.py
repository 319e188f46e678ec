"""A large branch is hidden at once; its pages are moved to the bin in the background, in parts."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import pre_delete
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.models import Page, PageViewRestriction

from diptych.articles.languages.bin import branches
from diptych.articles.languages.bin.admin import deletion
from diptych.articles.languages.bin.branches import delete_branches, move_branch_to_bin
from diptych.articles.languages.bin.deleting import BeingDeleted, move_to_bin
from diptych.articles.languages.bin.restoring import restore_from_bin
from diptych.articles.languages.config import pauses
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
    make_user,
    write_draft,
)

#: Typed to confirm that many pages are deleted.
NAME = settings.WAGTAIL_SITE_NAME
NAMES = ("", "reports/", "reports/three/", "reports/four/", "one/", "two/")


@pytest.fixture
def section(journal, monkeypatch):
    """A section with five pages below it, two of them in a section of its own.

    That is a large branch from then on, and two pages are a part of it.
    """
    inner = make_page(ArticleIndexPage, journal.articles, "Dossiers", "Reports")
    for name in ("Three", "Four"):
        make_plain_page(journal, f"{name} fr", name, parent=inner)
    for name in ("One", "Two"):
        make_article(journal, f"{name} fr", name, topics=[make_topic(journal, name)])
    for module in (branches, deletion):
        monkeypatch.setattr(module, "MOST_AT_ONCE", 3)
    for name, value in (("SMALLEST", 2), ("PART", 2), ("LONGEST", 100)):
        monkeypatch.setattr(branches, name, value)
    monkeypatch.setattr(pauses, "sleep", lambda seconds: None)
    waiting = SimpleNamespace(enqueue=lambda: None)
    monkeypatch.setattr(branches, "on_backend", lambda work, name: waiting)
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
    shown = ("/en/", "/sitemap.xml", "/en/feed/", "/api/articles/?language=en", "/en/search/?q=One")
    for address in shown:
        client.get(address)
    answer = delete(admin, section)
    assert "the 5 pages below it follow within moments" in messages_of(answer)
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
    assert not DeletedPage.objects.exists() and not DeletedPagePart.objects.exists()


def test_a_large_entry_is_emptied_with_its_parts(section, admin, delete):
    delete(admin, section)
    delete_branches.func()
    call_command("empty_bin", days=0, verbosity=0)
    delete_branches.func()
    assert not DeletedPage.objects.exists() and not DeletedPagePart.objects.exists()


@pytest.mark.rare
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


def test_what_the_request_had_no_time_to_hide_is_hidden_by_the_task(
    section, admin, client, monkeypatch, delete
):
    monkeypatch.setattr(branches, "IN_REQUEST", 0)
    delete(admin, section)
    assert 200 in statuses(client)
    monkeypatch.setattr(branches, "_last_pages", lambda pk, size: [])
    monkeypatch.setattr(branches, "_finish", lambda pk: None)
    delete_branches.func()
    assert statuses(client) == {404}


def test_a_run_of_the_timer_leaves_time_for_others(section, admin, delete):
    delete(admin, section)
    delete_branches.func(0)
    assert BranchDeletion.objects.exists() and section.get_descendants().count() == 5


@pytest.mark.rare
def test_two_that_do_the_same_work_lose_nothing(section, admin, client, delete):
    """As a worker and the timer, of which one takes larger parts."""
    delete(admin, section)
    pk = BranchDeletion.objects.get().pk
    for page in branches._last_pages(pk, 4):
        branches._take_offline(pk, page)
    steps(BranchDeletion.objects.get(), 1)
    branches._delete_part(pk, branches._last_pages(pk, 4)[:1])  # others than the last now
    delete_branches.func()
    delete_branches.func()
    assert DeletedPage.objects.get().page_count == 6
    restore(admin, section)
    assert statuses(client) == {200}


@pytest.mark.rare
def test_an_error_stops_one_branch_and_not_the_others(section, journal, admin, delete):
    other = make_page(ArticleIndexPage, journal.home, "Autres", "Others")
    for number in range(4):
        make_plain_page(journal, f"Autre {number}", f"Other {number}", parent=other)
    delete(admin, section)
    delete(admin, other)

    def refuse(instance, **kwargs):
        if instance.path.startswith(section.path):
            raise ValueError("a receiver of a project")

    pre_delete.connect(refuse, sender=ArticlePage)
    try:
        delete_branches.func()
    finally:
        pre_delete.disconnect(refuse, sender=ArticlePage)
    assert BranchDeletion.objects.get().page_id == section.pk
    assert BranchDeletion.objects.get().is_stopped
    said = admin.get(reverse("journal_background_work")).content.decode()
    assert "It has stopped, as something prevents a page from being deleted" in said
    steps(BranchDeletion.objects.get(), 1)
    assert not BranchDeletion.objects.get().is_stopped
    delete_branches.func()
    assert {each.key for each in DeletedPage.objects.all()} == {section.pk, other.pk}


def test_pages_of_a_selection_are_moved_in_the_background(
    section, admin, django_capture_on_commit_callbacks
):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    question = admin.get(f"{url}?id={section.pk}").content.decode()
    assert "those of large branches are moved in the background" in question
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(f"{url}?id={section.pk}", {"confirm_site_name": NAME})
    assert "Those of large branches are moved there in the background" in messages_of(answer)
    assert BranchDeletion.objects.get().page_id == section.pk


def test_the_second_of_two_who_delete_it_is_refused(section, admin, delete):
    page = ArticleIndexPage.objects.get(pk=section.pk)
    assert page.permissions_for_user(make_user()).can_delete()
    delete(admin, section)
    with pytest.raises(BeingDeleted):
        move_branch_to_bin(page)
    below = page.get_children().first()
    with pytest.raises(BeingDeleted):
        move_branch_to_bin(below)
    assert BranchDeletion.objects.count() == 1


def test_it_goes_on_where_somebody_has_lifted_the_restriction(section, admin, delete, client):
    """By code: the admin refuses it."""
    delete(admin, section)
    PageViewRestriction.objects.get().delete()
    assert BranchDeletion.objects.get().restriction is None
    delete_branches.func()
    assert DeletedPage.objects.get().page_count == 6 and statuses(client) == {404}


def test_nobody_changes_it_meanwhile(section, journal, admin, delete):
    one = ArticlePage.objects.get(languages__slug="one", languages__language="en")
    write_draft(one, headline_en="Later")
    delete(admin, section)
    for name in ("edit", "delete", "move", "copy", "unpublish"):
        answer = admin.get(reverse(f"wagtailadmin_pages:{name}", args=[one.pk]))
        assert answer.status_code == 302, name
    admin.post(reverse("wagtailadmin_pages:lock", args=[one.pk]))
    assert not ArticlePage.objects.get(pk=one.pk).locked
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


def test_the_admin_says_why_nobody_changes_it(section, admin, delete):
    page = section.get_children().first()
    delete(admin, section)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    explorer = reverse("wagtailadmin_explore", args=[section.pk])
    for answer in (admin.get(edit), admin.post(edit), admin.get(explorer)):
        assert "These pages are being deleted." in messages_of(answer)
        assert "Sorry, you do not have permission" not in messages_of(answer)
    results = reverse("wagtailadmin_explore_results", args=[section.pk])
    autosave = admin.post(edit, headers={"accept": "application/json"})
    assert autosave.status_code >= 300
    for answer in (admin.get(results), autosave, admin.get(reverse("wagtailadmin_explore_root"))):
        assert "These pages are being deleted." not in messages_of(answer)


def test_what_contains_it_waits(section, journal, admin, delete):
    """Else its parts would have no entry in the bin."""
    delete(admin, section)
    with pytest.raises(BeingDeleted):
        move_to_bin(journal.home)
    page = bin_screens.delete(admin, journal.home, confirm_site_name=NAME)
    assert "A branch of these pages is being deleted" in page.content.decode()
    assert Page.objects.filter(pk=journal.home.pk).exists()


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


@pytest.mark.rare
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
    call_command("rebuild_page_languages", check=True, verbosity=0)
    restore_from_bin(section.pk)
    assert client.get(address).status_code == 200


@pytest.mark.rare
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
