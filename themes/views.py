"""The stylesheet of a page, put together and packed, at an address that names its contents."""

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from articles.languages.middleware import language_independent
from themes.appearance import Appearance
from themes.registry import theme_called
from themes.stylesheets import stylesheet_of

#: A year: what an address names never changes.
FOR_GOOD = "public, max-age=31536000, immutable"
#: What was asked for is no longer there, as by a page kept from before an update, or never was:
#: today's is sent, not kept for long under yesterday's name, and not worth packing.
FOR_NOW = "public, max-age=60"


@require_safe
@language_independent
def stylesheet(request, theme, digest, colours=()):
    """The stylesheet of a theme, with a journal's colours in the theme's place or without."""
    sheet = stylesheet_of(Appearance(theme_called(theme), colours))
    is_current = digest == sheet.digest
    encoding, contents = sheet.in_encoding(_accepted(request) if is_current else ())
    response = HttpResponse(contents, content_type="text/css; charset=utf-8")
    if encoding:
        response["Content-Encoding"] = encoding
    response["Cache-Control"] = FOR_GOOD if is_current else FOR_NOW
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _accepted(request):
    offers = request.headers.get("Accept-Encoding", "").lower().split(",")
    parts = (offer.replace(" ", "").partition(";") for offer in offers)
    return {name for name, _separator, weight in parts if weight not in ("q=0", "q=0.0")}
