"""An editor of one language cannot take a picture off a live text of another, by any way."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry

from diptych.articles.languages.models import DeletedFile
from diptych.articles.models import ArticlePage
from tests.articles.permissions.world import member
from tests.factories import make_article, make_image, make_journal

pytestmark = pytest.mark.adversarial


def _single(client, image):
    client.post(reverse("wagtailimages:delete", args=(image.pk,)))


def _multiple(client, image):
    client.post(reverse("wagtailimages:delete_multiple", args=(image.pk,)))


def _bulk(client, image):
    names = (image._meta.app_label, image._meta.model_name, "delete")
    client.post(f"{reverse('wagtail_bulk_action', args=names)}?id={image.pk}")


WAYS = (_single, _multiple, _bulk)


@pytest.fixture
def journal(db):
    call_command("diptych_groups", verbosity=0)
    return make_journal()


def _block(image):
    value = {"image": image.pk, "alt_text": "A lake", "decorative": False}
    return [{"type": "image", "value": value, "id": "6f9c2f6e-0d6b-4d1c-9a34-6d1f3f6f0a22"}]


@pytest.mark.parametrize("way", WAYS)
def test_what_a_live_text_of_another_language_shows_stays(journal, way):
    hero, inside = make_image(), make_image()
    make_article(journal, "Un", "One", live_in=("en",), hero_image=hero, body_en=_block(inside))
    client = member("editors-fr")
    for image in (hero, inside):
        way(client, image)
        assert get_image_model().objects.filter(pk=image.pk).exists()
    assert not DeletedFile.objects.exists()


@pytest.mark.parametrize("way", WAYS)
def test_what_is_deleted_comes_back_where_it_stood(journal, way):
    image = make_image(title="Le lac")
    article = make_article(journal, "Un", "One", live_in=("fr",), hero_image=image)
    content = image.file.read()
    client = member("editors-fr")
    way(client, image)
    assert ArticlePage.objects.get(pk=article.pk).hero_image is None
    entry = ModelLogEntry.objects.get(action="wagtail.delete", object_id=str(image.pk))
    assert (entry.user, entry.label) == (client.user, "Le lac")
    deleted = DeletedFile.objects.get()
    assert deleted.shown_in == ["fr"]
    client.post(reverse("diptych_restore_file", args=(deleted.pk,)))
    back = get_image_model().objects.get(pk=image.pk)
    assert ArticlePage.objects.get(pk=article.pk).hero_image == back
    assert back.file.read() == content
    assert back.get_usage().count() == 1


def test_documents_are_kept_likewise(journal):
    document = get_document_model().objects.create(
        title="Rapport", file=ContentFile(b"%PDF-1.4", name="rapport.pdf")
    )
    link = f'<p><a linktype="document" id="{document.pk}">read</a></p>'
    text = [{"type": "paragraph", "value": link, "id": "6f9c2f6e-0d6b-4d1c-9a34-6d1f3f6f0a23"}]
    make_article(journal, "Un", "One", live_in=("en",), body_en=text)
    for key, is_kept in (("editors-fr", True), ("editors-en", False)):
        client = member(key)
        response = client.post(reverse("wagtaildocs:delete", args=(document.pk,)))
        assert response.status_code == (403 if is_kept else 302), key
        assert get_document_model().objects.exists() is is_kept, key
    deleted = DeletedFile.objects.get()
    assert deleted.file.read() == b"%PDF-1.4"
