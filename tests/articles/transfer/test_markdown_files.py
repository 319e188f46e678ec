"""Images and documents of an imported folder that are replaced there, under the same name."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images import get_image_model
from wagtail.utils.file import hash_filelike

from diptych.articles.models import ArticlePage
from tests.articles.transfer.markdown_folders import outcomes, take_in, write

pytestmark = pytest.mark.django_db


def picture(colour, size=(64, 48), **values):
    content = BytesIO()
    Image.new("RGB", size, colour).save(content, "JPEG", **values)
    return content.getvalue()


def stored_content(item):
    """What is stored as the file of an image or document, as whoever opens it now reads it."""
    item = type(item)._default_manager.get(pk=item.pk)
    with item.file.storage.open(item.file.name) as file:
        return file.read()


@pytest.fixture
def folder_of_files(empty_tree, tmp_path):
    """A folder with a text, its picture and its document, which has been taken in."""
    folder = tmp_path / "journal"
    text = "---\ntitle: A\nhero_image: lac.jpg\n---\nVoir [l’étude](/documents/etude.txt).\n"
    write(folder, content__articles__a_fr=text)
    for kind in ("images", "documents"):
        (folder / kind).mkdir()
    (folder / "images.yaml").write_text("lac.jpg: {title: Lac, alt: {fr: Un lac, en: A lake}}\n")
    (folder / "documents.yaml").write_text("etude.txt: {title: Étude}\n")
    (folder / "images/lac.jpg").write_bytes(picture("navy"))
    (folder / "documents/etude.txt").write_bytes(b"Premier")
    assert set(outcomes(take_in(folder)).values()) == {"created"}
    return folder


def test_file_replaced_under_its_name_replaces_what_is_stored(
    folder_of_files, django_capture_on_commit_callbacks
):
    image, document = get_image_model().objects.get(), get_document_model().objects.get()
    rendition = image.get_rendition("width-32")
    (folder_of_files / "images/lac.jpg").write_bytes(picture("maroon", (80, 40)))
    (folder_of_files / "documents/etude.txt").write_bytes(b"Second, plus long")

    with django_capture_on_commit_callbacks(execute=True):
        said = outcomes(take_in(folder_of_files))

    assert (said["images/lac.jpg"], said["documents/etude.txt"]) == ("updated", "updated")
    again, second = get_image_model().objects.get(), get_document_model().objects.get()
    assert (again.pk, second.pk) == (image.pk, document.pk)
    assert (again.width, again.height, again.alt_fr) == (80, 40, "Un lac")
    assert stored_content(second) == b"Second, plus long"
    for item, former in ((again, image), (second, document)):
        content = stored_content(item)
        assert item.file_size == len(content) != former.file_size
        assert item.file_hash == hash_filelike(BytesIO(content)) != former.file_hash
        assert not former.file.storage.exists(former.file.name)
    assert not again.renditions.filter(pk=rendition.pk).exists()
    assert not rendition.file.storage.exists(rendition.file.name)
    assert again.get_rendition("width-32").height == 16
    assert set(outcomes(take_in(folder_of_files)).values()) == {"unchanged"}


def test_new_description_alone_leaves_the_file_as_it_is(
    folder_of_files, django_capture_on_commit_callbacks
):
    exif = Image.Exif()
    exif[0x013B] = "Léa Rochat"
    (folder_of_files / "images/lac.jpg").write_bytes(picture("maroon", exif=exif))
    take_in(folder_of_files)
    image, document = get_image_model().objects.get(), get_document_model().objects.get()
    rendition = image.get_rendition("width-32")
    (folder_of_files / "images.yaml").write_text("lac.jpg: {title: Lac, alt: {fr: Un grand lac}}\n")
    (folder_of_files / "documents.yaml").write_text("etude.txt: {title: L’étude}\n")

    with django_capture_on_commit_callbacks(execute=True):
        said = outcomes(take_in(folder_of_files))

    assert (said["images/lac.jpg"], said["documents/etude.txt"]) == ("updated", "updated")
    again, second = get_image_model().objects.get(), get_document_model().objects.get()
    assert (again.alt_fr, second.title) == ("Un grand lac", "L’étude")
    assert (again.file.name, second.file.name) == (image.file.name, document.file.name)
    assert again.renditions.filter(pk=rendition.pk).exists()
    assert again.file.storage.exists(again.file.name)


def test_refused_file_leaves_the_one_that_is_stored(
    folder_of_files, django_capture_on_commit_callbacks
):
    image, folder = get_image_model().objects.get(), folder_of_files
    rendition = image.get_rendition("width-32")
    names = set(image.file.storage.listdir("original_images")[1])
    (folder / "images/lac.jpg").write_bytes(b"<html>no picture</html>")
    (folder / "images.yaml").write_text("lac.jpg: {title: Autre, alt: {fr: Autre}}\n")
    text = "---\ntitle: A\nhero_image: lac.jpg\n---\nVoir le lac.\n"
    write(folder, content__articles__a_fr=text)

    with django_capture_on_commit_callbacks(execute=True):
        report = take_in(folder, status=1)

    [item] = [each for each in report["items"] if each["id"] == "images/lac.jpg"]
    assert item["outcome"] == "failed" and item["reason"]
    again = get_image_model().objects.get()
    assert (again.file.name, again.title) == (image.file.name, "Lac")
    assert again.renditions.filter(pk=rendition.pk).exists()
    assert set(image.file.storage.listdir("original_images")[1]) == names
    assert ArticlePage.objects.get().hero_image == again
    (folder / "images/lac.jpg").write_bytes(picture("maroon"))
    assert outcomes(take_in(folder))["images/lac.jpg"] == "updated"


def test_file_that_an_editor_replaced_is_a_conflict(folder_of_files):
    document = get_document_model().objects.get()
    form = get_document_form(type(document), ["title", "file"])(
        {"title": document.title, "collection": document.collection_id},
        {"file": SimpleUploadedFile("etude.txt", b"D\xe2\x80\x99un auteur")},
        instance=document,
    )
    assert form.is_valid()
    form.save()
    (folder_of_files / "documents/etude.txt").write_bytes(b"Second")

    said = outcomes(take_in(folder_of_files))

    assert said["documents/etude.txt"] == "conflict"
    assert stored_content(document) == "D’un auteur".encode()


def test_dry_run_replaces_no_file(folder_of_files, django_capture_on_commit_callbacks):
    image = get_image_model().objects.get()
    names = set(image.file.storage.listdir("original_images")[1])
    (folder_of_files / "images/lac.jpg").write_bytes(picture("maroon", (80, 40)))

    with django_capture_on_commit_callbacks(execute=True):
        said = outcomes(take_in(folder_of_files, dry_run=True))

    assert said["images/lac.jpg"] == "updated"
    assert get_image_model().objects.get().file.name == image.file.name
    assert set(image.file.storage.listdir("original_images")[1]) == names
