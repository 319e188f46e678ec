"""Every use of a private part of Wagtail, with the version in which it was read.

Scripts that depend on Wagtail's own are in ``static/diptych_languages/wagtail/``.
``tests/contracts/test_wagtail_compat.py`` fails where a newer Wagtail has changed either.
"""

from contextlib import contextmanager


@contextmanager
def reference_index_paused():
    """Wagtail's ``disable_reference_index_auto_update``, which cannot stand within another.

    Inside another one it does nothing: whoever has paused the index updates it. Wagtail 8.0.1.
    """
    from wagtail import signal_handlers

    if getattr(signal_handlers.reference_index_auto_update_disabled, "value", False):
        yield
        return
    with signal_handlers.disable_reference_index_auto_update():
        yield


def set_route(request, route):
    """Make ``route``, a :class:`wagtail.url_routing.RouteResult`, the answer for ``request``.

    ``Page.route_for_request`` returns it instead of walking down the tree, in Wagtail's serving
    view and wherever else the route of the request is asked for. Wagtail 8.0.1.
    """
    request._wagtail_route_for_request = route


def set_site(request, site):
    """Make ``Site.find_for_request`` return ``site`` for any host. Wagtail 8.0.1."""
    request._wagtail_site = site


def is_site_known(request):
    """Whether ``request`` has a cached answer of ``Site.find_for_request``. Wagtail 8.0.1."""
    return hasattr(request, "_wagtail_site")


def site_root_paths(page, request):
    """``Site.get_site_root_paths()``, which ``request`` keeps where there is one. Wagtail 8.0.1."""
    return page._get_site_root_paths(request)


def set_parent(page, parent):
    """Make ``parent`` the answer of ``page.get_parent()``, which asks the database otherwise.

    Wagtail 8.0.1 with django-treebeard 5.
    """
    page._cached_parent_obj = parent


def forget_rows(page, relation):
    """Let ``page`` take the rows of ``relation`` from the database again, as once it is saved.

    Wagtail 8.0.1 with django-modelcluster 6.5.
    """
    del page._cluster_related_objects[relation]


def path_of_next_child(page):
    """The path in the tree of a page that is put last below ``page``.

    As ``page.add_child`` computes it, which also saves the page and its slug. Wagtail 8.0.1 with
    django-treebeard 5.
    """
    last = page.get_last_child()
    return last._inc_path() if last else page._get_path(page.path, page.depth + 1, 1)


def paths_of_children(page, descendant_path):
    """The paths that the children of ``page`` may have, up to the one of a page below it.

    Wagtail 8.0.1 with django-treebeard 5.
    """
    start = len(page.path)
    last = page._str2int(descendant_path[start : start + page.steplen])
    return [page._get_path(page.path, page.depth + 1, step) for step in range(1, last + 1)]
