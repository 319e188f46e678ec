"""Redirects from addresses that were live, in each language.

They are entries of ``wagtail.contrib.redirects``, where editors see and change them. Each
leads to a page, not to an address, so it can neither grow into a chain nor into a loop.
"""

import logging

from django.apps import apps
from wagtail.models import Site

from diptych.articles.languages.routes.hosts import language_of_root, root_in
from diptych.articles.languages.routes.prefixes import language_of_path
from diptych.articles.languages.routes.public_urls import public_path

logger = logging.getLogger(__name__)

#: How many addresses are looked up in one query.
PART = 500


def can_redirect():
    """Whether the site has redirects at all."""
    return apps.is_installed("wagtail.contrib.redirects")


def record_moves(language, moved):
    """Create a redirect from every old address in ``moved`` to its page, in one language.

    ``moved`` holds ``(page id, old address, new address)`` of pages that were live. A redirect
    that stands at a new address and leads to the very page that now lives there is removed.
    A few queries for each five hundred pages.
    """
    remove_loops(language, [(page_id, new) for page_id, _old, new in moved])
    for root, part in parts_by_site(language, [(page_id, old) for page_id, old, _new in moved]):
        _record(root, pages_by_path(language, part, root))


def remove_loops(language, arrived):
    """Remove redirects that lead a page to its own address.

    ``arrived`` holds ``(page id, address)`` of pages that have come to stand there.
    """
    for root, part in parts_by_site(language, arrived):
        pages = pages_by_path(language, part, root)
        found = redirects().filter(site_id=root.site_id, old_path__in=pages)
        loops = [each.pk for each in found if each.redirect_page_id == pages[each.old_path]]
        redirects().filter(pk__in=loops).delete()


def redirects():
    """The queryset of all redirects of a site that has them."""
    from wagtail.contrib.redirects.models import Redirect  # installed or not: see parts_by_site

    return Redirect.objects.all()


def parts_by_site(language, addresses):
    """For each site in ``language``: its root and up to ``PART`` of the addresses below it."""
    if not addresses or not can_redirect():
        return
    for root in Site.get_site_root_paths():
        if root_in(language, root) != root:
            continue
        below = [(pk, path) for pk, path in addresses if path.startswith(root.root_path)]
        for start in range(0, len(below), PART):
            yield root, below[start : start + PART]


def pages_by_path(language, addresses, root):
    """The pages by the normalised path of their redirect, without paths that are too long."""
    model = redirects().model
    longest = model._meta.get_field("old_path").max_length
    pages = {
        model.normalise_path(public_path(language, path, root) or ""): pk for pk, path in addresses
    }
    for path in [path for path in pages if len(path) > longest]:
        logger.warning("No redirect from %s: the address is too long for one.", path)
        del pages[path]
    return pages


def _record(root, pages):
    existing = list(redirects().filter(site_id=root.site_id, old_path__in=pages))
    for each in existing:
        each.redirect_page_id, each.redirect_link = pages[each.old_path], ""
        each.redirect_page_route_path = ""
        each.is_permanent, each.automatically_created = True, False
    targets = ["redirect_page", "redirect_link", "redirect_page_route_path"]
    redirects().bulk_update(existing, [*targets, "is_permanent", "automatically_created"])
    _create(root.site_id, to_pages(pages), {each.old_path for each in existing})


def create_where_none_is(site_id, targets):
    """Create redirects, but where one stands already; return their primary keys.

    ``targets`` are the fields of the redirects that say where they lead, by their path.
    """
    known = redirects().filter(site_id=site_id, old_path__in=targets)
    return _create(site_id, targets, set(known.values_list("old_path", flat=True)))


def _create(site_id, targets, known):
    """Create redirects but for the paths ``known``; return their primary keys."""
    model = redirects().model
    # Wagtail deletes redirects marked as automatic when a page with addresses of its own moves.
    made = redirects().bulk_create(
        model(old_path=path, site_id=site_id, automatically_created=False, **target)
        for path, target in targets.items()
        if path not in known
    )
    return [each.pk for each in made]


def to_pages(pages):
    """The fields of redirects to ``pages``, primary keys by path."""
    return {path: {"redirect_page_id": pk} for path, pk in pages.items()}


def record_address(root, path, page):
    """Create a redirect from the address ``path`` of a site to ``page`` where none stands.

    Returns the primary keys of the redirects.
    """
    if not can_redirect():
        return []
    path = redirects().model.normalise_path(path)
    return create_where_none_is(root.site_id, to_pages({path: page.pk}))


def record_old_addresses(site_id, leading):
    """Create redirects from addresses of another system; return their number.

    ``leading`` holds ``(path, target, language)``. The target is the primary key of a page, with
    ``""`` for the language of the reader, or an address, with ``None`` for the language. An
    existing redirect is kept. A few queries for each five hundred.
    """
    made = 0
    for start in range(0, len(leading), PART):
        part = leading[start : start + PART]
        targets = {path: _leading_to(target, language) for path, target, language in part}
        made += len(create_where_none_is(site_id, targets))
    return made


def _leading_to(target, language):
    if language is None:
        return {"redirect_link": target}
    route = f"/{language}" if language else ""
    return {"redirect_page_id": target, "redirect_page_route_path": route}


def record_departures(language, addresses, target):
    """Create redirects to the page ``target`` from ``addresses`` that were live in ``language``.

    Whoever has put another redirect there keeps it. Returns the primary keys of the redirects.
    """
    made = []
    for root, part in parts_by_site(language, [(target.pk, path) for path in addresses]):
        made += create_where_none_is(root.site_id, to_pages(pages_by_path(language, part, root)))
    return made


def redirects_to(pages):
    """``(site id, path)`` of all redirects that lead to one of ``pages``."""
    if not can_redirect():
        return []
    found = redirects().filter(redirect_page__in=[page.pk for page in pages])
    return list(found.order_by("pk").values_list("site_id", "old_path"))


def recreate_redirects(former, targets):
    """Create redirects again that were deleted with their pages, to the pages of ``targets``.

    ``former`` is the result of :func:`redirects_to`, ``targets`` holds a page by language. Returns
    the primary keys of the redirects.
    """
    made = []
    of_sites = {root.site_id: language_of_root(root) for root in Site.get_site_root_paths()}
    for site_id, path in former:
        target = targets.get(of_sites.get(site_id) or language_of_path(path))
        if target is not None:
            made += create_where_none_is(site_id, to_pages({path: target.pk}))
    return made


def remove_redirects(keys):
    """Delete the redirects with these primary keys."""
    if keys and can_redirect():
        redirects().filter(pk__in=keys).delete()
