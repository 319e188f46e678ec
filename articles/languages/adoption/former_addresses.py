"""Redirects from addresses without a language, and back to them when the languages are given up."""

from django.urls import get_script_prefix

from diptych.articles.languages.routes.prefixes import prefix_of
from diptych.articles.languages.routes.public_urls import public_path
from diptych.articles.languages.routes.redirects import (
    create_where_none_is,
    pages_by_path,
    parts_by_site,
    redirects,
    to_pages,
)


def record_former(language, moved):
    """Create redirects from addresses without a language to those of pages in ``language``.

    ``moved`` holds ``(old, new address in the tree)`` of pages that are live. The redirects lead to
    an address and not to a page, whose address without a language may change. No redirect is made
    where the old address is still that of the page, at the root of a site, or where another one
    exists. Returns the number of redirects.
    """
    made = 0
    for root, part in parts_by_site(language, [(new, old) for old, new in moved]):
        links = _former_links(language, part, root)
        targets = {path: {"redirect_link": link} for path, link in links.items()}
        made += len(create_where_none_is(root.site_id, targets))
    return made


def remove_former(language, moved):
    """Remove the redirects that :func:`record_former` has made; returns how many."""
    removed = 0
    for root, part in parts_by_site(language, [(new, old) for old, new in moved]):
        links = _former_links(language, part, root)
        found = redirects().filter(site_id=root.site_id, old_path__in=links)
        made = [each.pk for each in found if each.redirect_link == links[each.old_path]]
        removed += redirects().filter(pk__in=made).delete()[0]
    return removed


def _former_links(language, addresses, root):
    """``{normalised path of the former address: present path}`` of ``addresses``."""
    model, links = redirects().model, {}
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
        for root, part in parts_by_site(language, addresses):
            pages = {
                path: pk
                for path, pk in pages_by_path(language, part, root).items()
                if path
                != redirects().model.normalise_path(former_path(language, own[pk], root) or "")
            }
            made += len(create_where_none_is(root.site_id, to_pages(pages)))
    return made
