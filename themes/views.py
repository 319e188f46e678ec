"""The stylesheets, and the manifest of a journal for those who put it on their home screen."""

from django.http import HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_bidi
from django.views.decorators.http import require_safe
from wagtail.models import Site

from diptych.articles.languages.index.sites import absolute
from diptych.articles.languages.routes.middleware import language_independent
from diptych.articles.models import JournalSettings
from diptych.themes.appearance import Appearance, theme_for
from diptych.themes.look.registry import get_theme
from diptych.themes.look.stylesheets import stylesheet_of
from diptych.themes.look.tokens import grounds_of
from diptych.themes.parts.icons import icons_for
from diptych.themes.parts.navigation import navigation_for

#: For a URL with the hash of the current contents.
IMMUTABLE = "public, max-age=31536000, immutable"
#: For the manifest, which follows the settings.
AN_HOUR = "public, max-age=3600"
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


@require_safe
def manifest(request):
    """The web app manifest of the journal in the active language."""
    site = Site.find_for_request(request)
    name = JournalSettings.for_request(request).name_of(site) if site else ""
    home = absolute(navigation_for(request).home_url, request)
    grounds = grounds_of(theme_for(request), "light")
    colours = {"background_color": grounds[0], "theme_color": grounds[0]} if grounds else {}
    answer = {
        "id": home,
        "name": name,
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": home,
        "scope": home,
        "display": "minimal-ui",
        **colours,
        "icons": list(_icons(request)),
    }
    response = JsonResponse(answer, content_type="application/manifest+json")
    response["Cache-Control"] = AN_HOUR
    return response


def _icons(request):
    icons = icons_for(request)
    for icon in icons.of_manifest:
        entry = {
            "src": absolute(icon.url, request),
            "sizes": f"{icon.size}x{icon.size}",
            "type": "image/png",
        }
        yield entry
        if icons.can_be_cut:
            yield {**entry, "purpose": "maskable"}
