"""What is served tells nothing of its maker and shows the colours that were meant.

Whoever put the file there: a program that asked no form, or somebody before this was installed.
"""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image, ImageCms
from wagtail.images import get_image_model

from diptych.articles.images.uploads.files import kept_clean
from tests.articles.images.profiles import ADOBE, GREY, INK, UNREADABLE
from tests.articles.images.samples import PROFILE, SUFFIXES, TRACES, photograph, scene, written
from tests.tiers import one_of

FORMATS = ("jpeg", "png", "webp", "avif")


@pytest.fixture(autouse=True)
def no_known_sizes():
    """Wagtail remembers sizes by the number of an image, and tests begin to count anew."""
    cache.clear()


def put(content, suffix="jpg"):
    """An image that a program makes, without any form."""
    image = get_image_model()(title="Lac", file=ContentFile(content, f"lac.{suffix}"))
    image.save()
    return get_image_model().objects.get(pk=image.pk)


def put_behind_the_back(content, suffix="jpg"):
    """An image whose file is as it was before anything cleaned it."""
    image = put(written(scene()), suffix)
    path = image.file.storage.path(image.file.name)
    with open(path, "wb") as file:
        file.write(content)
    image.width, image.height = Image.open(path).size
    image.file_size, image.file_hash = len(content), "old"
    image.save()
    return image


def stored(image):
    with image.file.storage.open(image.file.name) as file:
        return file.read()


def served(image, image_format, size="width-60"):
    with image.get_rendition(f"{size}|format-{image_format}").file.open() as file:
        return file.read()


def assert_untraceable(content):
    assert [trace for trace in TRACES if trace in content] == []
    assert dict(Image.open(BytesIO(content)).getexif()) == {}


@pytest.mark.parametrize("kind", SUFFIXES)
def test_a_program_s_file_is_cleaned_as_well(db, kind):
    turned = {} if kind == "GIF" else {"orientation": 6}
    image = put(photograph(kind, **turned), SUFFIXES[kind])

    assert_untraceable(stored(image))
    assert (image.width, image.height) == ((80, 120) if turned else (120, 80))
    assert image.get_file_size() == len(stored(image))


def test_a_file_is_cleaned_once(db):
    for kind in SUFFIXES:
        clean = kept_clean(photograph(kind), kind.lower())
        assert kept_clean(clean, kind.lower()) == clean, kind


@pytest.mark.parametrize("content", [b"", b"no picture", photograph()[:300]])
def test_a_file_that_is_none_is_the_program_s_business(content):
    assert kept_clean(content, "jpeg") == content


@pytest.mark.parametrize("kind", SUFFIXES)
def test_sizes_of_an_older_file_tell_nothing(db, kind):
    turned = {} if kind == "GIF" else {"orientation": 6}
    image = put_behind_the_back(photograph(kind, **turned), SUFFIXES[kind])
    assert [trace for trace in TRACES if trace in stored(image)]

    for image_format in FORMATS:
        content = served(image, image_format)
        assert_untraceable(content)
        size = Image.open(BytesIO(content)).size
        assert size == ((60, 90) if turned else (60, 40)), image_format


def test_several_sizes_at_once_tell_nothing_either(db):
    image = put_behind_the_back(photograph())
    renditions = image.get_renditions("width-60|format-jpeg", "width-50|format-png")
    for rendition in renditions.values():
        with rendition.file.open() as file:
            assert_untraceable(file.read())


def test_older_files_are_cleaned_by_a_command(db, capsys, django_capture_on_commit_callbacks):
    old, gone = put_behind_the_back(photograph(orientation=6)), put(written(scene()))
    name, rendition = old.file.name, old.get_rendition("width-60|format-jpeg").file
    gone.file.storage.delete(gone.file.name)

    with django_capture_on_commit_callbacks(execute=True):
        call_command("diptych_clean_images")

    said = capsys.readouterr()
    assert "1" in said.out and "Lac" in said.err
    old = get_image_model().objects.get(pk=old.pk)
    assert old.file.name == name
    assert_untraceable(stored(old))
    assert (old.width, old.height, old.file_size) == (80, 120, len(stored(old)))
    assert old.file_hash != "old"
    assert not rendition.storage.exists(rendition.name)


# Colours


def seen(content):
    """A pixel in the middle as a screen shows it, by the profile of the picture."""
    picture = Image.open(BytesIO(content))
    profile = picture.info.get("icc_profile")
    if profile:
        screen = ImageCms.createProfile("sRGB")
        mode = "RGB" if picture.mode in ("RGB", "RGBA", "CMYK") else "L"
        picture = ImageCms.profileToProfile(
            picture.convert(mode) if picture.mode != "CMYK" else picture,
            BytesIO(profile),
            screen,
            outputMode="RGB",
        )
    return picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2))


def plain(mode, colour, kind="JPEG", **options):
    quality = {"quality": 95} if kind == "JPEG" else {}
    return written(Image.new(mode, (80, 60), colour), kind, **quality, **options)


COLOURFUL = {
    "wide": plain("RGB", (60, 200, 60), icc_profile=ADOBE),
    "of a screen": plain("RGB", (60, 200, 60), icc_profile=PROFILE),
    "without a profile": plain("RGB", (60, 200, 60)),
    "inks": plain("CMYK", (200, 30, 30, 20), icc_profile=INK),
    "greys": plain("L", 90, icc_profile=GREY),
    "greys of a PNG": plain("L", 90, "PNG", icc_profile=GREY),
}


@pytest.mark.parametrize("image_format", one_of(FORMATS, "rare"))
@pytest.mark.parametrize("case", COLOURFUL)
def test_sizes_look_like_their_picture(db, case, image_format):
    image = put(COLOURFUL[case], "png" if "PNG" in case else "jpg")

    content = served(image, image_format)

    wanted, found = seen(COLOURFUL[case]), seen(content)
    assert max(abs(a - b) for a, b in zip(wanted, found, strict=True)) <= 6, (wanted, found)
    picture = Image.open(BytesIO(content))
    assert picture.mode in ("RGB", "RGBA")
    assert picture.info.get("icc_profile") == {
        "wide": ADOBE,
        "of a screen": PROFILE,
    }.get(case)


STRANGE = {
    "inks with a profile of a screen": plain("CMYK", (200, 30, 30, 20), icc_profile=PROFILE),
    "inks with an unreadable profile": plain("CMYK", (200, 30, 30, 20), icc_profile=UNREADABLE),
    "inks without a profile": plain("CMYK", (200, 30, 30, 20)),
    "an unreadable profile": plain("RGB", (60, 200, 60), icc_profile=UNREADABLE),
    "a profile of inks": plain("RGB", (60, 200, 60), icc_profile=INK),
    "greys with a profile of a screen": plain("L", 90, icc_profile=PROFILE),
}


@pytest.mark.parametrize("case", STRANGE)
def test_a_profile_that_does_not_fit_is_left_out(db, case):
    image = put(STRANGE[case])
    for image_format in FORMATS:
        picture = Image.open(BytesIO(served(image, image_format)))
        assert (picture.mode, picture.info.get("icc_profile")) == ("RGB", None), image_format


def test_transparency_stays(db):
    drawing = scene().convert("LA")
    drawing.putalpha(Image.new("L", drawing.size, 40))
    image = put(written(drawing, "PNG", icc_profile=GREY), "png")
    for image_format in ("png", "webp", "avif"):
        picture = Image.open(BytesIO(served(image, image_format)))
        assert picture.mode == "RGBA"
        assert abs(picture.getpixel((30, 20))[3] - 40) < 4, image_format


def assign(image, content, name):
    image.file = ContentFile(content, name)


def store_ahead(image, content, name):
    """Store the file before the image, as Wagtail does once the data of an upload are complete."""
    image.file.save(name, ContentFile(content, name), save=False)
    image._set_image_file_metadata()


@pytest.mark.django_db
@pytest.mark.parametrize("give", [assign, store_ahead])
@pytest.mark.parametrize("name", ["lac.png", f"{'lac' * 40}.png", "lac gelé (1).PNG"])
def test_an_address_never_shows_another_picture(name, give):
    """So that browsers may keep it for a year."""
    addresses = []
    for colour in ("red", "blue"):
        content = BytesIO()
        Image.new("RGB", (90, 60), colour).save(content, "PNG")
        image = get_image_model()(title="Lac")
        give(image, content.getvalue(), name)
        image.save()
        addresses.append(image.get_rendition("fill-60x40-c100|format-avif|avifquality-61").url)
        image.file.storage.delete(image.file.name)  # its name is free again
        for rendition in image.renditions.all():
            rendition.file.storage.delete(rendition.file.name)
        image.delete()
    assert addresses[0] != addresses[1]


@pytest.mark.django_db
def test_a_file_that_replaces_another_is_not_named_after_its_contents():
    image = put(written(scene()))
    digits = image.file.name.partition("-")[0]
    store_ahead(image, photograph(), "lac.jpg")
    assert image.file.name.partition("-")[0] != digits
