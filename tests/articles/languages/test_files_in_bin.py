"""Images and documents: what shows them before they are deleted, and the bin."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.http import Http404
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.actions import action_registry
from wagtail.images import get_image_model

from diptych.articles.languages.bin.admin import files
from diptych.articles.languages.bin.files import Use, move_file_to_bin, uses_of
from diptych.articles.languages.models import DeletedFile
from tests.articles.permissions.world import member
from tests.factories import make_article, make_image, make_user


def _block(image):
    value = {"image": image.pk, "alt_text": "A lake", "decorative": False}
    return [{"type": "image", "value": value, "id": "6f9c2f6e-0d6b-4d1c-9a34-6d1f3f6f0a22"}]


def test_each_use_names_the_languages_that_show_it(journal):
    hero, inside = make_image(), make_image()
    make_article(journal, hero_image=hero, body_en=_block(inside))
    make_article(journal, "Deux", "Two", live_in=(), hero_image=hero)
    assert [(use.languages, use.is_live) for use in uses_of(hero)] == [
        (["fr", "en"], True),
        ([], False),
    ]
    assert [use.languages for use in uses_of(inside)] == [["en"]]


def test_the_question_lists_the_uses(journal, admin):
    image = make_image()
    make_article(journal, hero_image=image)
    response = admin.get(reverse("wagtailimages:delete", args=(image.pk,)))
    said = " ".join(response.content.decode().split())
    assert "Le lac gèle" in said and "live in French and English" in said
    assert "moved to the bin" in said


def test_the_question_lists_first_what_forbids_a_deletion(db, monkeypatch):
    def use_by(title, is_live, is_denied):
        source = get_image_model()(title=title)
        return SimpleNamespace(
            source=source, is_live=is_live, languages=[], denied_to=lambda _user: is_denied
        )

    monkeypatch.setattr(files, "LISTED", 2)
    uses = [use_by("Draft", False, False), use_by("Live", True, False), use_by("", True, True)]
    first, second = files.uses_in_words(AnonymousUser(), uses)
    assert first["is_denied"]
    assert second["is_live"] and not second["is_denied"]


def test_what_is_no_page_needs_the_right_to_publish_every_language(journal):
    call_command("diptych_groups", verbosity=0)
    use = Use(journal.site, is_live=True, is_page=False)
    assert use.denied_to(member("editors-fr").user)
    assert not use.denied_to(member("chiefs").user)


def test_wagtails_addresses_lead_to_views_that_use_the_bin():
    for name, view in (
        ("wagtailimages:delete", files.DeleteImageView),
        ("wagtailimages:delete_multiple", files.DeleteUploadedImageView),
        ("wagtaildocs:delete", files.DeleteDocumentView),
        ("wagtaildocs:delete_multiple", files.DeleteUploadedDocumentView),
    ):
        assert resolve(reverse(name, args=(1,))).func.view_class is view, name


def test_an_upload_is_taken_back_into_the_bin(journal, admin):
    image = make_image(title="Premier")
    answer = admin.post(reverse("wagtailimages:delete_multiple", args=(image.pk,)))
    assert answer.json() == {"success": True, "image_id": image.pk}
    assert DeletedFile.objects.get().title == "Premier"


def test_the_list_restores_and_deletes_for_good(journal, admin, django_capture_on_commit_callbacks):
    first, second = make_image(title="Premier"), make_image(title="Second")
    move_file_to_bin(first)
    kept = move_file_to_bin(second)
    listed = admin.get(reverse("diptych_bin_files:index")).content.decode()
    assert "Premier" in listed and "Second" in listed
    deleted = DeletedFile.objects.get(title="Premier")
    admin.post(reverse("diptych_restore_file", args=(deleted.pk,)))
    assert get_image_model().objects.get().title == "Premier"
    storage, name = kept.file.storage, kept.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(reverse("diptych_delete_file_for_good", args=(kept.pk,)))
    assert not DeletedFile.objects.exists() and not storage.exists(name)


def test_the_bin_is_emptied_of_files(journal, capsys):
    move_file_to_bin(make_image(title="Vieux"))
    move_file_to_bin(make_image(title="Neuf"))
    long_ago = timezone.now() - timedelta(days=40)
    DeletedFile.objects.filter(title="Vieux").update(deleted_at=long_ago)
    with override("en"):
        call_command("empty_bin")
    assert [each.title for each in DeletedFile.objects.all()] == ["Neuf"]
    assert "1 image or document deleted for good." in capsys.readouterr().out


def test_what_cannot_be_read_now_is_not_deleted(journal, admin, monkeypatch):
    image = make_image(title="Lac")

    def fail(*args):
        raise PermissionError

    monkeypatch.setattr(image.file.storage, "open", fail)
    bulk = reverse("wagtail_bulk_action", args=("wagtailimages", "image", "delete"))
    for url in (reverse("wagtailimages:delete", args=(image.pk,)), f"{bulk}?id={image.pk}"):
        answer = admin.post(url)
        said = [str(each) for each in answer.wsgi_request._messages]
        assert any("“Lac” has not been deleted" in each for each in said)
        assert get_image_model().objects.get() == image and not DeletedFile.objects.exists()


def test_a_program_is_told_why_nothing_was_deleted(db, monkeypatch):
    image = make_image(title="Lac")
    delete = action_registry.get_action_class(type(image), "delete")

    def fail(*args):
        raise PermissionError

    with monkeypatch.context() as patch, override("en"):
        patch.setattr(image.file.storage, "open", fail)
        with pytest.raises(PermissionDenied, match="“Lac” has not been deleted"):
            delete(image, user=make_user()).execute()
    same = get_image_model().objects.get()
    delete(image, user=make_user()).execute()
    with pytest.raises(Http404, match="meanwhile"), override("en"):
        delete(same, user=make_user()).execute()


def test_what_is_missing_is_deleted_and_restored_as_missing(db):
    image = make_image()
    image.file.storage.delete(image.file.name)
    assert not move_file_to_bin(image).file
