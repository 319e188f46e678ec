import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from tests.articles.images.samples import scene, written


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A folder of uploads for each test, so that it can be looked through."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def send(admin):
    """Send a file in any of the ways there are: ``send(way, content, name)``."""
    return lambda way, content, name="picture.jpg", **fields: WAYS[way](
        admin, SimpleUploadedFile(name, content), fields
    )


class Answer:
    """What became of a file: the fields that were complained about, and in which words."""

    def __init__(self, response=None, faults=(), text=""):
        self.response = response
        self.faults = list(faults)
        self.text = html.unescape(text)


def _collection():
    return Collection.get_first_root_node().pk


def _add(admin, file, fields):
    data = {"title": "Lac", "file": file, "collection": _collection(), **fields}
    response = admin.post(reverse("wagtailimages:add"), data)
    return _answer(response)


def _replace(admin, file, fields):
    image = _stored_image()
    data = {"title": image.title, "file": file, "collection": _collection(), **fields}
    response = admin.post(reverse("wagtailimages:edit", args=[image.pk]), data)
    return _answer(response)


def _stored_image():
    form = get_image_form(get_image_model())(
        {"title": "Avant", "collection": _collection()},
        {"file": SimpleUploadedFile("before.png", written(scene(), "PNG"))},
    )
    assert form.is_valid()
    return form.save()


def _answer(response):
    assert response.status_code in (200, 302)
    faults = response.context["form"].errors if response.status_code == 200 else []
    return Answer(response, faults, response.content.decode())


def _many(admin, file, fields):
    response = admin.post(
        reverse("wagtailimages:add_multiple"),
        {"title": "Lac", "files[]": file, "collection": _collection(), **fields},
        HTTP_X_REQUESTED_WITH="XMLHttpRequest",
    )
    assert response.status_code == 200
    said = response.json()
    return Answer(response, [] if said["success"] else ["file"], said.get("error_message", ""))


def _choose(admin, file, fields):
    prefix = "image-chooser-upload"
    texts = {"title": "Lac", "alt_en": "A frozen lake", "alt_fr": "Un lac gelé"}
    data = {**texts, "file": file, "collection": _collection(), **fields}
    response = admin.post(
        reverse("wagtailimages_chooser:create"),
        {f"{prefix}-{name}": value for name, value in data.items()},
        HTTP_X_REQUESTED_WITH="XMLHttpRequest",
    )
    assert response.status_code == 200
    said = response.json()
    if said["step"] in ("chosen", "duplicate_found"):
        return Answer(response)
    return Answer(response, response.context["form"].errors, said["htmlFragment"])


def _program(admin, file, fields):
    """No browser at all: a program that fills in the form of the model."""
    data = {"title": "Lac", "collection": _collection(), **fields}
    with translation.override("en"):
        form = get_image_form(get_image_model())(data, {"file": file})
        if form.is_valid():
            form.save()
        return Answer(None, form.errors, str(form.errors))


WAYS = {"add": _add, "many": _many, "choose": _choose, "replace": _replace, "program": _program}
