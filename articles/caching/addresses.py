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
#: The keys of the query that each of :func:`keep_addresses` knows, by its name.
_kept = {PAGES: ()}  # as the `query_keys` of the page say
#: What keys may be set to: a number of a page.
VALUE = re.compile(r"[1-9][0-9]{0,3}\Z", re.ASCII)
LONGEST_PATH, LONGEST_QUERY = 500, 4000


def keep_addresses(keys_by_name):
    """Let views be kept that are the same for all anonymous readers, by names of addresses.

    Each has the keys of the query that it knows. Other keys are left out before the page is
    rendered; with ``None``, a request with any query is not kept. Call it where the addresses are
    defined. ``DIPTYCH_PAGES_ADDRESSES`` adds to them.
    """
    _kept.update(keys_by_name)
    known_addresses.cache_clear()


@cache
def known_addresses():
    return {**_kept, **getattr(settings, "DIPTYCH_PAGES_ADDRESSES", {})}


@cache
def keys_of_page_types():
    """The keys of a query that pages of any type know; ``None`` where a type does not say.

    A page type says it with ``query_keys``, a tuple of names.
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


def name_of(path, host_language=None, urlconf=None):
    """The name of the address ``path`` in ``known_addresses``, or ``None``.

    ``host_language`` is that of the host it is asked on, if this says one; ``urlconf`` is the
    module of the addresses, ``ROOT_URLCONF`` without one.
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
    """The language of the address ``path`` called ``name``, or ``None`` where it is of all.

    Without a prefix that is said of pages alone: sitemaps are of all languages.
    """
    language = language_of_path(path) if name == PAGES else prefix_of(path)
    return language if language in available_languages() else None


def keys_of_name(name):
    """The keys that the address may know, before it is known which page stands there."""
    return keys_of_page_types() if name == PAGES else known_addresses()[name]


def keys_of_response(name, response):
    """The keys that the address knows, now that it has been rendered."""
    if name != PAGES:
        return known_addresses()[name]
    page = (getattr(response, "context_data", None) or {}).get("page")
    return getattr(page, "query_keys", None)


def filtered(query, keys):
    """``query`` with nothing but ``keys``, in one order; ``None`` where it is not to be kept."""
    if keys is None or len(query) > LONGEST_QUERY:
        return None
    try:
        found = {name: value for name, value in parse_qsl(query, True) if name in keys}
    except ValueError:
        return None
    if not all(VALUE.match(value) for value in found.values()):
        return None
    return urlencode(sorted(found.items()))
