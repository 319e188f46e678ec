"""The command that cleans stored files loses none, whatever happens to it."""

import errno
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.management import call_command
from wagtail.images import get_image_model

from tests.articles.images.samples import TRACES, photograph, scene, written


class OnceWritten(InMemoryStorage):
    """A storage without paths, as those on other machines are; it may be full."""

    is_full = False

    def _save(self, name, content):
        if OnceWritten.is_full:
            raise _no_space()
        return super()._save(name, content)


@pytest.fixture
def far_away(settings):
    """Files are stored where they have no path."""
    own = {"BACKEND": f"{__name__}.{OnceWritten.__name__}"}
    settings.STORAGES = {**settings.STORAGES, "default": own}


def _no_space():
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def put_uncleaned(title):
    """An image whose stored file tells of its maker."""
    image = get_image_model()(title=title, file=ContentFile(written(scene()), f"{title}.jpg"))
    image.save()
    storage, name = image.file.storage, image.file.name
    storage.delete(name)
    assert storage.save(name, ContentFile(photograph(orientation=6))) == name
    get_image_model().objects.filter(pk=image.pk).update(file_size=1, width=120, height=80)
    return image


def stored(image):
    image = get_image_model().objects.get(pk=image.pk)
    with image.file.storage.open(image.file.name) as file:
        return file.read()


def is_clean(image):
    return not [trace for trace in TRACES if trace in stored(image)]


def run(capsys, capture):
    with capture(execute=True):
        call_command("diptych_clean_images")
    return capsys.readouterr()


@pytest.mark.django_db
def test_a_file_is_there_until_the_new_one_is(
    capsys, monkeypatch, django_capture_on_commit_callbacks
):
    first, second = put_uncleaned("Lac"), put_uncleaned("Mont")
    really, before = os.replace, stored(first)

    def fail_once(draft, path):
        monkeypatch.setattr("os.replace", really)
        assert Path(path).read_bytes() == before
        raise _no_space()

    monkeypatch.setattr("os.replace", fail_once)
    said = run(capsys, django_capture_on_commit_callbacks)

    assert stored(first) == before and is_clean(second)
    assert "Lac" in said.err and os.strerror(errno.ENOSPC) in said.err
    folder = Path(first.file.path).parent
    assert {each.name for each in folder.iterdir()} == {first.filename, second.filename}
    run(capsys, django_capture_on_commit_callbacks)
    assert is_clean(first)


@pytest.mark.django_db
def test_what_is_said_of_a_file_that_is_clean_already_is_mended(
    capsys, django_capture_on_commit_callbacks
):
    image = put_uncleaned("Lac")
    run(capsys, django_capture_on_commit_callbacks)
    get_image_model().objects.filter(pk=image.pk).update(file_size=1, width=120, height=80)

    run(capsys, django_capture_on_commit_callbacks)

    image.refresh_from_db()
    assert (image.width, image.height, image.file_size) == (80, 120, len(stored(image)))


@pytest.mark.django_db
def test_a_file_that_is_no_picture_is_left(capsys, django_capture_on_commit_callbacks):
    image, other = put_uncleaned("Lac"), put_uncleaned("Mont")
    Path(image.file.path).write_bytes(b"no picture")

    run(capsys, django_capture_on_commit_callbacks)

    assert stored(image) == b"no picture"
    assert is_clean(other)


@pytest.mark.django_db
def test_files_without_a_path_are_cleaned(capsys, far_away, django_capture_on_commit_callbacks):
    image = put_uncleaned("Lac")

    run(capsys, django_capture_on_commit_callbacks)

    assert is_clean(image)
    _folders, files = image.file.storage.listdir("original_images")
    image.refresh_from_db()
    assert [f"original_images/{name}" for name in files] == [image.file.name]


@pytest.mark.django_db
def test_a_file_without_a_path_is_there_until_the_new_one_is(
    capsys, monkeypatch, far_away, django_capture_on_commit_callbacks
):
    image = put_uncleaned("Lac")
    before = stored(image)
    monkeypatch.setattr(OnceWritten, "is_full", True)

    said = run(capsys, django_capture_on_commit_callbacks)

    assert stored(image) == before
    assert "Lac" in said.err
