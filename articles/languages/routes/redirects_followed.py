"""The redirect that stands at the address of a request, and where it leads."""

from urllib.parse import urlparse

from wagtail.models import Site

from diptych.articles.languages.config.language_config import available_language
from diptych.articles.languages.routes.redirects import can_redirect


def redirect_to_page(request, response):
    """The redirect to a page that Wagtail's middleware follows with ``response``, or ``None``."""
    if response.status_code not in (301, 302) or not can_redirect():
        return None
    from wagtail.contrib.redirects.middleware import get_redirect
    from wagtail.contrib.redirects.models import Redirect

    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    found = get_redirect(request, path) or get_redirect(request, urlparse(path).path)
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

    path = Redirect.normalise_path(path or request.path)
    return Redirect.get_for_site(Site.find_for_request(request)).filter(old_path=path).exists()


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
    if not can_redirect():
        return None
    from wagtail.contrib.redirects.middleware import get_redirect

    return get_redirect(request, path)


def page_redirected_to(request, path=None):
    """The page that a redirect at ``path`` leads to, or ``None``.

    Without ``path``, one at the address of ``request``.
    """
    if not can_redirect():
        return None
    from wagtail.contrib.redirects.middleware import get_redirect
    from wagtail.contrib.redirects.models import Redirect

    path = Redirect.normalise_path(path or request.get_full_path(), decode_unicode=False)
    paths = dict.fromkeys((path, urlparse(path).path))
    redirect = next(filter(None, (get_redirect(request, each) for each in paths)), None)
    page = redirect.redirect_page if redirect else None
    return page.specific if page else None
