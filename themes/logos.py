"""The logo of a journal, ready to be shown where its name would stand."""

import logging

from wagtail.images.models import SourceImageIOError

from articles.images.pictures import attach_renditions
from themes.appearance import settings_for

logger = logging.getLogger(__name__)

#: The part a logo plays on a page, and its one size: sharp at twice the height it is shown in.
LOGO = "logo"
LOGO_SPEC = "max-1200x224|format-webp|webpquality-90"


def logo_for(request):
    """``{"light": …, "dark": …}``, renditions of the logo of the site of ``request``.

    ``dark`` is ``None`` where the same one is shown on both grounds. Without a logo, or when its
    file is lost, ``None``: the name of the journal takes its place.
    """
    settings = settings_for(request)
    if settings is None or settings.logo is None:
        return None
    if settings.shown_mode == "dark" and settings.logo_dark:
        light, dark = settings.logo_dark, None
    else:
        light, dark = settings.logo, None if settings.shown_mode else settings.logo_dark
    attach_renditions([light, dark], LOGO)
    light, dark = (_rendition(image) for image in (light, dark))
    return {"light": light, "dark": dark} if light else None


def _rendition(image):
    if image is None:
        return None
    try:
        return image.get_rendition(LOGO_SPEC)
    except (SourceImageIOError, OSError):
        logger.warning("The file of the logo, image %s, is missing.", image.pk)
        return None
