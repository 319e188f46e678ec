"""Whoever changes rights, accounts and images by any way is in the site history, by language."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import GroupPagePermission, ModelLogEntry, Page

from diptych.articles.languages.bin.deleting import move_to_bin
from tests.factories import make_article, make_image, make_user


def test_changed_rights_name_what_was_given_and_by_whom(
    journal, admin, django_capture_on_commit_callbacks
):
    chief, group = make_user("admin"), Group.objects.create(name="Guests")
    permission = Permission.objects.get(codename="publish_en")
    with django_capture_on_commit_callbacks(execute=True), LogContext(chief):
        group.permissions.add(permission)
        make_user("reader").groups.add(group)
        group.permissions.remove(permission)
    entry = ModelLogEntry.objects.get(action="diptych.permissions", object_id=str(group.pk))
    assert entry.user == chief
    assert entry.data == {
        "added": ["diptych_languages.publish_en"],
        "removed": ["diptych_languages.publish_en"],
    }
    assert ModelLogEntry.objects.get(action="diptych.groups").data == {"added": ["Guests"]}
    html = admin.get(reverse("diptych_audit:index")).content.decode()
    assert "Added: diptych_languages.publish_en." in html


def test_accounts_made_and_changed_in_code_are_logged(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        user = make_user("reader")
        user.is_superuser = True
        user.save()
    actions = ModelLogEntry.objects.for_instance(user).values_list("action", "user")
    assert set(actions) == {("wagtail.create", None), ("diptych.account", None)}


def test_images_are_logged_once_whichever_way_they_come(
    journal, admin, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        image = make_image()
    entries = ModelLogEntry.objects.for_instance(image)
    assert [each.action for each in entries] == ["wagtail.create"]
    names = (image._meta.app_label, image._meta.model_name, "add_tags")
    address = f"{reverse('wagtail_bulk_action', args=names)}?id={image.pk}"
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(address, {"tags": "lake"})
    assert entries.filter(action="wagtail.edit").count() == 1


def test_the_report_is_filtered_by_language_and_exported(journal, admin):
    page = make_article(journal)
    chief = make_user("admin")
    page.unpublish_languages(["en"], chief)
    address = reverse("diptych_audit:index")
    shown = {
        code: [
            each.action for each in admin.get(address, {"language": code}).context["object_list"]
        ]
        for code in ("fr", "en")
    }
    assert "diptych.unpublish_language" in shown["en"]
    assert "diptych.unpublish_language" not in shown["fr"]
    export = admin.get(address, {"export": "csv", "language": "en"}).getvalue().decode()
    row = next(line for line in export.splitlines() if "Unpublished in English" in line)
    assert chief.get_username() in row or chief.get_full_name() in row


def test_the_log_is_not_compared_with_all_pages_for_who_may_see_each(journal, admin, client):
    """There may be a hundred thousand of them, for fifty entries of the log."""
    address = reverse("diptych_audit:index")
    make_article(journal, "Neuf", "New")
    with CaptureQueriesContext(connection) as queries:
        assert "Neuf" in admin.get(address).content.decode()
    of_log = [each["sql"] for each in queries if "UNION ALL" in each["sql"]]
    assert of_log and not [sql for sql in of_log if '"page_id" IN (SELECT' in sql]
    client.force_login(make_user("editor"))
    assert "Neuf" in client.get(address).content.decode()


@pytest.mark.parametrize(("codename", "is_shown"), [("add_page", True), ("publish_page", False)])
def test_deleted_pages_are_in_the_report_of_those_who_may_add_pages_anywhere(
    journal, client, codename, is_shown
):
    """As in Wagtail's own: who may publish every page alone does not see what was deleted."""
    user, page = make_user("reader"), make_article(journal, "Neuf", "New")
    may = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
    group = Group.objects.create(name="Everywhere")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=may)
    user.groups.set([group])
    move_to_bin(page)
    client.force_login(user)
    html = client.get(reverse("diptych_audit:index")).content.decode()
    assert ("Neuf" in html) == is_shown
