"""Where the sites of an installation begin in the tree of pages."""

from wagtail.models import Site


def roots_apart():
    """The ``url_path`` of the page at which each site starts, the most specific first.

    There are none where all pages are of one site, whatever its names; without a query.
    """
    roots = list(dict.fromkeys(root.root_path for root in Site.get_site_root_paths()))
    return roots if len(roots) > 1 else []


def are_several():
    """Whether there are pages of different sites to keep apart."""
    return bool(roots_apart())


def root_path_above(page, roots=None):
    """Which of ``roots_apart`` the site of ``page`` starts at; empty if it stands on none."""
    roots = roots_apart() if roots is None else roots
    return next((path for path in roots if page.url_path.startswith(path)), "")
