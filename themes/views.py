"""The view that serves stylesheets."""

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from articles.languages.middleware import language_independent
from themes.appearance import Appearance
from themes.registry import get_theme
from themes.stylesheets import stylesheet_of

#: For a URL with the hash of the current contents.
IMMUTABLE = "public, max-age=31536000, immutable"
#: For a URL with another hash, as in a page that was cached before an update: the current contents
#: are sent, uncompressed.
SHORT_LIVED = "public, max-age=60"


@require_safe
@language_independent
def stylesheet(request, theme, digest, colours=()):
    """The stylesheet of ``theme`` with the accents ``colours``; ``digest`` is its hash."""
    sheet = stylesheet_of(Appearance(get_theme(theme), colours))
    is_current = digest == sheet.digest
    encoding, contents = sheet.in_encoding(_accepted(request) if is_current else ())
    response = HttpResponse(contents, content_type="text/css; charset=utf-8")
    if encoding:
        response["Content-Encoding"] = encoding
    response["Cache-Control"] = IMMUTABLE if is_current else SHORT_LIVED
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _accepted(request):
    offers = request.headers.get("Accept-Encoding", "").lower().split(",")
    parts = (offer.replace(" ", "").partition(";") for offer in offers)
    return {name for name, _separator, weight in parts if weight not in ("q=0", "q=0.0")}
