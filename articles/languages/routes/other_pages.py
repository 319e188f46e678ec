"""Pages of types that have no languages: each has one address, whichever language is asked for."""

from urllib.parse import unquote

from django.conf import settings
from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import get_script_prefix, reverse
from django.utils.cache import patch_cache_control
from django.utils.encoding import escape_uri_path
from django.utils.translation import override
from wagtail.models import Site

from diptych.articles.languages.config.language_config import default_language
from diptych.articles.languages.routes.hosts import language_asked, language_hosts
from diptych.articles.languages.routes.prefixes import language_of_path
from diptych.articles.languages.routes.public_urls import on_host_of

#: For how many seconds browsers may follow a permanent redirect without asking. A page type may
#: become one with languages, and its pages move to where the redirects came from.
REDIRECT_AGE = 3600


def are_served_below_prefixes():
    """Whether these pages answer below the prefix of each language too, with a canonical address.

    That is the setting ``DIPTYCH_OTHER_PAGES_BELOW_PREFIXES``; by default they are redirected.
    """
    return getattr(settings, "DIPTYCH_OTHER_PAGES_BELOW_PREFIXES", False)


def project_language():
    """The language whose prefix these pages have, where all addresses have one."""
    is_known = settings.LANGUAGE_CODE in dict(settings.LANGUAGES)
    return settings.LANGUAGE_CODE if is_known else default_language()


def address_of(request, page, components):
    """The one address of ``page``, which was found at ``components``, some of them left over.

    It is a path, or a URL where the language of the project has another host than that of
    ``request``. ``None`` if the page has none on this site, is found by a routing of its own that
    its address does not tell, or is asked for on a host of no language while that of the project
    has one.
    """
    language = project_language()
    if language in language_hosts() and language_asked() is None:
        return None
    with override(language):
        parts = page.get_url_parts(request)
    site = Site.find_for_request(request)
    if parts is None or parts[2] is None or site is None or site.pk != parts[0]:
        return None
    rest = _left_over(page, site.root_page, parts[2], components)
    if rest is None:
        return None
    end = "/" if request.path.endswith("/") else ""
    path = "/".join([parts[2].rstrip("/"), *map(escape_uri_path, rest)]) + end if rest else parts[2]
    return on_host_of(language, path, request)


def _left_over(page, root_page, path, components):
    """The ``components`` of a path below ``page``, whose address is ``path``.

    The page stands at its slug on its level of the tree, unless a page type has a routing of its
    own. ``None`` if the address does not show which components these are.
    """
    with override(project_language()):
        start = unquote(reverse("wagtail_serve", args=("",)))
    path = unquote(path)
    below = path.removeprefix(start) if path.startswith(start) else path
    own = [each for each in below.split("/") if each]
    if components[: len(own)] == own:
        return components[len(own) :]
    level = page.depth - root_page.depth
    is_at_slug = level == 0 or components[level - 1 : level] == [page.slug]
    return components[level:] if is_at_slug else None


def is_asked(request, address):
    """Whether ``address``, a quoted path, is that of ``request``, with or without a last slash."""
    return unquote(address).rstrip("/") == request.path.rstrip("/")


def redirect_permanently(request, address):
    """The redirect to the path ``address``, with the query of ``request``.

    One to the root is temporary: it would lead back once the front page has languages.
    """
    query = request.META.get("QUERY_STRING", "")
    with_query = f"{address}?{query}" if query else address
    if address == get_script_prefix():
        return HttpResponseRedirect(with_query)
    response = HttpResponsePermanentRedirect(with_query)
    patch_cache_control(response, max_age=REDIRECT_AGE)
    return response


def is_for_wagtail(request):
    """Whether Wagtail's own view answers ``request``, at an address without a language."""
    match = request.resolver_match
    if is_language_known(request) or match is None or match.url_name != "wagtail_serve":
        return False
    return language_of_path(request.path_info, getattr(request, "urlconf", None)) is None


def is_language_known(request):
    """Whether ``set_language_known`` was called for ``request``."""
    return getattr(request, "_diptych_has_language", False)


def set_language_known(request):
    """Mark the address of ``request`` as one in the active language: see ``is_for_wagtail``."""
    request._diptych_has_language = True
