"""Parts of pages that are the same wherever they are shown, made once and kept in memory."""

from django.conf import settings
from django.urls import get_script_prefix
from django.utils.translation import get_language
from wagtail.models import Site

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.languages.config.language_config import active_language

_parts = TaggedCache()
#: What lists show of pages, such as cards: 3 kB each, 5 MB in all.
_parts_of_pages = TaggedCache(size=1500)


def site_part(request, key, make):
    """The value of ``make()`` for the site of ``request`` and the active language.

    It may depend on the site, its settings, its menus and the texts of the theme, on ``key`` and on
    nothing else: all readers get the same object. Previews show settings that are not stored, so
    nothing is kept for them; nor is it while templates are written.
    """
    return _kept(_parts, request, key, make, ("menu", f"list:{active_language()}"))


def page_part(request, page, key, make):
    """As :func:`site_part`, of what lists show of ``page``; it depends on no menus and no lists.

    It is kept for pages that are kept themselves (``TaggedCache.get_pages``), which no draft is.
    """
    tags = getattr(page, "cached_tags", None)
    return _kept(_parts_of_pages, request, (key, page.pk), make, tags) if tags else make()


def _kept(values, request, key, make, tags):
    """The value of ``make()``, cached until settings, texts or ``tags`` are invalidated."""
    site = Site.find_for_request(request) if request is not None else None
    if site is None or settings.DEBUG or getattr(request, "is_preview", False):
        return make()
    key = (key, site.pk, get_language(), get_script_prefix())
    return values.get(key, ("settings", "theme", f"texts:{active_language()}", *tags), make)
