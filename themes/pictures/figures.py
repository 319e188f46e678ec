"""The sources of the ``<picture>`` element of a figure, from the records of its renditions."""

import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from diptych.articles.images.pictures import SMALL_CARD
from diptych.articles.images.renditions import parse_record, record_of
from diptych.articles.images.uploads.storing import CleanImageMixin
from diptych.themes.pictures.rendition_specs import FORMATS, PARTS
from diptych.themes.pictures.renditions import enqueue_missing_renditions
from diptych.themes.pictures.slots import NARROW_LAYOUT, SLOTS, layout_of

MIME_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}
#: An image without renditions is sent as it was uploaded, up to so many bytes.
LARGEST_ORIGINAL = 500_000
#: The formats in which it may have been uploaded.
ORIGINALS = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")
#: Addresses are kept for so many seconds, as a storage may sign them for a limited time.
ADDRESSES_KEPT = 600


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A file that is shown: a rendition or the image itself."""

    url: str
    width: int
    height: int


def sources_of(figure, slot, theme=None):
    """The variables for ``<picture>`` that renders ``figure`` in a ``slot`` of a page.

    Returns ``sources`` (``type``, ``srcset``, ``sizes`` and, for narrow screens, ``media`` with
    ``width`` and ``height``; best format first), ``fallback`` (a rendition), ``fallback_srcset``
    and ``layout``. Nothing is encoded: missing renditions are enqueued, and meanwhile the nearest
    ones shown, or the original if it is small; ``None`` if there is nothing.
    """
    image, layout = figure.image, layout_of(slot, theme)
    if image.is_svg():
        return _only(PictureFile(image.file.url, image.width, image.height), layout)
    moment = int(time.monotonic() // ADDRESSES_KEPT)
    found, missing = _sources(record_of(image), image.width, image.height, slot, layout, moment)
    for part in missing:
        enqueue_missing_renditions(image, part)
    if found is None and (original := original_of(image)):
        return _only(original, layout)
    return found


def larger_of(figure, slot):
    """The variables for ``<picture>`` that shows ``figure`` as large as there are files of it.

    ``None`` where ``slot`` enlarges no pictures or shows all its pixels already. ``sources`` are
    of each better format one file, ``fallback`` is a JPEG; all of them stand among those of
    ``sources_of``.
    """
    image = figure.image
    if image.is_svg() or SLOTS[slot].shown is None:
        return None
    moment = int(time.monotonic() // ADDRESSES_KEPT)
    return _larger(record_of(image), image.width, image.height, SLOTS[slot], moment)


@lru_cache(maxsize=2048)
def _larger(record, width, height, slot, _moment):
    offer = _Offer(parse_record(record), slot.part, width, height)
    largest = {each: found[-1] for each, found in offer.whole.items() if found}
    fallback = largest.pop("jpeg", None)
    wide, high = slot.shown
    if fallback is None or not (fallback.width > wide or (high and fallback.height > high)):
        return None
    return {
        "sources": [
            {"type": MIME_TYPES[each], "url": found.url} for each, found in largest.items()
        ],
        "fallback": PictureFile(fallback.url, fallback.width, fallback.height),
    }


def _only(fallback, layout):
    srcset = _srcset([fallback])
    return {"sources": [], "fallback_srcset": srcset, "fallback": fallback, "layout": layout}


def original_of(image):
    """The file of ``image`` if readers may have it: free of metadata, small, and widely known."""
    is_known = PurePath(image.file.name).suffix.lower() in ORIGINALS
    is_small = image.file_size is not None and image.file_size <= LARGEST_ORIGINAL
    if not (is_known and is_small and isinstance(image, CleanImageMixin)):
        return None
    if image.file.storage.exists(image.file.name):
        return PictureFile(image.file.url, image.width, image.height)
    return None


@lru_cache(maxsize=2048)
def _sources(record, width, height, slot, layout, _moment):
    """``(sources, parts with missing renditions)``; ``None`` in place of sources without any.

    ``record`` is the JSON of an image of that ``width`` and ``height``.
    """
    recorded = parse_record(record)
    part, narrow, _shown = SLOTS[slot]
    wide = _Offer(recorded, part, width, height)
    offers = [(wide, layout, "")]
    if narrow:
        offers.insert(0, (_Offer(recorded, SMALL_CARD, width, height), NARROW_LAYOUT, narrow))
    sources = [
        _source(each, offer.whole[each], sizes, media)
        for offer, sizes, media in offers
        for each in (FORMATS if media else FORMATS[:-1])
        if offer.whole[each]
    ]
    missing = tuple(offer.part for offer, *_others in offers if offer.is_incomplete)
    fallbacks = wide.fallbacks(recorded)
    if not fallbacks:
        return None, missing
    middle = fallbacks[len(fallbacks) // 2]
    found = {
        "sources": sources,
        "fallback_srcset": _srcset(fallbacks),
        "fallback": PictureFile(middle.url, middle.width, middle.height),
        "layout": layout,
    }
    return found, missing


class _Offer:
    """The renditions that an image has for a part.

    ``whole`` holds them by format, in ascending width, but only of formats in which all sizes have
    been made: a browser would take the first format it knows, however small.
    """

    def __init__(self, recorded, part, width, height):
        picture, self.part = PARTS[part], part
        needless = picture.needless_specs(width, height)
        self.specs = {
            each: [spec for spec in picture.specs_in(each) if spec not in needless]
            for each in FORMATS
        }
        self.whole = {
            each: _by_width(recorded, specs) if all(map(recorded.get, specs)) else []
            for each, specs in self.specs.items()
        }
        self.is_incomplete = not all(self.whole.values())

    def fallbacks(self, recorded):
        """JPEG files, else those of another part."""
        own = self.whole["jpeg"] or _by_width(recorded, self.specs["jpeg"])
        return own or _by_width(recorded, [spec for spec in recorded if spec.endswith("jpeg")])


def _by_width(recorded, specs):
    """The renditions of ``specs`` without equal widths, which small images have."""
    found = {recorded[spec].width: recorded[spec] for spec in specs if spec in recorded}
    return [found[width] for width in sorted(found)]


def _source(image_format, renditions, sizes, media):
    source = {"type": MIME_TYPES[image_format], "srcset": _srcset(renditions), "sizes": sizes}
    if media:
        source |= {"media": media, "width": renditions[0].width, "height": renditions[0].height}
    return source


def _srcset(renditions):
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)
