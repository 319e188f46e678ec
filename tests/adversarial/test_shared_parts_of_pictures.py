"""A translator changes nothing that languages share of a picture that others' readers see."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import APIToken, Collection

from tests.articles.permissions.world import member
from tests.factories import make_article, make_image, make_journal

pytestmark = [
    pytest.mark.adversarial,
    pytest.mark.urls("tests.articles.syndication.v3_urls"),
]

TAKEN = {"title": "Taken", "credit": "Nobody", "licence": "None", "tags": "taken"}
POINT = {f"focal_point_{name}": 9 for name in ("x", "y", "width", "height")}


@pytest.fixture
def other():
    return Collection.get_first_root_node().add_child(name="Other")


@pytest.fixture
def journal(db):
    call_command("diptych_groups", verbosity=0)
    return make_journal()


def _bulk_address(action, image):
    names = (image._meta.app_label, image._meta.model_name, action)
    return f"{reverse('wagtail_bulk_action', args=names)}?id={image.pk}"


def _form(client, image, other):
    data = {**TAKEN, **POINT, "collection": other.pk}
    client.post(reverse("wagtailimages:edit", args=(image.pk,)), data)


def _form_of_uploads(client, image, other):
    data = {**TAKEN, "collection": other.pk}
    posted = {f"image-{image.pk}-{name}": value for name, value in data.items()}
    client.post(reverse("wagtailimages:edit_multiple", args=(image.pk,)), posted)


def _new_file(client, image, other):
    with make_image(width=20, height=20).file.open() as file:
        client.post(
            reverse("wagtailimages:edit", args=(image.pk,)),
            {**TAKEN, "collection": image.collection_id, "file": file},
        )


def _tags(client, image, other):
    client.post(_bulk_address("add_tags", image), {"tags": "taken"})


def _collection(client, image, other):
    client.post(_bulk_address("add_to_collection", image), {"collection": other.pk})


def _program(client, image, other):
    _token, secret = APIToken.create_token(user=client.user, name="test")
    Client().patch(
        f"/api/v3/images/{image.pk}/",
        {"title": "Taken", "tags": ["taken"], "collection_id": other.pk},
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )


def _deletion(client, image, other):
    client.post(reverse("wagtailimages:delete", args=(image.pk,)))


def _deletion_of_upload(client, image, other):
    client.post(reverse("wagtailimages:delete_multiple", args=(image.pk,)))


def _bulk_deletion(client, image, other):
    client.post(_bulk_address("delete", image))


def _deletion_by_program(client, image, other):
    _token, secret = APIToken.create_token(user=client.user, name="test")
    Client().delete(f"/api/v3/images/{image.pk}/", headers={"Authorization": f"Bearer {secret}"})


CHANGES = (_form, _form_of_uploads, _new_file, _tags, _collection, _program)
DELETIONS = (_deletion, _deletion_of_upload, _bulk_deletion, _deletion_by_program)


def _shared_parts(image):
    stored = get_image_model().objects.filter(pk=image.pk)
    names = ("title", "credit", "licence", "file", "collection", "is_decorative", *POINT)
    return list(stored.values(*names)), [each.tags.count() for each in stored]


@pytest.mark.parametrize("way", CHANGES + DELETIONS)
@pytest.mark.parametrize("live_in", [("fr", "en"), ()], ids=str)
def test_they_stay_as_they_were_where_readers_see_it(journal, other, way, live_in):
    image = make_image(title="Lake", credit="Ada", licence="CC BY 4.0")
    make_article(journal, live_in=live_in, hero_image=image)
    before = _shared_parts(image)
    way(member("translators-fr-en"), image, other)
    assert (_shared_parts(image) == before) is (bool(live_in) or way in DELETIONS)


def test_the_file_of_an_image_of_others_is_replaced_by_no_way(journal, other):
    image = make_image(title="Lake")
    client = member("translators-fr-en")
    _new_file(client, image, other)
    stored = get_image_model().objects.get(pk=image.pk)
    assert stored.file.name == image.file.name
    assert stored.file.storage.exists(image.file.name)
