"""Where the sites of an installation begin in the tree of pages."""

from wagtail.models import Site


def are_several():
    """Whether there are pages of different sites to keep apart; without a query."""
    return len(_root_paths()) > 1


def root_path_above(page):
    """The ``url_path`` of the page at which the site of ``page`` starts; without a query.

    It is empty where there is nothing to keep apart: all pages are of one site, or ``page``
    stands on none.
    """
    if not are_several():
        return ""
    return next((path for path in _root_paths() if page.url_path.startswith(path)), "")


def _root_paths():
    """Each once, the most specific first; two names of a site may lead to the same pages."""
    return list(dict.fromkeys(root.root_path for root in Site.get_site_root_paths()))
