"""What all pages of a site show in a language, made once and kept in memory."""

from django.conf import settings
from django.urls import get_script_prefix
from django.utils.translation import get_language
from wagtail.models import Site

from articles.caching.kept import KeptValues
from articles.languages.available import active_language

_parts = KeptValues()


def site_part(request, key, make):
    """The value of ``make()`` for the site of ``request`` and the active language.

    It may depend on the site, its settings, its menus and the texts of the theme, on ``key`` and on
    nothing else: all readers get the same object. Previews show settings that are not stored, so
    nothing is kept for them; nor is it while templates are written.
    """
    site = Site.find_for_request(request) if request is not None else None
    if site is None or settings.DEBUG or getattr(request, "is_preview", False):
        return make()
    language, active = get_language(), active_language()
    tags = ("settings", "theme", "menu", f"list:{active}", f"texts:{active}")
    return _parts.get((key, site.pk, language, get_script_prefix()), tags, make)
