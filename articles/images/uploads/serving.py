"""Renditions made from a cleaned source.

Uploads are cleaned by the form. Files stored by code or by an earlier version may have metadata,
and any file may have colours that browsers do not show.
"""

from contextlib import contextmanager
from io import BytesIO

import willow
from PIL import ImageOps
from wagtail.images.models import Filter
from willow.plugins.pillow import PillowImage

from diptych.articles.images.uploads.colours import for_screens, needs_conversion
from diptych.articles.images.uploads.files import (
    CLEANERS,
    lies_down,
    open_picture,
    without_metadata,
)

#: Pillow's ``info`` keys that are kept: colour profile and transparency.
KEPT_KEYS = ("icc_profile", "transparency")


class ServedFilter(Filter):
    """Wagtail's rendition filter, applied to a cleaned source."""

    @contextmanager
    def get_willow_image(self, image, source=None):
        with super().get_willow_image(image, source) as opened:
            yield clean_source(opened)


def clean_source(opened):
    """The Willow image without metadata, upright and in sRGB.

    Decodes only where needed. An unreadable file is returned as it is, for Wagtail to report.
    """
    name = opened.format_name
    if name not in CLEANERS:
        return opened
    opened.f.seek(0)
    content = opened.f.read()
    opened.f.seek(0)
    try:
        clean = without_metadata(content, name)
        with open_picture(content, name) as picture:
            is_animated = getattr(picture, "is_animated", False)
            if not is_animated and (lies_down(content, name) or needs_conversion(picture)):
                return _repainted(picture, name)
        return willow.Image.open(BytesIO(clean))
    except Exception:
        return opened


def _repainted(picture, name):
    upright = ImageOps.exif_transpose(picture)
    if needs_conversion(upright):
        upright = for_screens(upright)
    kept = {key: upright.info[key] for key in KEPT_KEYS if key in upright.info}
    upright.info.clear()
    upright.info.update(kept)
    repainted = PillowImage(upright)
    # Wagtail chooses the format of the rendition by it.
    repainted.format_name = name
    return repainted
