"""The answers to requests that fail: 503, 507 or 500, which ask no database, and 404."""

import logging
import sys

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotFound
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views import defaults

from diptych.themes.parts.navigation import navigation_for
from diptych.themes.parts.site_parts import site_part
from operations.outages.faults import database_is_away, disk_is_full

logger = logging.getLogger(__name__)

#: When a reader may try again, in seconds.
RETRY_AFTER = 30


def page_not_found(request, exception):
    """``handler404``: Django's, rendered once for all visitors below the same entries of the menu.

    Whoever is signed in gets a page of their own.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return defaults.page_not_found(request, exception)

    def render():
        return defaults.page_not_found(request, exception).content

    key = "page not found", navigation_for(request).current
    return HttpResponseNotFound(site_part(request, key, render))


def server_error(request, *args, **kwargs):
    """``handler500``: the page for the exception that is being handled."""
    error = sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1]
    if database_is_away(error):
        response = _answer("503.html", 503)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    if disk_is_full(error):
        return _answer("507.html", 507)
    return _answer("500.html", 500)


def _answer(template, status):
    response = HttpResponse(render_to_string(template, _context()), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _context():
    """The context: all languages, that of the request first, and the contact for errors."""
    own = get_language()
    codes = sorted(dict(settings.LANGUAGES), key=lambda code: code != own)
    is_reported = bool(settings.ADMINS or getattr(settings, "ERRORS_ARE_REPORTED", False))
    return {"codes": codes, "is_reported": is_reported}
