"""The view of Wagtail's own addresses, with pages found through the page × language table."""

from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import get_script_prefix, reverse
from django.utils.http import escape_leading_slashes
from wagtail import views
from wagtail.models import Page

from diptych.articles.languages.config.language_config import active_language, available_language
from diptych.articles.languages.config.wagtail_compat import set_route
from diptych.articles.languages.index.sites import absolute, site_of
from diptych.articles.languages.routes.addresses import address_below
from diptych.articles.languages.routes.admission import answer_instead_of
from diptych.articles.languages.routes.other_pages import (
    address_of,
    are_served_below_prefixes,
    is_asked,
    redirect_permanently,
    set_language_known,
)
from diptych.articles.languages.routes.prefixes import PAGE, prefix_of, stale_prefix_of
from diptych.articles.languages.routes.redirects_followed import (
    leads_back,
    redirect_above,
    redirect_asked_for,
    redirect_stands_at,
)
from diptych.articles.languages.routes.routing import find_below_root
from diptych.articles.languages.routes.serving import Answer, ServingMixin, follow


def serve(request, path):
    """Serve the page at ``path``; as Wagtail does, once the page is found.

    Pages below the front page are found by their address in the language asked for, so neither the
    front page nor the levels between are fetched, and a front page of a type without languages can
    have translated pages below it. Below the prefix of a language in which nothing can be published
    there is no page.
    """
    prefix = prefix_of(request.path_info)
    if prefix and available_language(prefix) is None:
        raise Http404
    set_language_known(request)
    site, components = site_of(request), _components(path)
    try:
        if site and components:
            set_route(request, None)
            set_route(request, _route_below_front_page(request, site, components))
        route = Page.route_for_request(request, path)
        page = _page_of(route)
        if page and (answer := answer_instead_of(page, request, route[2])):
            return answer
        address = page and _address_of_other(request, page, components)
        if address and not are_served_below_prefixes():
            return _redirect_of_other(request, page, site, address)
        response = views.serve(request, path)
        if address:
            response.headers["Link"] = f'<{absolute(address, request)}>; rel="canonical"'
        return response
    except Http404:
        if address := _address_of_today(request):
            return HttpResponseRedirect(address)
        if address := _address_of_route(request):
            return redirect_permanently(request, address)
        if address := _address_without_prefix(request):
            return HttpResponsePermanentRedirect(address)
        raise


def _page_of(route):
    return route[0] if route else None


def _address_of_other(request, page, components):
    """Where ``page`` stands, if it is of a type without languages and this is not its address."""
    if isinstance(page, ServingMixin) or request.method not in ("GET", "HEAD"):
        return None
    address = address_of(request, page, components)
    return None if address is None or is_asked(request, address) else address


def _redirect_of_other(request, page, site, address):
    """The redirect to ``page``, which no browser keeps if a front page may take its place."""
    if page.pk == site.root_page_id:
        return HttpResponseRedirect(address)
    return redirect_permanently(request, address)


def _components(path):
    return [component for component in path.split("/") if component]


def _route_below_front_page(request, site, components):
    """The ``RouteResult`` for ``components``, at least one; :exc:`Http404` if there is none.

    The columns of the front page's own type are read only where it answers itself.
    """
    match = find_below_root(request, site.root_page, components, active_language())
    if match:
        return follow(request, match)
    front_page = site.root_page.localized
    route = front_page.specific_deferred.route(request, components)
    is_found_below = route.page.pk != front_page.pk
    return route if is_found_below else front_page.specific.route(request, components)


def answers_at(request, path):
    """Whether a page, or a redirect, is to be found at ``path`` in the active language."""
    try:
        return _route_at(request, path) is not None
    except Http404:
        return redirect_stands_at(request, reverse(PAGE, args=(path,)))


def _route_at(request, path):
    """The ``RouteResult`` for ``path`` in the active language, or ``None``."""
    site, components = site_of(request), _components(path)
    if site is None:
        return None
    set_language_known(request)
    if components:
        return _route_below_front_page(request, site, components)
    return site.root_page.localized.specific.route(request, components)


def _address_without_prefix(request):
    """The address that ``request`` means, if it begins with the prefix of a language without one.

    It was the address of a page before the host left out this prefix. A redirect from there comes
    first; one that leads from the address without the prefix back to there, where no page can be
    read any more, would never end.
    """
    prefix = stale_prefix_of(request.path_info)
    if prefix is None or redirect_stands_at(request):
        return None
    start = get_script_prefix().rstrip("/")
    path = request.path_info.removeprefix(f"/{prefix}")
    if leads_back(request, f"{start}{path}") and not _can_be_read_at(request, path):
        return None
    rest = request.get_full_path().removeprefix(start).removeprefix(f"/{prefix}")
    return escape_leading_slashes(f"{start}{rest}")


def _can_be_read_at(request, path):
    try:
        found = _route_at(request, path)
    except Http404:
        return False
    return found is not None and found[2].get("answer") != Answer.UNAVAILABLE


def _address_of_today(request):
    """The address at which a page that has left this one is shown as live in other languages only.

    Wagtail's redirect would lead permanently to another language than the one asked for.
    """
    page = _page_of_redirect(redirect_asked_for(request))
    language = active_language()
    if not isinstance(page, ServingMixin) or language in (page.live_languages or [language]):
        return None
    # Another page may have this very address here.
    address = page.url_where_missing(language, request) or page.get_url(request)
    return None if address is None or is_asked(request, address) else address


def _page_of_redirect(redirect):
    page = redirect.redirect_page if redirect else None
    return page.specific if page else None


def _address_of_route(request):
    """The present address of a route below the former address of a page, or ``None``.

    Such as the route of an article with another language beside it.
    """
    page = _page_of_redirect(redirect_above(request))
    if not isinstance(page, ServingMixin) or not page.is_live_in(active_language()):
        return None
    route = request.path.rstrip("/").rpartition("/")[2]
    try:
        answer = page.route(request, [route])
    except Http404:
        return None
    url = page.get_url(request) if answer[0].pk == page.pk and any(answer[1:]) else None
    address = url and address_below(url, route)
    return None if not address or is_asked(request, address) else address
