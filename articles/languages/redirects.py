"""Redirects from addresses that were live, in each language.

They are entries of ``wagtail.contrib.redirects``, where editors see and change them. Each
leads to a page, not to an address, so it can neither grow into a chain nor into a loop.
"""

import logging
from urllib.parse import urlparse

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language_from_path, override
from wagtail.models import Site

logger = logging.getLogger(__name__)

#: How many addresses are looked up in one query.
PART = 500


def can_redirect():
    """Whether the site has redirects at all."""
    return apps.is_installed("wagtail.contrib.redirects")


def root_of(site):
    """Where ``site`` starts, as ``Site.get_site_root_paths()`` says it; ``None`` if nowhere."""
    roots = Site.get_site_root_paths() if site else []
    return next((root for root in roots if root.site_id == site.pk), None)


def public_path(language, url_path, site_root):
    """The path a reader asks for, such as ``/fr/rubrique/titre/``; ``None`` if not routable.

    ``site_root`` is one of ``Site.get_site_root_paths()``.
    """
    try:
        with override(language):
            return reverse("wagtail_serve", args=(url_path[len(site_root.root_path) :],))
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
    return f"{root.root_url}{path}"


def record_moves(language, moved):
    """Create a redirect from every old address in ``moved`` to its page, in one language.

    ``moved`` holds ``(page id, old address, new address)`` of pages that were live. A redirect
    that stands at a new address and leads to the very page that now lives there is removed.
    A few queries for each five hundred pages.
    """
    remove_loops(language, [(page_id, new) for page_id, _old, new in moved])
    for root, part in _parts([(page_id, old) for page_id, old, _new in moved]):
        _record(root, _by_path(language, part, root))


def remove_loops(language, arrived):
    """Remove redirects that lead a page to its own address.

    ``arrived`` holds ``(page id, address)`` of pages that have come to stand there.
    """
    for root, part in _parts(arrived):
        pages = _by_path(language, part, root)
        found = _redirects().filter(site_id=root.site_id, old_path__in=pages)
        loops = [each.pk for each in found if each.redirect_page_id == pages[each.old_path]]
        _redirects().filter(pk__in=loops).delete()


def _redirects():
    from wagtail.contrib.redirects.models import Redirect  # installed or not: see _parts

    return Redirect.objects.all()


def _parts(addresses):
    """For each site: its root and up to ``PART`` of the addresses below it at a time."""
    if not addresses or not can_redirect():
        return
    for root in Site.get_site_root_paths():
        below = [(pk, path) for pk, path in addresses if path.startswith(root.root_path)]
        for start in range(0, len(below), PART):
            yield root, below[start : start + PART]


def _by_path(language, addresses, root):
    """The pages by the path that a redirect knows, without those too long for one."""
    model = _redirects().model
    longest = model._meta.get_field("old_path").max_length
    pages = {
        model.normalise_path(public_path(language, path, root) or ""): pk for pk, path in addresses
    }
    for path in [path for path in pages if len(path) > longest]:
        logger.warning("No redirect from %s: the address is too long for one.", path)
        del pages[path]
    return pages


def _record(root, pages):
    redirects = _redirects()
    existing = list(redirects.filter(site_id=root.site_id, old_path__in=pages))
    for each in existing:
        each.redirect_page_id, each.redirect_link = pages[each.old_path], ""
        each.redirect_page_route_path = ""
        each.is_permanent, each.automatically_created = True, False
    targets = ["redirect_page", "redirect_link", "redirect_page_route_path"]
    redirects.bulk_update(existing, [*targets, "is_permanent", "automatically_created"])
    _create(root.site_id, pages, {each.old_path for each in existing})


def _create(site_id, pages, known):
    """Create redirects to ``pages`` (keys by path), but for paths ``known``; returns their keys."""
    redirects = _redirects()
    # Wagtail deletes redirects marked as automatic when a page with addresses of its own moves.
    made = redirects.bulk_create(
        redirects.model(
            old_path=path, site_id=site_id, redirect_page_id=pk, automatically_created=False
        )
        for path, pk in pages.items()
        if path not in known
    )
    return [each.pk for each in made]


def _create_where_none_is(site_id, pages):
    """The same, leaving redirects that stand there already."""
    known = _redirects().filter(site_id=site_id, old_path__in=pages)
    return _create(site_id, pages, set(known.values_list("old_path", flat=True)))


# Pages that are deleted


def record_departures(language, addresses, target):
    """Create redirects to the page ``target`` from ``addresses`` that were live in ``language``.

    Whoever has put another redirect there keeps it. Returns the primary keys of the redirects.
    """
    made = []
    for root, part in _parts([(target.pk, path) for path in addresses]):
        made += _create_where_none_is(root.site_id, _by_path(language, part, root))
    return made


def redirects_to(pages):
    """``(site id, path)`` of all redirects that lead to one of ``pages``."""
    if not can_redirect():
        return []
    found = _redirects().filter(redirect_page__in=[page.pk for page in pages])
    return list(found.order_by("pk").values_list("site_id", "old_path"))


def recreate_redirects(former, targets):
    """Create redirects again that were deleted with their pages, to the pages of ``targets``.

    ``former`` is what :func:`redirects_to` gave, ``targets`` holds a page by language. Returns the
    primary keys of the redirects.
    """
    made = []
    for site_id, path in former:
        target = targets.get(get_language_from_path(path))
        if target is not None:
            made += _create_where_none_is(site_id, {path: target.pk})
    return made


def remove_redirects(keys):
    """Delete the redirects with these primary keys."""
    if keys and can_redirect():
        _redirects().filter(pk__in=keys).delete()


def redirect_stands_at(request):
    """Whether somebody, or a move, has put a redirect at the address of ``request``."""
    if not can_redirect():
        return False
    from wagtail.contrib.redirects.models import Redirect

    path = Redirect.normalise_path(request.path)
    return Redirect.get_for_site(Site.find_for_request(request)).filter(old_path=path).exists()


def page_redirected_to(request):
    """The page that a redirect at the address of ``request`` leads to, or ``None``."""
    if not can_redirect():
        return None
    from wagtail.contrib.redirects.middleware import get_redirect
    from wagtail.contrib.redirects.models import Redirect

    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    redirect = get_redirect(request, path) or get_redirect(request, urlparse(path).path)
    page = redirect.redirect_page if redirect else None
    return page.specific if page else None
