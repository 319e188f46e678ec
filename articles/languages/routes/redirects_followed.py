"""The redirect that stands at the address of a request, and where it leads."""

from http import HTTPStatus
from urllib.parse import urlparse

from django.db.models import Q
from django.utils.encoding import uri_to_iri
from wagtail.models import Site

from diptych.articles.languages.config.language_config import available_language
from diptych.articles.languages.index.compiled import instances_of
from diptych.articles.languages.index.sites import site_of
from diptych.articles.languages.routes.redirects import can_redirect


def redirect_middleware(get_response):
    """Wagtail's ``RedirectMiddleware``, which asks nothing where the view has looked already."""
    from wagtail.contrib.redirects.middleware import RedirectMiddleware

    wagtails = RedirectMiddleware(get_response)

    def middleware(request):
        response = get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND or redirect_asked_for(request) is None:
            return response
        return wagtails.process_response(request, response)

    return middleware


def redirect_to_page(request, response):
    """The redirect to a page that Wagtail's middleware follows with ``response``, or ``None``."""
    if response.status_code not in (301, 302):
        return None
    found = redirect_asked_for(request)
    if found is None or found.redirect_page is None:
        return None
    return found if found.link == response.url else None


def address_in_its_language(redirect, request):
    """The target of a redirect whose route is a language, such as ``/fr``; else ``None``.

    Redirects from another system, whose addresses have no language, name it by this route; pages of
    several languages have no routes of that name. Where the page is not live in the language, the
    redirect leads to another one, as Wagtail's does.
    """
    page = redirect.redirect_page.specific_deferred
    language = available_language(redirect.redirect_page_route_path.strip("/"))
    return page.url_in(language, request) if language and hasattr(page, "url_in") else None


def redirect_stands_at(request, path=None):
    """Whether somebody, or a move, has put a redirect at ``path``, or the one of ``request``."""
    if not can_redirect():
        return False
    from wagtail.contrib.redirects.models import Redirect

    return _first_at(request, [Redirect.normalise_path(path or request.path)]) is not None


def leads_back(request, path):
    """Whether a redirect leads from ``path`` to the address of ``request``."""
    if not can_redirect():
        return False
    from wagtail.contrib.redirects.models import Redirect

    redirects = Redirect.get_for_site(Site.find_for_request(request))
    links = redirects.filter(old_path=Redirect.normalise_path(path)).values_list(
        "redirect_link", flat=True
    )
    asked = Redirect.normalise_path(request.path)
    return any(Redirect.normalise_path(link) == asked for link in links if link)


def redirect_at(request, path):
    """The redirect at ``path``, which may have a query, on the site of ``request``; or ``None``."""
    return _first_at(request, _spellings(path)) if can_redirect() else None


def redirect_asked_for(request):
    """The redirect at the address of ``request``, by Wagtail's rules; or ``None``."""
    return _first_at(request, _paths_of(request)) if can_redirect() else None


def redirect_above(request):
    """The redirect one level above the address of ``request``, or ``None``."""
    return _first_at(request, _paths_above(request)) if can_redirect() else None


def _paths_of(request):
    from wagtail.contrib.redirects.models import Redirect

    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    return [*_spellings(path), *_spellings(urlparse(path).path)]


def _paths_above(request):
    from wagtail.contrib.redirects.models import Redirect

    above = request.path.rstrip("/").rpartition("/")[0]
    return _spellings(Redirect.normalise_path(above, decode_unicode=False)) if above else []


def _spellings(path):
    return [uri_to_iri(path), path]


def _first_at(request, paths):
    """The redirect at the first of ``paths`` at which one stands, or ``None``.

    A path is looked up once in a request. With the first one come all that are looked up where
    nothing stands, in one query.
    """
    known = request.__dict__.setdefault("_diptych_redirects", {})
    if any(path not in known for path in paths):
        known |= _redirects_at(request, {*paths, *_paths_of(request), *_paths_above(request)})
    return next(filter(None, map(known.get, paths)), None)


def _redirects_at(request, paths):
    """The redirect at each of ``paths``, or ``None``: one of the site before one of all sites.

    No path holds a NUL, which PostgreSQL refuses to look for.
    """
    from wagtail.contrib.redirects.models import Redirect

    site = site_of(request)
    asked = sorted(path for path in paths if "\0" not in path)
    if site is None:
        found = Redirect.objects.filter(old_path__in=asked)
    else:
        found = instances_of(Redirect, _of_site, (Redirect,), (site.pk, *asked))
    found = sorted(found, key=lambda each: each.site_id is not None)
    return dict.fromkeys(paths) | {each.old_path: each for each in found}


def _of_site(model, site_id, *paths):
    return model.objects.filter(Q(site_id=site_id) | Q(site_id=None), old_path__in=paths)
