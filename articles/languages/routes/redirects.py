"""Redirects from addresses that were live, in each language.

They are entries of ``wagtail.contrib.redirects``, where editors see and change them. Each
leads to a page, not to an address, so it can neither grow into a chain nor into a loop.
"""

import logging
from urllib.parse import urlparse

from django.apps import apps
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.translation import override
from wagtail.models import Site

from diptych.articles.languages.config.language_config import available_language
from diptych.articles.languages.index.sites import own_roots
from diptych.articles.languages.routes.hosts import language_hosts, language_of_root, root_in
from diptych.articles.languages.routes.prefixes import PAGE, language_of_path, prefix_of

logger = logging.getLogger(__name__)

#: How many addresses are looked up in one query.
PART = 500


def can_redirect():
    """Whether the site has redirects at all."""
    return apps.is_installed("wagtail.contrib.redirects")


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


def record_moves(language, moved):
    """Create a redirect from every old address in ``moved`` to its page, in one language.

    ``moved`` holds ``(page id, old address, new address)`` of pages that were live. A redirect
    that stands at a new address and leads to the very page that now lives there is removed.
    A few queries for each five hundred pages.
    """
    remove_loops(language, [(page_id, new) for page_id, _old, new in moved])
    for root, part in _parts(language, [(page_id, old) for page_id, old, _new in moved]):
        _record(root, _by_path(language, part, root))


def remove_loops(language, arrived):
    """Remove redirects that lead a page to its own address.

    ``arrived`` holds ``(page id, address)`` of pages that have come to stand there.
    """
    for root, part in _parts(language, arrived):
        pages = _by_path(language, part, root)
        found = _redirects().filter(site_id=root.site_id, old_path__in=pages)
        loops = [each.pk for each in found if each.redirect_page_id == pages[each.old_path]]
        _redirects().filter(pk__in=loops).delete()


def _redirects():
    from wagtail.contrib.redirects.models import Redirect  # installed or not: see _parts

    return Redirect.objects.all()


def _parts(language, addresses):
    """For each site in ``language``: its root and up to ``PART`` of the addresses below it."""
    if not addresses or not can_redirect():
        return
    for root in Site.get_site_root_paths():
        if root_in(language, root) != root:
            continue
        below = [(pk, path) for pk, path in addresses if path.startswith(root.root_path)]
        for start in range(0, len(below), PART):
            yield root, below[start : start + PART]


def _by_path(language, addresses, root):
    """The pages by the normalised path of their redirect, without paths that are too long."""
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
    """The same, except for paths that have a redirect already."""
    known = _redirects().filter(site_id=site_id, old_path__in=pages)
    return _create(site_id, pages, set(known.values_list("old_path", flat=True)))


def record_address(root, path, page):
    """Create a redirect from the address ``path`` of a site to ``page`` where none stands.

    Returns the primary keys of the redirects.
    """
    if not can_redirect():
        return []
    return _create_where_none_is(root.site_id, {_redirects().model.normalise_path(path): page.pk})


def record_old_addresses(site_id, leading):
    """Create redirects from addresses of another system; return their number.

    ``leading`` holds ``(path, target, language)``. The target is the primary key of a page, with
    ``""`` for the language of the reader, or an address, with ``None`` for the language. An
    existing redirect is kept. A few queries for each five hundred.
    """
    made, model = 0, _redirects().model
    for start in range(0, len(leading), PART):
        by_path = {path: rest for path, *rest in leading[start : start + PART]}
        known = _redirects().filter(site_id=site_id, old_path__in=by_path)
        known = set(known.values_list("old_path", flat=True))
        made += len(
            _redirects().bulk_create(
                model(old_path=path, site_id=site_id, **_leading_to(target, language))
                for path, (target, language) in by_path.items()
                if path not in known
            )
        )
    return made


def _leading_to(target, language):
    if language is None:
        return {"redirect_link": target}
    route = f"/{language}" if language else ""
    return {"redirect_page_id": target, "redirect_page_route_path": route}


# Addresses from before there were languages


def record_former(language, moved):
    """Create redirects from addresses without a language to those of pages in ``language``.

    ``moved`` holds ``(old, new address in the tree)`` of pages that are live. The redirects lead to
    an address and not to a page, whose address without a language may change. No redirect is made
    where the old address is still that of the page, at the root of a site, or where another one
    exists. Returns the number of redirects.
    """
    made = 0
    for root, part in _parts(language, [(new, old) for old, new in moved]):
        links = _former_links(language, part, root)
        known = _redirects().filter(site_id=root.site_id, old_path__in=links)
        known = set(known.values_list("old_path", flat=True))
        model = _redirects().model
        made += len(
            _redirects().bulk_create(
                model(old_path=path, site_id=root.site_id, redirect_link=link)
                for path, link in links.items()
                if path not in known
            )
        )
    return made


def remove_former(language, moved):
    """Remove the redirects that :func:`record_former` has made; returns how many."""
    removed = 0
    for root, part in _parts(language, [(new, old) for old, new in moved]):
        links = _former_links(language, part, root)
        found = _redirects().filter(site_id=root.site_id, old_path__in=links)
        made = [each.pk for each in found if each.redirect_link == links[each.old_path]]
        removed += _redirects().filter(pk__in=made).delete()[0]
    return removed


def _former_links(language, addresses, root):
    """``{normalised path of the former address: present path}`` of ``addresses``."""
    model, links = _redirects().model, {}
    for new, old in addresses:
        path, link = former_path(language, old, root), public_path(language, new, root)
        if path and link and path != link and old != root.root_path:
            links[model.normalise_path(path)] = link
    longest = model._meta.get_field("old_path").max_length
    return {path: link for path, link in links.items() if len(path) <= longest}


def former_path(language, url_path, root):
    """The :func:`public_path` of a page before addresses began with a language."""
    path = public_path(language, url_path, root)
    prefix = path and prefix_of(path.removeprefix(get_script_prefix()[:-1]))
    return path.replace(f"/{prefix}/", "/", 1) if prefix else path


# Pages that are deleted


def record_departures(language, addresses, target):
    """Create redirects to the page ``target`` from ``addresses`` that were live in ``language``.

    Whoever has put another redirect there keeps it. Returns the primary keys of the redirects.
    """
    made = []
    for root, part in _parts(language, [(target.pk, path) for path in addresses]):
        made += _create_where_none_is(root.site_id, _by_path(language, part, root))
    return made


def record_plain_pages(moved):
    """Create redirects to pages, of Wagtail alone, from where they were live in each language.

    ``moved`` holds ``(page, {language: address})``. An address that stays that of its page gets
    none. Returns how many.
    """
    made, by_language = 0, {}
    for page, addresses in moved:
        for language, path in addresses.items():
            by_language.setdefault(language, []).append((page.pk, path))
    own = {page.pk: page.url_path for page, _addresses in moved}
    for language, addresses in by_language.items():
        for root, part in _parts(language, addresses):
            pages = {
                path: pk
                for path, pk in _by_path(language, part, root).items()
                if path
                != _redirects().model.normalise_path(former_path(language, own[pk], root) or "")
            }
            made += len(_create_where_none_is(root.site_id, pages))
    return made


def redirects_to(pages):
    """``(site id, path)`` of all redirects that lead to one of ``pages``."""
    if not can_redirect():
        return []
    found = _redirects().filter(redirect_page__in=[page.pk for page in pages])
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
            made += _create_where_none_is(site_id, {path: target.pk})
    return made


def remove_redirects(keys):
    """Delete the redirects with these primary keys."""
    if keys and can_redirect():
        _redirects().filter(pk__in=keys).delete()


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
