"""Where the sites of an installation begin in the tree of pages."""

from urllib.parse import urljoin

from django.conf import settings
from wagtail import hooks
from wagtail.models import Site

from diptych.articles.languages.config.wagtail_compat import is_site_known


def own_roots():
    """``Site.get_site_root_paths()`` without the trees of other locales of Wagtail's.

    Pages in several languages stand below the page that a site names, in one tree.
    """
    roots = Site.get_site_root_paths()
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return roots
    own = set(Site.objects.values_list("pk", "root_page__url_path"))
    return [root for root in roots if (root.site_id, root.root_path) in own]


def roots_apart():
    """The ``url_path`` of the page at which each site starts, the most specific first.

    Empty where all pages belong to one site, under any number of names; without a query.
    """
    roots = list(dict.fromkeys(root.root_path for root in own_roots()))
    return roots if len(roots) > 1 else []


def are_several():
    """Whether there are pages of different sites to keep apart."""
    return bool(roots_apart())


def root_path_above(page, roots=None):
    """Which of ``roots_apart`` is the root of the site of ``page``; empty if it is on none."""
    roots = roots_apart() if roots is None else roots
    return next((path for path in roots if page.url_path.startswith(path)), "")


#: Takes a request and calls ``set_site`` with its site, if it can find that without a query.
FIND_SITE = "diptych_find_site"


def site_of(request):
    """Wagtail's ``Site.find_for_request``, once those who may know the site have been asked."""
    if not is_site_known(request):
        for find in hooks.get_hooks(FIND_SITE):
            find(request)
    return Site.find_for_request(request)


def absolute(url, request):
    """``url`` on the site that answers ``request``; one that is absolute stays as it is.

    The host is the one the site is known by, whichever of its names the request came to.
    """
    site = Site.find_for_request(request)
    return urljoin(site.root_url if site else request.build_absolute_uri("/"), url)
