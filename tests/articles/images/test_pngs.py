"""A PNG is set upright wherever its camera data stand, and unpacked for nothing else."""

import struct
import zlib
from io import BytesIO

import pytest
import willow
from PIL import Image, PngImagePlugin
from PIL.PngImagePlugin import PngInfo

from diptych.articles.images.uploads.files import kept_clean
from diptych.articles.images.uploads.serving import clean_source
from tests.articles.images.samples import exif, scene, written

XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:li tiff:Orientation="6"/></x:xmpmeta>'


def at_the_end(content):
    """The camera data behind the picture, where the format allows them as well."""
    data = exif(6)[6:]
    body = b"eXIf" + data
    chunk = struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    return content[:-12] + chunk + content[-12:]


def as_text(name, text, kind):
    texts = PngInfo()
    if kind == "iTXt":
        texts.add_itxt(name, text)
    else:
        texts.add_text(name, text, zip=kind == "zTXt")
    return written(scene(), "PNG", pnginfo=texts)


RAW = "\nexif\n      64\n" + exif(6).hex()
LYING = {
    "before the picture": written(scene(), "PNG", exif=exif(6)),
    "behind the picture": at_the_end(written(scene(), "PNG")),
    "as a text": as_text("Raw profile type exif", RAW, "tEXt"),
    "as a packed text": as_text("Raw profile type exif", RAW, "zTXt"),
    "in words": as_text("XML:com.adobe.xmp", XMP, "iTXt"),
}


@pytest.mark.parametrize("place", LYING)
def test_it_is_set_upright(place):
    clean = Image.open(BytesIO(kept_clean(LYING[place], "png")))
    assert clean.size == (80, 120)


@pytest.mark.parametrize("texts", [None, "Comment"])
def test_it_is_not_unpacked_to_look_for_what_it_has_not(monkeypatch, texts):
    content = as_text(texts, "Drawn by hand.", "tEXt") if texts else written(scene(), "PNG")
    unpacked = []
    really = PngImagePlugin.PngImageFile.load_prepare
    monkeypatch.setattr(
        PngImagePlugin.PngImageFile,
        "load_prepare",
        lambda picture: unpacked.append(picture) or really(picture),
    )

    clean = kept_clean(content, "png")
    source = clean_source(willow.Image.open(BytesIO(content)))

    assert unpacked == []
    assert source.get_size() == Image.open(BytesIO(clean)).size == (120, 80)
