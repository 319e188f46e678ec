"""From a figure to the sources of a ``<picture>`` element."""

import logging

from themes.images import FORMATS, PARTS

logger = logging.getLogger(__name__)

MIME_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}


def sources_of(figure, part):
    """What ``<picture>`` needs to show ``figure`` in one ``part`` of a page.

    Returns ``sources`` (``type`` and ``srcset``, best format first), ``fallback`` (a rendition,
    with its width and height) and ``layout``; ``None`` when the file of the image is lost.
    """
    picture = PARTS[part]
    try:
        renditions = figure.image.get_renditions(*picture.all_specs())
    except OSError:
        logger.warning("The file of image %s is missing.", figure.image.pk)
        return None
    by_format = {
        image_format: _by_width(renditions[picture.spec(size, image_format)] for size in picture.sizes)
        for image_format in FORMATS
    }
    return {
        "sources": [
            {"type": MIME_TYPES[each], "srcset": _srcset(by_format[each])} for each in FORMATS[:-1]
        ],
        "fallback_srcset": _srcset(by_format["jpeg"]),
        "fallback": _middle(by_format["jpeg"]),
        "layout": picture.layout,
    }


def _by_width(renditions):
    """One rendition for each width: a small image is not enlarged and comes out the same twice."""
    return list({rendition.width: rendition for rendition in renditions}.values())


def _srcset(renditions):
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)


def _middle(renditions):
    return renditions[len(renditions) // 2]
