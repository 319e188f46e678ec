"""Old addresses that are a query, such as ``/?p=12``, or the size of a picture."""

import re
from urllib.parse import parse_qsl

from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control
from django.utils.translation import override

from diptych.articles.languages.config.language_config import available_languages, default_language
from diptych.articles.languages.routes.hosts import language_of_host
from diptych.articles.languages.routes.other_pages import REDIRECT_AGE
from diptych.articles.languages.routes.redirects_followed import (
    address_in_its_language,
    redirect_at,
)
from diptych.articles.transfer.wordpress.uploads import original_path

#: Keys of WordPress, and the one that redirects have.
KEYS = {
    "p": "p",
    "page_id": "p",
    "attachment_id": "p",
    "cat": "cat",
    "tag": "tag",
    "author": "author",
    "feed": "feed",
}
LONGEST_QUERY, MOST_KEYS = 500, 10
LONGEST_PATH = 500
#: The suffix of WordPress for the name of a picture in another size.
_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.[A-Za-z]{3,4}$)")
_VALUE = re.compile(r"[\w-]{1,100}")


def old_addresses_middleware(get_response):
    """Follow redirects from addresses such as ``/?p=12``, also below a language.

    Sizes of pictures, ``/wp-content/uploads/lake-300x200.jpg``, lead where the original does,
    unless something is there. It goes before the page cache and the views of front pages, which
    leave out what they do not know of a query. Other addresses cost nothing.
    """

    def middleware(request):
        address = request.META.get("QUERY_STRING") and _new_address(request)
        response = None if address else get_response(request)
        if not address and response.status_code == 404:
            address = _address_of_original(request)
        if not address:
            return response
        redirect = HttpResponsePermanentRedirect(address)
        patch_cache_control(redirect, max_age=REDIRECT_AGE)
        return redirect

    return middleware


def _address_of_original(request):
    """Where the original leads of a picture in another size; ``None`` if nowhere."""
    path = request.path_info
    if request.method not in ("GET", "HEAD") or not _SIZE.search(path):
        return None
    names = dict.fromkeys((_SIZE.sub("", path), original_path(path)))
    try:
        found = (redirect_at(request, name) for name in names if len(name) <= LONGEST_PATH)
        redirect = next(filter(None, found), None)
    except (DatabaseError, DisallowedHost):
        return None
    return redirect.link if redirect else None


def _new_address(request):
    """Where the query of ``request`` leads; ``None`` if nowhere, or while the database is away."""
    if request.method not in ("GET", "HEAD"):
        return None
    language = request.path_info.strip("/")
    if language and language not in available_languages():
        return None
    query = _old_query(request.META["QUERY_STRING"])
    if query is None:
        return None
    try:
        return _address_of(request, query, language)
    except (DatabaseError, DisallowedHost):
        return None


def _old_query(text):
    """The part of a query by which redirects are known, such as ``p=12``, or ``None``."""
    try:
        pairs = parse_qsl(text[:LONGEST_QUERY], max_num_fields=MOST_KEYS)
    except ValueError:
        return None
    found = (
        f"{KEYS[name]}={value}" for name, value in pairs if name in KEYS and _VALUE.fullmatch(value)
    )
    return next(found, None)


def _address_of(request, query, language):
    # Feeds have an address below each language, all else has one number.
    is_feed = bool(language) and query.startswith("feed=")
    redirect = redirect_at(request, f"/{language}?{query}" if is_feed else f"/?{query}")
    if redirect is None:
        return None
    language = language or language_of_host(request.get_host()) or default_language()
    with override(language):
        if redirect.redirect_page is None:
            return redirect.link
        if not redirect.redirect_page.live:
            return None
        return address_in_its_language(redirect, request) or redirect.link
