"""Whoever changes rights, accounts and images by any way is in the site history, by language."""

from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry

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
