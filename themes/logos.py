"""The renditions of a journal's logo."""

import logging

from wagtail.images.models import SourceImageIOError

from articles.images.pictures import attach_renditions
from themes.appearance import settings_for

logger = logging.getLogger(__name__)

#: The name of the logo's part of a page, and its one rendition: twice the height it is shown in.
LOGO = "logo"
LOGO_SPEC = "max-1200x224|format-webp|webpquality-90"


def logo_for(request):
    """``{"light": …, "dark": …}``, renditions of the logo of the site of ``request``.

    ``dark`` is ``None`` if one logo is used in both colour modes. Returns ``None`` without a logo
    or if its file is missing; templates then print the name of the journal.
    """
    settings = settings_for(request)
    if settings is None or settings.logo is None:
        return None
    if settings.preview_mode == "dark" and settings.logo_dark:
        light, dark = settings.logo_dark, None
    else:
        light, dark = settings.logo, None if settings.preview_mode else settings.logo_dark
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
