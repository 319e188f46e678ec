"""Which addresses are kept, and which keys of a query each of them knows."""

import re
from functools import cache
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from wagtail.models import Page, get_page_models

from articles.languages.available import available_languages

#: The names of the addresses that are the same for all anonymous readers, each with the keys of
#: the query that it knows. Other keys are left out before the page is rendered; with ``None``, a
#: request with any query is not kept. ``DIPTYCH_PAGES_ADDRESSES`` adds to them.
ADDRESSES = {
    # As the ``query_keys`` of the page say.
    "wagtail_serve": (),
    "diptych_robots": (),
    "diptych_sitemap": ("p",),
    "diptych_news_sitemap": (),
    "diptych_feed": (),
    **{
        f"diptych{kind}_feed_{form}": ()
        for kind in ("", "_topic", "_author")
        for form in ("rss", "atom", "json")
    },
    # The API refuses keys that it does not know.
    "diptych_api:articles:listing": None,
    "diptych_api:articles:detail": None,
}
PAGES = "wagtail_serve"
#: What keys may be set to: a number of a page.
VALUE = re.compile(r"[1-9][0-9]{0,3}\Z", re.ASCII)
LONGEST_PATH, LONGEST_QUERY = 500, 4000


@cache
def known_addresses():
    return {**ADDRESSES, **getattr(settings, "DIPTYCH_PAGES_ADDRESSES", {})}


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


def name_of(path):
    """The name of the address ``path`` in ``known_addresses``, or ``None``."""
    with override(get_language_from_path(path)):
        try:
            name = resolve(path).view_name
        except Resolver404:
            return None
    return name if name in known_addresses() else None


def language_of(path):
    """The language that the prefix of ``path`` says, or ``None``."""
    prefix = path[1:].partition("/")[0]
    return prefix if prefix in available_languages() else None


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
