"""The sources of the ``<picture>`` element of a figure."""

import logging
from dataclasses import dataclass

from wagtail.images.models import Filter

from themes.rendition_specs import FORMATS, PARTS
from themes.renditions import enqueue_missing_renditions

logger = logging.getLogger(__name__)

MIME_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}


@dataclass(frozen=True)
class SvgRendition:
    """An SVG image, which needs no renditions; it has the attributes of one."""

    url: str
    width: int
    height: int


def sources_of(figure, part):
    """The variables for ``<picture>`` that renders ``figure`` in one ``part`` of a page.

    Returns ``sources`` (``type`` and ``srcset``, best format first), ``fallback`` (a rendition),
    ``fallback_srcset`` and ``layout``; ``None`` if the file of the image is missing. Missing
    renditions are left out and enqueued, so that a request makes one small JPEG at most.
    """
    picture = PARTS[part]
    try:
        by_format = _by_format(figure.image, part)
    except OSError:
        logger.warning("The file of image %s is missing.", figure.image.pk)
        return None
    return {
        "sources": [
            {"type": MIME_TYPES[each], "srcset": _srcset(by_format[each])}
            for each in FORMATS[:-1]
            if by_format[each]
        ],
        "fallback_srcset": _srcset(by_format["jpeg"]),
        "fallback": _middle(by_format["jpeg"]),
        "layout": picture.layout,
    }


def _by_format(image, part):
    """The renditions of ``image`` for ``part`` by format, in ascending width."""
    if image.is_svg():
        drawing = SvgRendition(image.file.url, image.width, image.height)
        return {**dict.fromkeys(FORMATS, ()), "jpeg": [drawing]}
    picture = PARTS[part]
    renditions = _existing(image, part) or _smallest(image, picture)
    by_format = {
        each: _by_width(renditions, [picture.spec(size, each) for size in picture.sizes])
        for each in FORMATS
    }
    if not by_format["jpeg"]:
        by_format["jpeg"] = list(_smallest(image, picture).values())
    return by_format


def _existing(image, part):
    """The existing renditions by spec; missing ones are enqueued."""
    specs = PARTS[part].all_specs()
    found = image.find_existing_renditions(*(Filter(spec) for spec in specs))
    if len(found) < len(specs):
        enqueue_missing_renditions(image, part)
    return {each.spec: rendition for each, rendition in found.items()}


def _smallest(image, picture):
    spec = picture.spec(picture.sizes[0], "jpeg")
    return {spec: image.get_rendition(spec)}


def _by_width(renditions, specs):
    """The renditions of ``specs`` without equal widths, which small images have."""
    found = [renditions[spec] for spec in specs if spec in renditions]
    return list({rendition.width: rendition for rendition in found}.values())


def _srcset(renditions):
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)


def _middle(renditions):
    return renditions[len(renditions) // 2]
