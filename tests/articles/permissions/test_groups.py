"""The groups screen, and the groups that a command makes."""

import pytest
from django.apps.registry import Apps
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from diptych.articles.languages.bin.files import move_file_to_bin
from diptych.articles.languages.models import DeletedFile
from diptych.articles.languages.permissions.groups import recipes
from diptych.articles.languages.permissions.policy import create_permissions, language_permissions
from tests.factories import make_image, make_user, sign_in

KEYS = ("chiefs", "editors-fr", "editors-en", "translators-fr-en", "translators-en-fr")


def group_of(key):
    return next(recipe for recipe in recipes() if recipe.key == key).find()


@pytest.fixture
def admin(db):
    client = Client()
    sign_in(client, "admin", language="en")
    return client


def form(name, *codenames, permissions=()):
    formsets = ("page_permissions", "collection_permissions", "image_permissions")
    formsets = (*formsets, "document_permissions", "site_permissions", "group_site_permissions")
    data = {
        "name": name,
        **{each: inline_formset([]) for each in formsets},
        **{f"languages-{codename}": "on" for codename in codenames},
    }
    return nested_form_data(data) | {"permissions": list(permissions)}


def codenames_of(group):
    return set(language_permissions().filter(group=group).values_list("codename", flat=True))


def run(**options):
    said = []

    class Out:
        def write(self, text):
            said.append(text)

    call_command("diptych_groups", stdout=Out(), **options)
    return "".join(said)


# The screen


def test_the_screen_has_a_box_for_each_language_and_action(admin):
    html = admin.get(reverse("wagtailusers_groups:add")).content.decode()
    for action in ("edit", "submit", "publish", "publish_incomplete"):
        for language in ("fr", "en"):
            assert f'name="languages-{action}_{language}"' in html
    assert "French" in html and "Hand in" in html


def test_a_new_group_may_do_in_every_language_what_its_pages_allow(admin):
    html = admin.get(reverse("wagtailusers_groups:add")).content.decode()
    assert html.count("checked") == 6


def test_a_group_is_made_with_the_permissions_that_were_ticked(admin):
    admin.post(reverse("wagtailusers_groups:add"), form("Équipe", "edit_fr", "submit_fr"))
    assert codenames_of(Group.objects.get(name="Équipe")) == {"edit_fr", "submit_fr"}


def test_permissions_are_changed_and_other_permissions_stay(admin):
    group = Group.objects.create(name="Équipe")
    access = Permission.objects.get(codename="access_admin")
    group.permissions.add(*language_permissions(), access)
    where = reverse("wagtailusers_groups:edit", args=(group.pk,))
    html = admin.get(where).content.decode()
    assert html.count("checked") == 9
    admin.post(where, form("Équipe", "edit_en", permissions=[access.pk]))
    assert codenames_of(group) == {"edit_en"}
    assert access in group.permissions.all()


# The command


def test_the_command_makes_all_groups_in_the_language_of_the_site(db):
    said = run()
    with override("fr"):
        names = [recipe.name for recipe in recipes()]
    assert len(set(names)) == len(KEYS)
    for name in names:
        assert Group.objects.filter(name=name).exists()
        assert name in said


def test_each_group_has_the_permissions_of_its_name(db):
    run()
    found = {key: codenames_of(group_of(key)) for key in KEYS}
    assert len(found["chiefs"]) == 8
    assert found["editors-fr"] == {"edit_fr", "submit_fr", "publish_fr"}
    assert found["editors-en"] == {"edit_en", "submit_en", "publish_en"}
    assert found["translators-fr-en"] == {"edit_en", "submit_en"}
    assert found["translators-en-fr"] == {"edit_fr", "submit_fr"}


def test_members_can_work_at_once(journal):
    run()
    for key in KEYS:
        user = make_user("reader")
        user.groups.add(group_of(key))
        permissions = journal.articles.permissions_for_user(user)
        client = Client()
        client.force_login(user)
        assert client.get(reverse("wagtailadmin_home")).status_code == 200
        assert permissions.can_edit()
        assert permissions.can_add_subpage() != key.startswith("translators")
        assert permissions.can_publish() != key.startswith("translators")


def test_a_second_run_leaves_groups_as_they_are_and_says_why(db):
    run()
    group = group_of("editors-fr")
    group.permissions.clear()
    count = Group.objects.count()
    said = run()
    assert Group.objects.count() == count
    assert not group.permissions.exists()
    assert "--complete" in said


def test_groups_are_known_again_when_the_site_speaks_another_language(db, settings):
    run()
    count = Group.objects.count()
    settings.LANGUAGE_CODE = "en"
    run()
    assert Group.objects.count() == count


def test_what_a_group_lacks_is_given_when_asked_for(db):
    run()
    group = group_of("editors-fr")
    group.permissions.clear()
    group.page_permissions.all().delete()
    run(complete=True)
    assert codenames_of(group) == {"edit_fr", "submit_fr", "publish_fr"}
    assert group.page_permissions.count() == 3


def test_groups_may_work_below_one_page_only(journal):
    run(below=journal.articles.pk)
    user = make_user("reader")
    user.groups.add(group_of("chiefs"))
    assert journal.articles.permissions_for_user(user).can_edit()
    assert not journal.topics.permissions_for_user(user).can_edit()


def test_a_page_that_is_not_there_is_said(db):
    with pytest.raises(CommandError, match="987654"):
        run(below=987654)


# Languages that come later


def test_a_new_language_is_given_to_those_who_have_all_others(db):
    run()
    names = ("edit_en", "submit_en", "publish_en")
    Permission.objects.filter(codename__in=[*names, "publish_incomplete_en"]).delete()
    create_permissions()
    assert len(codenames_of(group_of("chiefs"))) == 8
    assert codenames_of(group_of("editors-fr")) == {
        "edit_fr",
        "submit_fr",
        "publish_fr",
        *names,
    }
    assert not codenames_of(group_of("translators-fr-en"))


class NothingHere:
    """A router of a project whose second database is for something else."""

    def allow_migrate(self, db, app_label, **hints):
        return False


def test_nothing_is_given_before_there_are_tables_nor_where_there_will_be_none(db, settings):
    language_permissions().delete()
    create_permissions(apps=Apps())
    settings.DATABASE_ROUTERS = [NothingHere()]
    create_permissions()
    assert not language_permissions().exists()
    settings.DATABASE_ROUTERS = []
    create_permissions()
    assert language_permissions().count() == 8


# Images


def member_of(key, username):
    client = Client()
    client.user = make_user("reader", username)
    client.user.groups.add(group_of(key))
    client.force_login(client.user)
    return client


def test_translators_write_texts_of_images_and_delete_their_own(journal):
    run()
    image, other, binned = make_image(), make_image("Autre"), make_image("Jetée")
    deleted = move_file_to_bin(binned)
    translator = member_of("translators-fr-en", "tanja")
    screen = translator.get(reverse("wagtailimages:edit", args=(image.pk,)))
    delete = reverse("wagtailimages:delete", args=(image.pk,))
    assert screen.status_code == 200 and delete not in screen.content.decode()
    for name, argument in [
        ("wagtailimages:delete", image.pk),
        ("wagtailimages:delete_multiple", image.pk),
        ("diptych_restore_file", deleted.pk),
        ("diptych_delete_file_for_good", deleted.pk),
    ]:
        translator.post(reverse(name, args=(argument,)))
    names = ("wagtailimages", "image", "delete")
    selection = f"{reverse('wagtail_bulk_action', args=names)}?next=/admin/&id={image.pk}"
    translator.post(f"{selection}&id={other.pk}")
    assert DeletedFile.objects.get() == deleted
    policy = policy_registry.get_by_type(get_image_model())
    own = make_image("À moi", uploaded_by_user=translator.user)
    assert set(policy.instances_user_has_permission_for(translator.user, "delete")) == {own}
    assert set(policy.instances_user_has_permission_for(translator.user, "change")) == {
        image,
        other,
        own,
    }
    translator.post(reverse("wagtailimages:delete", args=(own.pk,)))
    restored = DeletedFile.objects.exclude(pk=deleted.pk).get()
    translator.post(reverse("diptych_restore_file", args=(restored.pk,)))
    assert get_image_model().objects.filter(pk=own.pk).exists()


@pytest.mark.parametrize("is_own", [True, False], ids=["own", "of others"])
def test_translators_replace_the_files_of_their_own_images_only(journal, is_own):
    """Wagtail deletes the file that was there; the texts of their language they change anyhow."""
    run()
    translator = member_of("translators-fr-en", "tanja")
    image = make_image(uploaded_by_user=translator.user if is_own else None)
    before, storage = image.file.name, image.file.storage
    with make_image(width=20, height=20).file.open() as file:
        data = {"title": "Lac", "collection": image.collection_id, "alt_en": "A lake", "file": file}
        translator.post(reverse("wagtailimages:edit", args=(image.pk,)), data)
    image.refresh_from_db()
    assert image.alt_en == "A lake"
    assert (image.file.name != before) is is_own
    assert storage.exists(before) is not is_own


def test_editors_delete_images(journal):
    run()
    image = make_image()
    editor = member_of("editors-fr", "edith")
    delete = reverse("wagtailimages:delete", args=(image.pk,))
    screen = editor.get(reverse("wagtailimages:edit", args=(image.pk,)))
    assert delete in screen.content.decode()
    policy = policy_registry.get_by_type(get_image_model())
    assert set(policy.instances_user_has_permission_for(editor.user, "delete")) == {image}
    assert editor.user in policy.users_with_permission("delete")
    editor.post(delete)
    deleted = DeletedFile.objects.get()
    editor.post(reverse("diptych_restore_file", args=(deleted.pk,)))
    assert get_image_model().objects.get().pk == image.pk
