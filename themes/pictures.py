"""From a figure to the sources of a ``<picture>`` element."""

import logging
from dataclasses import dataclass

from wagtail.images.models import Filter

from themes.images import FORMATS, PARTS
from themes.renditions import order_sizes

logger = logging.getLogger(__name__)

MIME_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}


@dataclass(frozen=True)
class Drawing:
    """A drawing of lines, which is as sharp in any size: shown as it is, like a rendition."""

    url: str
    width: int
    height: int


def sources_of(figure, part):
    """What ``<picture>`` needs to show ``figure`` in one ``part`` of a page.

    Returns ``sources`` (``type`` and ``srcset``, best format first), ``fallback`` (a rendition,
    with its width and height), ``fallback_srcset`` and ``layout``; ``None`` when the file of the
    image is lost. Sizes that have not been made yet are left out and ordered, so that a reader
    waits for one small JPEG at most.
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
    """What there is to show of an image in a part: by format, from narrow to wide."""
    if image.is_svg():
        drawing = Drawing(image.file.url, image.width, image.height)
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
    """The renditions there are, by spec; what is missing is ordered."""
    specs = PARTS[part].all_specs()
    found = image.find_existing_renditions(*(Filter(spec) for spec in specs))
    if len(found) < len(specs):
        order_sizes(image, part)
    return {each.spec: rendition for each, rendition in found.items()}


def _smallest(image, picture):
    spec = picture.spec(picture.sizes[0], "jpeg")
    return {spec: image.get_rendition(spec)}


def _by_width(renditions, specs):
    """One rendition for each width: a small image is not enlarged and comes out the same twice."""
    found = [renditions[spec] for spec in specs if spec in renditions]
    return list({rendition.width: rendition for rendition in found}.values())


def _srcset(renditions):
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)


def _middle(renditions):
    return renditions[len(renditions) // 2]
