"""Files as editors send them, good and bad, made in memory."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
CAMERA = "Obscura 3000"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><place>46,31.2N 6,34.0E</place></x:xmpmeta>'
#: None of these may be found in a file that is kept.
TRACES = (b"Obscura", b"46,31", b"xmpmeta", b"<script>")

SUFFIXES = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}


def scene(width=120, height=80, shade=0):
    """A picture whose corners differ, so that one sees which way it is turned."""
    picture = Image.linear_gradient("L").resize((width, height))
    red = Image.linear_gradient("L").rotate(90).resize((width, height))
    picture = Image.merge("RGB", (red, picture, Image.new("L", (width, height), shade)))
    picture.paste((255, 255, 255), (0, 0, width // 4, height // 4))
    return picture


def exif(orientation=None):
    """Camera data with a position, as a telephone writes them."""
    data = Image.Exif()
    data[Base.Make] = CAMERA
    if orientation:
        data[Base.Orientation] = orientation
    position = data.get_ifd(IFD.GPSInfo)
    position[GPS.GPSLatitudeRef], position[GPS.GPSLatitude] = "N", (46.0, 31.0, 12.0)
    position[GPS.GPSLongitudeRef], position[GPS.GPSLongitude] = "E", (6.0, 34.0, 1.0)
    return data.tobytes()


def written(picture, kind="JPEG", **options):
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def photograph(kind="JPEG", orientation=None, **options):
    """A picture with all the metadata its format can hold, and its colour profile."""
    own = {
        "JPEG": {"exif": exif(orientation), "xmp": XMP, "comment": b"<script>", "quality": 90},
        "PNG": {"exif": exif(orientation), "pnginfo": png_texts()},
        "WEBP": {"exif": exif(orientation), "xmp": XMP},
        "AVIF": {"exif": exif(orientation), "xmp": XMP},
        "GIF": {"comment": b"<script>46,31"},
    }[kind]
    profile = {} if kind == "GIF" else {"icc_profile": PROFILE}
    return written(scene(), kind, **own, **profile, **options)


def png_texts():
    texts = PngInfo()
    texts.add_text("Comment", f"<script>{CAMERA}")
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return texts


def animation(kind="GIF", frames=4, size=(60, 40), **options):
    pictures = [scene(*size, shade=60 * number) for number in range(frames)]
    return written(
        pictures[0],
        kind,
        save_all=True,
        append_images=pictures[1:],
        duration=[100 * number for number in range(1, frames + 1)],
        loop=3,
        **options,
    )


def truncated(kind="JPEG"):
    whole = written(scene(400, 300), kind)
    return whole[: len(whole) // 2]


def png_bomb(width=12_700, height=10_000):
    """A few kilobytes that unpack to width times height pixels."""
    rows = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    packed = b"".join(rows.compress(row) for _row in range(height)) + rows.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
        + _chunk(b"IDAT", packed)
        + _chunk(b"IEND", b"")
    )


def _chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def gif_bomb(frames=80, width=1000, height=1000):
    """Many frames in few bytes: each is a single pixel upon a large screen."""
    screen = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return screen + frame * frames + b"\x3b"


def resized_header(kind, width, height):
    """A small file whose header claims a large picture."""
    content = bytearray(written(scene(), kind, **({"exif": b""} if kind == "AVIF" else {})))
    if kind == "WEBP":
        # Lossy: two times 14 bits behind the start code of the frame.
        place = content.index(b"\x9d\x01\x2a") + 3
        content[place : place + 4] = struct.pack("<HH", width, height)
    else:
        place = content.index(b"ispe") + 8
        content[place : place + 8] = struct.pack(">II", width, height)
    return bytes(content)
