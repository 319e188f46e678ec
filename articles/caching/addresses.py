"""Which addresses are kept, and which keys of a query each of them knows."""

import re
from functools import cache
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import override
from wagtail.models import Page, get_page_models

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.routes.hosts import set_language_asked
from diptych.articles.languages.routes.prefixes import language_of_path, prefix_of

PAGES = "wagtail_serve"
#: Query keys of each cached URL name, or a dictionary of them; see :func:`keep_addresses`.
_kept = {PAGES: ()}  # pages define `query_keys` themselves
#: Values that a query key may have: the number of a page of a list.
VALUE = re.compile(r"[1-9][0-9]{0,3}\Z", re.ASCII)
LONGEST_PATH, LONGEST_QUERY = 500, 4000


def keep_addresses(keys_by_name):
    """Register views to be cached, by URL name; they must be the same for all anonymous readers.

    ``keys_by_name`` maps each URL name to the query keys that its view reads, whose values are
    numbers of pages. Other keys are removed before the page is rendered; with ``None``, requests
    with any query are not cached. Call it where the URLs are defined. ``DIPTYCH_PAGES_ADDRESSES``
    adds to them.

    A view of what readers type has a dictionary: each key with a function that returns the value
    as the view reads it, empty if it is as if the key was missing, or ``None`` for one that is not
    to be cached. Its answers are stored apart, and those to a query in the process only.
    """
    _kept.update(keys_by_name)
    known_addresses.cache_clear()


@cache
def known_addresses():
    return {**_kept, **getattr(settings, "DIPTYCH_PAGES_ADDRESSES", {})}


@cache
def keys_of_page_types():
    """The query keys of all page types; ``None`` if a page type does not define ``query_keys``.

    ``query_keys`` of a page type is a tuple of names.
    """
    known = set()
    for model in get_page_models():
        if model is Page:
            continue
        keys = getattr(model, "query_keys", None)
        if keys is None:
            return None
        known.update(keys)
    return tuple(known)


def knows_media_types(name):
    """Whether a page at such an address may have several media types, chosen by ``Accept``."""
    return name == PAGES and _has_media_types()


@cache
def _has_media_types():
    """Whether a page type has several ``response_media_types``, which Wagtail 8.1 has."""
    return any(len(getattr(model, "response_media_types", ())) > 1 for model in get_page_models())


def name_of(path, host_language=None, urlconf=None):
    """The URL name of ``path`` if it is in ``known_addresses``, else ``None``.

    ``host_language`` is the language of the requested host, if it has one; ``urlconf`` is the
    URLconf module, by default ``ROOT_URLCONF``.
    """
    set_language_asked(host_language)
    with override(prefix_of(path) or host_language):
        try:
            name = resolve(path, urlconf).view_name
        except Resolver404:
            return None
        finally:
            set_language_asked(None)
    return name if name in known_addresses() else None


def language_of(name, path):
    """The language of ``path``, whose URL name is ``name``; ``None`` if it shows all languages.

    A path without a prefix has a language only if it belongs to a page: sitemaps list all
    languages.
    """
    language = language_of_path(path) if name == PAGES else prefix_of(path)
    return language if language in available_languages() else None


def keys_of_name(name):
    """The query keys of a URL name, before the page is known."""
    return keys_of_page_types() if name == PAGES else known_addresses()[name]


def keys_of_response(name, response):
    """The query keys of the rendered page or view."""
    if name != PAGES:
        return known_addresses()[name]
    page = (getattr(response, "context_data", None) or {}).get("page")
    return getattr(page, "query_keys", None)


def filtered(query, keys):
    """``query`` reduced to ``keys`` and sorted; ``None`` if the response must not be cached."""
    if keys is None or len(query) > LONGEST_QUERY or not query.isascii():
        return None
    reads = keys if isinstance(keys, dict) else dict.fromkeys(keys, page_number)
    try:
        asked = dict(parse_qsl(query, True))
    except ValueError:
        return None
    found = {name: reads[name](value) for name, value in asked.items() if name in reads}
    if None in found.values():
        return None
    return urlencode(sorted((name, value) for name, value in found.items() if value))


def page_number(value):
    """The number of a page of a list, or ``None``."""
    return value if VALUE.match(value) else None
