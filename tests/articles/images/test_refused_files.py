"""A file that cannot be shown is refused with a reason, however it is sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import formats, translation
from PIL import Image
from PIL.ImageFile import ImageFile
from wagtail.images import get_image_model

from tests.articles.images.conftest import WAYS
from tests.articles.images.samples import (
    animation,
    gif_bomb,
    png_bomb,
    resized_header,
    scene,
    truncated,
    written,
)
from tests.factories import sign_in
from tests.tiers import one_of

PNG = written(scene(), "PNG")
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
LAUGHS = b'<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>'

BAD_FILES = {
    "a truncated JPEG": ("picture.jpg", truncated("JPEG"), "damaged or incomplete"),
    "a truncated PNG": ("picture.png", truncated("PNG"), "damaged or incomplete"),
    "a truncated WebP": ("picture.webp", truncated("WEBP"), "damaged or incomplete"),
    "a truncated AVIF": ("picture.avif", truncated("AVIF"), "damaged or incomplete"),
    "a truncated GIF": ("picture.gif", truncated("GIF"), "damaged or incomplete"),
    "only a signature": ("picture.jpg", b"\xff\xd8\xff\xe0", "damaged or incomplete"),
    "an empty file": ("picture.jpg", b"", "empty"),
    "a PNG called JPEG": ("picture.jpg", PNG, "does not match the file format"),
    "text called JPEG": ("picture.jpg", b"Dear editors,\n", "not an image"),
    "HTML called JPEG": ("picture.jpg", HTML, "not an image"),
    "SVG called PNG": ("picture.png", SVG, "does not match the file format"),
    "nested entities": ("picture.png", LAUGHS, "not an image"),
    "SVG": ("picture.svg", SVG, "Not a supported image format"),
    "a PNG without a suffix": ("picture", PNG, "Not a supported image format"),
    "16 bits of grey": (
        "picture.png",
        written(Image.new("I;16", (20, 20), 9000), "PNG"),
        "more shades of grey",
    ),
}


def files_of(folder):
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def assert_refused(answer, words):
    assert answer.faults == ["file"]
    assert words in answer.text


def sent_files():
    """Each bad file sent in each way; in one way each, by turns, outside the slow tier."""
    for number, bad in enumerate(BAD_FILES):
        for place, way in enumerate(WAYS):
            marks = () if place == number % len(WAYS) else pytest.mark.odd
            yield pytest.param(bad, way, marks=marks, id=f"{bad}-{way}")


@pytest.mark.parametrize(("bad", "way"), list(sent_files()))
def test_a_bad_file_is_an_error_of_the_form(send, media, way, bad):
    name, content, words = BAD_FILES[bad]

    answer = send(way, content, name)

    assert_refused(answer, words)
    kept = get_image_model().objects.all()
    assert [image.title for image in kept] == (["Avant"] if way == "replace" else [])
    originals = [path.name for path in files_of(media) if "original_images" in path.parts]
    assert originals == [image.filename for image in kept]
    for image in kept:
        assert image.file.read() == written(scene(), "PNG")


@pytest.fixture
def unpacked(monkeypatch):
    """The sizes of the pictures whose pixels were unpacked."""
    sizes, load = [], ImageFile.load

    def noted(picture):
        sizes.append(picture.size)
        return load(picture)

    monkeypatch.setattr(ImageFile, "load", noted)
    return sizes


@pytest.mark.parametrize("way", one_of(WAYS, "odd"))
def test_too_many_pixels_are_refused_before_they_are_unpacked(send, way, unpacked):
    content = png_bomb()

    answer = send(way, content, "picture.png")

    assert len(content) < 20_000
    assert_refused(answer, "127,000,000. At most 64,000,000 are allowed")
    assert {size for size in unpacked if size != (120, 80)} == set()


BOMBS = {
    "frames of a GIF": ("picture.gif", gif_bomb(), "all its frames together"),
    "tiny frames": ("picture.gif", gif_bomb(7000, 1, 1), "all its frames together"),
    "a larger PNG": ("picture.png", png_bomb(20_000, 10_000), "At most 64,000,000 are allowed"),
    "WebP": ("picture.webp", resized_header("WEBP", 16_000, 16_000), "At most 64,000,000"),
    "AVIF": ("picture.avif", resized_header("AVIF", 16_000, 16_000), "At most 64,000,000"),
    "AVIF, a little": ("picture.avif", resized_header("AVIF", 9_000, 9_000), "81,000,000"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_of_other_formats(send, bomb):
    name, content, words = BOMBS[bomb]

    assert_refused(send("many", content, name), words)


def test_a_frame_that_exceeds_the_screen_is_counted_as_it_is(send):
    small = bytearray(gif_bomb(2, 10, 10))
    frame = small.index(b"\x2c", 25)
    small[frame + 5 : frame + 9] = (9000).to_bytes(2, "little") * 2

    assert_refused(send("add", bytes(small), "picture.gif"), "81,000,000")


def test_an_animation_within_the_limit_is_welcome(send):
    assert send("many", animation("GIF"), "picture.gif").faults == []


@pytest.mark.parametrize("way", one_of(["add", "many", "choose"], "rare"))
def test_the_reason_is_given_in_the_language_of_the_editor(client, db, way):
    sign_in(client, "admin", language="fr")

    answer = WAYS[way](client, SimpleUploadedFile("photo.png", png_bomb()), {})

    with translation.override("fr"):
        limit = formats.number_format(64_000_000, force_grouping=True)
    assert answer.faults == ["file"]
    assert "allowed" not in answer.text
    assert limit in answer.text


def test_the_limit_is_the_one_of_the_settings(send, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 5_000

    assert_refused(send("add", PNG, "picture.png"), "9,600. At most 5,000 are allowed")


def test_no_limit_means_that_of_the_decoder(send, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = None

    assert send("add", PNG, "picture.png").faults == []
    assert_refused(send("add", png_bomb(20_000, 10_000), "picture.png"), "too many pixels")


def test_a_large_file_is_refused_by_its_size(send, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 200

    assert_refused(send("many", PNG, "picture.png"), "This file is too big")


def test_a_project_may_allow_drawings(send, settings):
    settings.WAGTAILIMAGES_EXTENSIONS = ["png", "svg"]
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'

    assert send("add", drawing, "drawing.svg").faults == []
    assert_refused(send("add", b"<svg>", "drawing.svg"), "not an image")
