"""The renditions of a journal's logo."""

from diptych.articles.images.renditions import attach_renditions, recorded_renditions
from diptych.themes.appearance import settings_for
from diptych.themes.pictures.figures import original_of
from diptych.themes.pictures.rendition_specs import LOGO, LOGO_SPEC
from diptych.themes.pictures.renditions import enqueue_missing_renditions


def logo_for(request):
    """``{"light": …, "dark": …}``, renditions of the logo of the site of ``request``.

    ``dark`` is ``None`` if one logo is used in both colour modes. Returns ``None`` without a logo
    and until there is a file of it to show; templates then print the name of the journal.
    """
    settings = settings_for(request)
    if settings is None or settings.logo is None:
        return None
    if settings.preview_mode == "dark" and settings.logo_dark:
        light, dark = settings.logo_dark, None
    else:
        light, dark = settings.logo, None if settings.preview_mode else settings.logo_dark
    attach_renditions([light, dark])
    light, dark = (_rendition(image) for image in (light, dark))
    return {"light": light, "dark": dark} if light else None


def _rendition(image):
    """The rendition of a logo; while it is missing, the original if that is small."""
    if image is None:
        return None
    rendition = recorded_renditions(image).get(LOGO_SPEC)
    if rendition is None:
        enqueue_missing_renditions(image, LOGO)
    return rendition or original_of(image)
