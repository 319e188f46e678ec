"""Rendered parts of pages that do not depend on the page, cached in memory."""

from sys import getsizeof

from django.conf import settings
from django.urls import get_script_prefix
from django.utils.translation import get_language
from wagtail.models import Site

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.caching.versions import tags_of_any_image
from diptych.articles.languages.config.language_config import active_language
from diptych.themes.parts.navigation import navigation_for

#: What Django notes in ``request.META`` when a template asks for the CSRF token.
CSRF_USED = "CSRF_COOKIE_NEEDS_UPDATE"

_parts = TaggedCache()
#: Parts of pages by language, 12 MB in all: an article takes some 40 kB, a card 2 kB.
_parts_of_pages = TaggedCache(size=12_000_000, weigh=getsizeof)


def site_part(request, key, make):
    """The value of ``make()`` for the site of ``request`` and the active language.

    It may depend on the site, its settings, its menus and the texts of the theme, on ``key`` and on
    nothing else: all readers get the same object. Previews show settings that are not stored, so
    nothing is kept for them; nor is it while templates are written.
    """
    topics = navigation_for(request).topic_ids if request is not None else ()
    return _kept(_parts, request, (key, topics), make, ("menu",))


def theme_part(request, key, make):
    """Like :func:`site_part`, for what depends on the theme and settings of the site alone."""
    return _kept(_parts, request, key, make, ())


def page_part(request, page, key, make):
    """Like :func:`site_part`, for a part that shows ``page``; independent of menus and lists.

    Cached only for pages with ``cached_tags``, so never for drafts: those from the cache
    (``TaggedCache.get_pages``), and those served to any visitor.
    """
    tags = getattr(page, "cached_tags", None)
    if not tags:
        return make()
    tags = (*tags, *tags_of_any_image())
    return _kept(_parts_of_pages, request, (key, page.pk), make, tags)


def _kept(values, request, key, make, tags):
    """The value of ``make()``, cached until settings, texts or ``tags`` are invalidated.

    One with a CSRF token or a nonce is made for each answer.
    """
    site = Site.find_for_request(request) if request is not None else None
    if site is None or settings.DEBUG or getattr(request, "is_preview", False):
        return make()
    key = (key, site.pk, get_language(), get_script_prefix())
    tags = ("settings", "theme", f"texts:{active_language()}", *tags)
    used_before = request.META.pop(CSRF_USED, False)
    try:
        return values.get(key, tags, make, lambda value: _is_for_all(request, value))
    finally:
        if used_before:
            request.META[CSRF_USED] = True


def _is_for_all(request, value):
    has_nonce = isinstance(value, str) and "nonce=" in value
    return not (has_nonce or request.META.get(CSRF_USED))
