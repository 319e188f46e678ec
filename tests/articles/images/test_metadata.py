"""What a file tells about its maker is taken off before it is kept; the picture is not touched."""

import re
from io import BytesIO

import pytest
from django.core.files import File
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image, ImageChops, ImageOps
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, UploadedFile

from tests.articles.images.conftest import WAYS
from tests.articles.images.samples import (
    PROFILE,
    SUFFIXES,
    TRACES,
    animation,
    exif,
    photograph,
    scene,
    written,
)


def kept():
    """The image kept last, and its file as Pillow sees it."""
    image = get_image_model().objects.latest("pk")
    with image.file.open() as file:
        content = file.read()
    return image, content, Image.open(BytesIO(content))


def assert_untraceable(content):
    assert [trace for trace in TRACES if trace in content] == []
    data = Image.open(BytesIO(content)).getexif()
    assert dict(data) == {}


def difference(first, second):
    """The largest difference of one colour of one pixel."""
    both = first.convert("RGBA"), second.convert("RGBA")
    return max(high for _low, high in ImageChops.difference(*both).getextrema())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("in_memory", [True, False], ids=["in memory", "on disk"])
def test_positions_are_taken_off_in_every_way_of_sending(send, settings, way, in_memory):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000 if in_memory else 0

    assert send(way, photograph()).faults == []

    image, content, _picture = kept()
    assert_untraceable(content)
    assert image.file_size == len(content)


@pytest.mark.django_db
def test_positions_are_taken_off_where_a_program_stores_the_file_first():
    image = get_image_model()(title="Lac")
    image.file.save("lac.jpg", ContentFile(photograph(orientation=6)))

    image, content, picture = kept()
    assert_untraceable(content)
    assert image.file_size == len(content)
    assert (image.width, image.height) == picture.size == scene().size[::-1]
    assert re.search(r"original_images/[0-9a-f]{12}-lac\.jpg$", image.file.name)


@pytest.mark.parametrize("kind", SUFFIXES)
def test_only_metadata_go(send, kind):
    sent = photograph(kind)

    assert send("add", sent, f"picture.{SUFFIXES[kind]}").faults == []

    _image, content, picture = kept()
    assert_untraceable(content)
    assert picture.format == kind
    assert difference(picture, Image.open(BytesIO(sent))) == 0
    if kind != "GIF":
        assert picture.info["icc_profile"] == PROFILE


def test_a_jpeg_is_not_compressed_again(send):
    sent = photograph()

    send("add", sent)

    _image, content, _picture = kept()
    scan = sent.index(b"\xff\xda")
    assert content[content.index(b"\xff\xda") :] == sent[scan:]


def test_what_follows_a_picture_is_cut_off(send):
    for kind in ("JPEG", "PNG", "GIF", "WEBP"):
        send("add", photograph(kind) + b"<script>alert(1)</script>", f"p.{SUFFIXES[kind]}")

        assert_untraceable(kept()[1])


def test_colours_of_a_picture_for_print_stay_as_they_are(send):
    sent = written(scene().convert("CMYK"), exif=exif())

    send("add", sent)

    _image, content, picture = kept()
    assert_untraceable(content)
    assert picture.mode == "CMYK"
    assert difference(picture, Image.open(BytesIO(sent))) == 0


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_animations_keep_frames_timing_and_repetition(send, kind):
    traces = {"comment": b"<script>"} if kind == "GIF" else {"exif": exif(), "lossless": True}
    sent = animation(kind, **traces)

    assert send("many", sent, f"picture.{SUFFIXES[kind]}").faults == []

    _image, content, picture = kept()
    before = Image.open(BytesIO(sent))
    assert [trace for trace in TRACES if trace in content] == []
    assert picture.n_frames == before.n_frames == 4
    assert picture.info["loop"] == 3
    for number in range(4):
        before.seek(number)
        picture.seek(number)
        before.load()
        picture.load()
        assert picture.info["duration"] == 100 * (number + 1)
        assert difference(picture, before) == 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", [3, 6])
def test_a_picture_that_lies_down_is_set_upright(send, kind, orientation):
    sent = photograph(kind, orientation)

    assert send("add", sent, f"picture.{SUFFIXES[kind]}").faults == []

    image, content, picture = kept()
    upright = ImageOps.exif_transpose(Image.open(BytesIO(sent)))
    assert_untraceable(content)
    assert (image.width, image.height) == picture.size == upright.size
    assert picture.size == ((80, 120) if orientation == 6 else (120, 80))
    assert difference(picture, upright) <= (0 if kind == "PNG" else 60)
    assert picture.info["icc_profile"] == PROFILE


def test_a_lossless_picture_is_set_upright_without_loss(send):
    sent = written(scene(), "WEBP", exif=exif(6), lossless=True)

    send("add", sent, "picture.webp")

    upright = ImageOps.exif_transpose(Image.open(BytesIO(sent)))
    assert difference(kept()[2], upright) == 0


def test_an_animation_is_set_upright_frame_by_frame(send):
    send("add", animation("WEBP", exif=exif(6), lossless=True), "picture.webp")

    _image, _content, picture = kept()
    assert (picture.size, picture.n_frames, picture.info["loop"]) == ((40, 60), 4, 3)


def test_renditions_tell_nothing_either(send):
    send("add", photograph())

    image, _content, _picture = kept()
    for spec in ("width-100|format-jpeg", "width-100|format-webp", "width-100|format-avif"):
        with image.get_rendition(spec).file.open() as file:
            assert_untraceable(file.read())


def test_camera_data_that_cannot_be_read_are_no_reason_to_refuse(send):
    broken = exif()[:20] + b"\xff" * 40

    assert send("add", written(scene(), exif=broken)).faults == []
    assert_untraceable(kept()[1])


def test_a_file_put_aside_until_more_is_known_tells_nothing(admin, send):
    answer = send("many", photograph(), title="x" * 300)

    upload = UploadedFile.objects.get()
    assert answer.response.json()["uploaded_file_id"] == upload.pk
    assert_untraceable(upload.file.read())

    prefix = f"uploaded-image-{upload.pk}"
    url = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[upload.pk])
    collection = Collection.get_first_root_node().pk
    data = {f"{prefix}-title": "Lac", f"{prefix}-collection": collection}
    assert admin.post(url, data).json()["success"]
    assert_untraceable(kept()[1])


def test_a_program_s_own_file_stays_as_it_is(db, tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(photograph())

    with path.open("rb") as opened:
        form = get_image_form(get_image_model())(
            {"title": "Lac", "collection": Collection.get_first_root_node().pk},
            {"file": File(opened, name="photo.jpg")},
        )
        assert form.is_valid(), form.errors
        form.save()

    assert path.read_bytes() == photograph()
    assert_untraceable(kept()[1])


@pytest.mark.django_db
@pytest.mark.parametrize("kind", SUFFIXES)
def test_an_image_is_stored_without_being_decoded(kind, monkeypatch):
    content = written(scene(400, 300), kind)
    monkeypatch.setattr(type(Image.open(BytesIO(content))), "load", _refuse)
    file = ContentFile(content, f"picture.{SUFFIXES[kind]}")
    get_image_model()(title="Large", file=file).save()
    image = get_image_model().objects.get(title="Large")
    assert (image.width, image.height) == (400, 300)


def _refuse(picture):
    raise AssertionError("The pixels have been decoded.")
