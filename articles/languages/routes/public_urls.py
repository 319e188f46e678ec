"""The URLs that readers ask for, made of paths in the tree of pages and of names of views."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from wagtail.models import Site

from diptych.articles.languages.index.sites import own_roots
from diptych.articles.languages.routes.hosts import language_hosts, root_in
from diptych.articles.languages.routes.prefixes import PAGE


def root_of(site):
    """The entry of ``Site.get_site_root_paths()`` for ``site``; ``None`` if there is none."""
    roots = own_roots() if site else []
    return next((root for root in roots if root.site_id == site.pk), None)


def public_path(language, url_path, site_root):
    """The path a reader asks for, such as ``/fr/rubrique/titre/``; ``None`` if not routable.

    ``site_root`` is one of ``Site.get_site_root_paths()``.
    """
    try:
        with override(language):
            return reverse(PAGE, args=(url_path[len(site_root.root_path) :],))
    except NoReverseMatch:
        return None


def public_url(language, url_path):
    """The URL in ``language`` of the page at ``url_path``, as Wagtail's ``Page.url`` has it.

    It has no host where there is one site; ``None`` if it is not routable.
    """
    roots = Site.get_site_root_paths()
    root = next((each for each in roots if url_path.startswith(each.root_path)), None)
    path = public_path(language, url_path, root) if root else None
    if path is None or len({each.site_id for each in roots}) == 1:
        return path
    return f"{root_in(language, root).root_url}{path}"


def url_of_view(request, language, name, args=()):
    """The address in ``language`` of the view called ``name``, on the site of ``request``.

    It has a host where that of the language is another one; ``None`` if there is no such view.
    """
    try:
        with override(language):
            path = reverse(name, args=args)
    except NoReverseMatch:
        return None
    return on_host_of(language, path, request)


def on_host_of(language, path, request):
    """``path``, an address in ``language``, with the host of that if ``request`` has another."""
    if not language_hosts():
        return path
    own = root_of(Site.find_for_request(request))
    root = own and root_in(language, own)
    return path if root == own else f"{root.root_url}{path}"
