"""Which responses the page cache may keep, for how long and with which tags."""

from django.conf import settings
from django.http import QueryDict
from wagtail.models import Site

from diptych.articles.caching import addresses, versions
from diptych.articles.caching.entries import make_entry
from diptych.articles.languages.config.language_config import available_languages

#: Headers that ``Vary`` of a rendered page may name: they were removed from its request.
IGNORED_IN_VARY = {"accept", "accept-encoding", "cookie"}
SERVED_DIRECTLY = ("80", "443")


def entry_of(request, response, cacheable, used):
    """The :class:`Entry` of a response that is the same for all readers, else ``None``."""
    if cacheable.log is None or not is_the_same_for_all(request, response):
        return None
    if not _is_own_host(request):
        return None
    if addresses.knows_media_types(cacheable.name) and "accept" in _names_in_vary(response):
        return None
    keys = addresses.keys_of_response(cacheable.name, response)
    if cacheable.query and not set(QueryDict(cacheable.query)) <= set(keys or ()):
        return None
    tags = used | tags_of_all(cacheable.name, request.path_info, response)
    life = longest_life_of(response)
    changes = cacheable.log.ids_of(tags)
    entry = make_entry(response, tags, changes, keys if keys is None else tuple(keys), life)
    entry.log = cacheable.log
    return entry


def _is_own_host(request):
    """Whether the host is in the settings or belongs to a site, with a standard port.

    Otherwise requests for invented subdomains and ports would fill the cache.
    """
    name, _colon, port = request.get_host().partition(":")
    if port and port not in (request.META.get("SERVER_PORT"), *SERVED_DIRECTLY):
        return False
    return name in settings.ALLOWED_HOSTS or Site.objects.filter(hostname=name).exists()


def is_the_same_for_all(request, response):
    """Whether a response to an anonymous request may be sent to other readers."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        return False
    if "nonce-" in response.get("Content-Security-Policy", ""):
        return False
    directives = {each.split("=")[0].lower() for each in _directives(response, "Cache-Control")}
    if not directives.isdisjoint({"private", "no-store", "no-cache"}):
        return False
    varies = _names_in_vary(response)
    return varies <= IGNORED_IN_VARY and not response.has_header("Content-Encoding")


def _names_in_vary(response):
    return {each.lower() for each in _directives(response, "Vary")}


def _directives(response, name):
    return [each.strip() for each in response.get(name, "").split(",") if each.strip()]


def longest_life_of(response):
    """The seconds to cache a response: at most ``pages_life``, ``max-age`` and the setting."""
    longest = versions.longest_life()
    return min(longest, _max_age(response, longest), getattr(response, "pages_life", longest))


def _max_age(response, otherwise):
    """``max-age`` of the response in seconds, or ``otherwise``."""
    for directive in _directives(response, "Cache-Control"):
        name, _sign, seconds = directive.partition("=")
        if name.lower() == "max-age" and seconds.isdecimal():
            return int(seconds)
    return otherwise


def tags_of_all(name, path, response=None):
    """The tags that every page depends on, and the lists in its language.

    Addresses without a language prefix depend on all languages.
    """
    language = addresses.language_of(name, path)
    lists = [language] if language else available_languages()
    tags = {"menu", "settings", "theme", *versions.tags_of_any_image()}
    tags |= {f"list:{code}" for code in lists} | {f"texts:{code}" for code in available_languages()}
    page = (getattr(response, "context_data", None) or {}).get("page")
    if getattr(page, "pk", None):
        tags |= {f"page:{page.pk}", f"related:{page.pk}"}
    if name != addresses.PAGES:
        # Feeds and the API suggest articles below each article.
        tags |= {"related:any"}
    return tags
