"""Wagtail's own addresses, with pages found through the page × language table."""

from django.http import Http404, HttpResponseRedirect
from django.urls import re_path
from django.utils.translation import get_language_from_path
from wagtail import urls as wagtail_urls
from wagtail import views
from wagtail.models import Site

from articles.languages.available import active_language, available_language
from articles.languages.draft_links import show_draft
from articles.languages.redirects import page_redirected_to, public_path
from articles.languages.routing import find_below_root
from articles.languages.serving import ServingMixin, follow
from articles.languages.sites import site_of
from articles.languages.wagtail_compat import set_route


def serve(request, path):
    """Serve the page at ``path``; as Wagtail does, once the page is found.

    What stands below the front page is found by its address in the language asked for, so
    that neither the front page nor the levels between are fetched, and a front page that
    knows nothing of languages has translated pages below it all the same. There is no page below
    the prefix of a language in which none can be published.
    """
    prefix = get_language_from_path(request.path_info)
    if prefix and available_language(prefix) is None:
        raise Http404
    site = site_of(request)
    components = [component for component in path.split("/") if component]
    try:
        if site and components:
            match = find_below_root(site.root_page, components, active_language())
            if match:
                set_route(request, follow(request, match))
        return views.serve(request, path)
    except Http404:
        address = _address_of_today(request, site)
        if address is None:
            raise
        return HttpResponseRedirect(address)


def _address_of_today(request, site):
    """Where the page that has left this address says that it is only live in other languages.

    Wagtail's redirect would lead for good to another language than the one asked for. The page's
    own address in this one may be that of a draft, which is nobody's to know: so it is that of a
    language it is live in, below the prefix of this one.
    """
    page = page_redirected_to(request)
    language = active_language()
    if not isinstance(page, ServingMixin) or language in (page.live_languages or [language]):
        return None
    url_path = page.address_in(page.default_language_of(page.live_languages))
    for root in Site.get_site_root_paths():
        if site and root.site_id == site.pk and url_path.startswith(root.root_path):
            components = url_path.removeprefix(root.root_path).strip("/").split("/")
            match = find_below_root(site.root_page, components, language)
            if match is None or match.page_id != page.pk:
                # Another page has this very address here.
                return page.get_url(request)
            address = public_path(language, url_path, root)
            return None if address == request.path else address
    return None


urlpatterns = [
    # No slug has a dot: no page stands at such an address.
    re_path(r"^draft/([\w-]+\.[\w-]+)/$", show_draft, name="diptych_draft"),
    *(each for each in wagtail_urls.urlpatterns if each.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
]
