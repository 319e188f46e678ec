"""Pictures on their way out: every size is made from a source that tells nothing of its maker.

A file that an editor sends is cleaned when it arrives. One that a program has put there, or that
was there before, is not; neither are colours that only a printing press understands.
"""

from contextlib import contextmanager
from io import BytesIO

import willow
from PIL import ImageOps
from wagtail.images.models import Filter
from willow.plugins.pillow import PillowImage

from articles.images.uploads.colours import for_screens, needs_conversion
from articles.images.uploads.files import CLEANERS, lies_down, open_picture, without_metadata

#: What a size is told of its source: how its colours are meant, and which one is none.
ALL_THAT_IS_KEPT = ("icc_profile", "transparency")


class ServedFilter(Filter):
    """Wagtail's recipe for a size of a picture, which begins with a clean source."""

    @contextmanager
    def get_willow_image(self, image, source=None):
        with super().get_willow_image(image, source) as opened:
            yield clean_source(opened)


def clean_source(opened):
    """What Willow has opened, without metadata, upright and in colours for screens.

    Nothing is unpacked unless it must be. What cannot be read is left to Wagtail, which knows
    what to say about it.
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
    kept = {key: upright.info[key] for key in ALL_THAT_IS_KEPT if key in upright.info}
    upright.info.clear()
    upright.info.update(kept)
    repainted = PillowImage(upright)
    # Wagtail asks for it to choose the format of the size.
    repainted.format_name = name
    return repainted
