"""Checks of image files (complete, limited size) and cleaning (upright, without metadata)."""

from io import BytesIO

import willow
from PIL import Image, ImageOps, ImageSequence
from PIL.ExifTags import Base
from PIL.JpegImagePlugin import get_sampling

from diptych.articles.images.uploads import boxes, containers
from diptych.articles.images.uploads.faults import (
    DamagedPicture,
    PictureFault,
    TooLongAnimation,
    TooManyPixels,
    TooManyShades,
)

CLEANERS = {
    "avif": boxes.without_metadata,
    "gif": containers.gif_without_metadata,
    "heic": boxes.without_metadata,
    "jpeg": containers.jpeg_without_metadata,
    "png": containers.png_without_metadata,
    "webp": containers.webp_without_metadata,
}

#: Pillow's names of formats that differ from ours in more than case.
PILLOW_NAMES = {"heic": "HEIF"}

#: Pillow's modes of one 16-bit or 32-bit number per pixel, which no JPEG can hold.
FINE_GREYS = ("I", "F")

#: Minimum number of pixels that a frame counts for, as each costs time.
SMALLEST_FRAME = 100 * 100

#: Quality of rotated images in lossy formats.
QUALITY_WHEN_TURNED = 90


def keepable(content, format_name, most_pixels=None):
    """The content of the file to keep, or a :class:`PictureFault`.

    Pixels are not re-encoded, except for an image with an EXIF orientation: it is rotated, as the
    orientation is removed with the metadata.
    """
    try:
        clean = without_metadata(content, format_name)
        with open_picture(clean, format_name) as picture:
            _count_and_read(picture, most_pixels)
        return _upright(content, format_name) if lies_down(content, format_name) else clean
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixels from None
    except PictureFault:
        raise
    except Exception as error:
        # Decoders raise exceptions of many kinds.
        raise DamagedPicture from error


def without_metadata(content, format_name):
    cleaner = CLEANERS.get(format_name)
    return cleaner(content) if cleaner else content


def open_picture(content, format_name):
    return Image.open(BytesIO(content), formats=[_pillow_name(format_name)])


def dimensions(file):
    """Width and height of an open image file, by its header alone where the format is known."""
    file.seek(0)
    image = willow.Image.open(file)
    if image.format_name not in CLEANERS:
        return image.get_size()
    file.seek(0)
    with Image.open(file, formats=[_pillow_name(image.format_name)]) as picture:
        return picture.size


def _pillow_name(format_name):
    return PILLOW_NAMES.get(format_name, format_name.upper())


def kept_clean(content, format_name):
    """The cleaned content, or the original if it cannot be cleaned; for files from code.

    Forms use :func:`keepable`, which raises; this function never does.
    """
    try:
        clean = without_metadata(content, format_name)
        if lies_down(content, format_name):
            clean = _upright(content, format_name)
        with open_picture(clean, format_name):
            return clean
    except Exception:
        return content


def _count_and_read(picture, most_pixels):
    """Decode every frame, checking the number of pixels before each one."""
    if picture.mode.startswith(FINE_GREYS):
        raise TooManyShades
    total, frame = 0, 0
    while True:
        pixels = picture.width * picture.height
        total += max(pixels, SMALLEST_FRAME)
        if most_pixels is not None:
            if pixels > most_pixels:
                raise TooManyPixels(pixels)
            if frame and total > most_pixels:
                raise TooLongAnimation
        picture.load()
        frame += 1
        try:
            picture.seek(frame)
        except EOFError:
            return


def lies_down(content, format_name):
    """Whether the image has an EXIF orientation other than upright.

    Pillow decodes a whole PNG to find EXIF data, so files without any are skipped.
    """
    try:
        if format_name == "png" and not containers.png_has_camera_data(content):
            return False
        with open_picture(content, format_name) as picture:
            return picture.getexif().get(Base.Orientation, 1) in range(2, 9)
    except Exception:
        # Unreadable EXIF data is ignored and removed.
        return False


def _upright(content, format_name):
    with open_picture(content, format_name) as picture:
        options = _saving_options(picture, content, format_name)
        frames, durations = [], []
        for frame in ImageSequence.Iterator(picture):
            frames.append(ImageOps.exif_transpose(frame))
            durations.append(frame.info.get("duration", 0))
            if not options.get("save_all"):
                break
    if len(frames) > 1:
        options.update(append_images=frames[1:], duration=durations)
    written = BytesIO()
    frames[0].save(written, _pillow_name(format_name), **options)
    return without_metadata(written.getvalue(), format_name)


def _saving_options(picture, content, format_name):
    """Options for saving with the least loss of quality."""
    options = {"icc_profile": picture.info.get("icc_profile")}
    if format_name == "jpeg":
        return {
            **options,
            "qtables": picture.quantization,
            "subsampling": get_sampling(picture),
            "progressive": bool(picture.info.get("progressive")),
            "optimize": True,
        }
    if format_name == "webp":
        options["lossless"] = b"VP8L" in content
    if format_name in ("avif", "webp"):
        options["quality"] = QUALITY_WHEN_TURNED
    if getattr(picture, "is_animated", False):
        options.update(save_all=True, loop=picture.info.get("loop", 0))
    return options
