"""Keep the page × language table in step with the pages.

Every change of a page ends in :func:`sync_page`, which is safe to repeat.
"""

from django.db import IntegrityError, transaction
from django.db.models import Max, Value
from django.db.models.functions import Concat, Length, Substr
from wagtail.models import Site

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.config.signals import addresses_moved, rows_written
from diptych.articles.languages.index.privacy import branch_range, is_private
from diptych.articles.languages.models import PageLanguage, UnmovedBranch
from diptych.articles.languages.routes.frontend_caches import has_frontend_cache, purge_later
from diptych.articles.languages.routes.hosts import root_in
from diptych.articles.languages.routes.public_urls import public_path
from diptych.articles.languages.routes.redirects import record_moves, remove_loops
from diptych.articles.languages.routes.slugs import is_numbered, numbered
from diptych.articles.languages.translations.progress import headline_to_sort, outdated_since
from diptych.articles.languages.translations.provenance import confirmed_incomplete


def purge_paths(language, url_paths, cached_paths=("/",)):
    """Purge addresses of one language from the cache, once the change is committed.

    ``cached_paths`` is the result of ``get_cached_paths`` of the page: the paths that are cached
    below each address. Does nothing unless ``wagtail.contrib.frontend_cache`` is installed.
    """
    if has_frontend_cache():
        urls = public_urls(language, url_paths)
        purge_later({url + each.lstrip("/") for url in urls for each in cached_paths})


def public_urls(language, url_paths):
    """The absolute addresses, on every site they belong to, of paths in the tree of pages."""
    urls = []
    for root in Site.get_site_root_paths():
        if root_in(language, root) != root:
            continue
        for url_path in url_paths:
            if url_path.startswith(root.root_path):
                path = public_path(language, url_path, root)
                urls += [root.root_url + path] if path else []
    return urls


def address_below(url, segment):
    """The address of ``segment`` below ``url``; it ends in a slash if ``url`` does."""
    return f"{url.rstrip('/')}/{segment}{'/' if url.endswith('/') else ''}"


ROOM_FOR_NUMBER = 10
#: More pages than this are not moved in the transaction that gives their top another address.
MOST_AT_ONCE = 500
#: The columns of a row that derive from its page; the others derive from drafts.
DECIDED_HERE = (
    "translated",
    "has_draft",
    "slug",
    "url_path",
    "live",
    "is_private",
    "incomplete",
    "first_public_at",
    "printed_date",
    "outdated_since",
)


@transaction.atomic
def sync_page(page, record_redirects=True, text_changed=True):
    """Write the rows of ``page`` and move the addresses below it with it.

    ``page`` is a saved :class:`MultilingualPageMixin`. Returns the rows by language. With
    ``record_redirects``, every address that was live and has changed gets a redirect, and every
    address that is or was live is purged from caches. ``text_changed`` is passed on to the
    receivers of ``rows_written``.
    """
    parent = page.get_parent()
    found = PageLanguage.objects.filter(page_id__in=[page.pk, parent.pk] if parent else [page.pk])
    rows = {row.language: row for row in found if row.page_id == page.pk}
    parent_rows = {row.language: row for row in found if row.page_id != page.pk}
    result = {}
    private = is_private(page)
    for language in available_languages():
        row = rows.get(language) or _new_row(page, language)
        parent_path = parent_path_in(page, parent, parent_rows.get(language))
        expected = expected_row(page, language, parent_path, private)
        _write_row(page, row, expected, parent_path, record_redirects)
        result[language] = row
    page.clear_language_rows()
    rows_written.send(type(page), page=page, rows=result, text_changed=text_changed)
    return result


def _new_row(page, language):
    headline = headline_to_sort(page, language)
    return PageLanguage(page_id=page.pk, language=language, sorted_headline=headline)


def expected_row(page, language, parent_path, private):
    """The values of the row of ``page`` in ``language`` where no other page has its address.

    Returns a dictionary of the row's ``slug``, ``url_path``, ``live``, ``is_private``,
    ``incomplete``, ``first_public_at``, ``printed_date`` and ``translated``. ``parent_path`` is the
    parent's address in the language, or ``None`` where the page has the same address in every
    language: the root of a site and the pages above it. ``private`` is whether the page has a view
    restriction.
    """
    slug = page.text_in("url_slug", language) or page.slug
    headline = page.text_in("headline", language)
    is_live = bool(page.live and headline and page.text_in("is_public", language))
    return {
        "slug": slug,
        "url_path": page.url_path if parent_path is None else f"{parent_path}{slug}/",
        "live": is_live,
        "is_private": private,
        "incomplete": len(confirmed_incomplete(page, language)) if is_live else 0,
        "first_public_at": page.text_in("first_public_at", language),
        "printed_date": page.printed_date_in(language) if is_live else None,
        "translated": bool(headline),
    }


def parent_path_in(page, parent, parent_row):
    """The address in one language of the parent of ``page``, or ``None`` for a site's root."""
    if parent is None or page.depth <= 2 or is_root_of_a_site(page):
        return None
    return parent_row.url_path if parent_row else parent.url_path


def is_root_of_a_site(page):
    """Whether a site starts at ``page``; reads the cached list of sites."""
    return any(root.root_path == page.url_path for root in Site.get_site_root_paths())


def without_room(page, slugs, parent):
    """The languages in which the table has no room for ``page`` at its address below ``parent``.

    ``slugs`` are those of the page by language. The longer addresses of the pages below it have to
    fit too. Some room is left for the number that a slug gets when it is taken.
    """
    if parent is None or not slugs:
        return []
    rows = PageLanguage.objects.filter(language__in=slugs).order_by()
    bases = dict(rows.filter(page_id=parent.pk).values_list("language", "url_path"))
    lengths = {
        language: len(bases.get(language) or parent.url_path) + len(slug) + 1
        for language, slug in slugs.items()
    }
    if page.pk and page.numchild:
        branch = rows.filter(page__path__range=branch_range(page.path)).values_list("language")
        for language, longest in branch.annotate(longest=Max(Length("url_path"))):
            lengths[language] += max(longest - len(page.address_in(language)), 0)
    room = PageLanguage._meta.get_field("url_path").max_length - ROOM_FOR_NUMBER
    return [language for language, length in lengths.items() if length > room]


def _write_row(page, row, expected, parent_path, record_redirects):
    old_path, was_live = row.url_path, row.live
    if expected["url_path"] == old_path:
        _store(page, row, expected)
    else:
        _store_at_new_address(page, row, expected, parent_path)
    _follow_move(page, row, old_path, was_live, record_redirects)


def _store_at_new_address(page, row, expected, parent_path):
    """Store ``row`` at an address that is free; once more when somebody else was quicker."""
    _settle_clash(page, row, expected, parent_path)
    before = vars(row).copy()
    try:
        with transaction.atomic():
            _store(page, row, dict(expected))
    except IntegrityError:
        vars(row).update(before)
        _settle_clash(page, row, expected, parent_path)
        _store(page, row, expected)


def _store(page, row, expected):
    """Save ``row`` with the ``expected`` values, if they differ."""
    before = vars(row).copy()
    # A draft's headline counts as a translation too, and is not in the page's own row.
    row.translated = expected["translated"] or (page.has_unpublished_changes and row.translated)
    row.has_draft = bool(page.live and page.has_unpublished_changes and row.has_draft)
    row.slug, row.url_path, row.live = expected["slug"], expected["url_path"], expected["live"]
    row.is_private = expected["is_private"]
    row.incomplete, row.first_public_at = expected["incomplete"], expected["first_public_at"]
    row.printed_date = expected["printed_date"]
    row.outdated_since = outdated_since(page, row.language) if row.live else None
    if vars(row) != before:
        row.save(update_fields=None if row._state.adding else DECIDED_HERE)


def _follow_move(page, row, old_path, was_live, record_redirects):
    """Move the addresses below ``page``, record redirects, and purge caches."""
    moved = []
    if old_path and old_path != row.url_path:
        moved = _move_below(page, row, old_path, is_later=record_redirects)
        if was_live:
            moved.append((page.pk, old_path, row.url_path))
    if old_path != row.url_path or (row.live and not was_live):
        remove_loops(row.language, [(page.pk, row.url_path)])
    _send_moves(row.language, moved)
    if record_redirects:
        record_moves(row.language, moved)
        stale = [path for _pk, *paths in moved for path in paths]
        if was_live or row.live:
            stale.append(row.url_path)
        purge_paths(row.language, stale, page.get_cached_paths())


def _send_moves(language, moved):
    if moved:
        page_ids = [pk for pk, *_paths in moved]
        addresses_moved.send(PageLanguage, language=language, page_ids=page_ids)


def _settle_clash(page, row, expected, parent_path):
    """Make room when another page stands at the wanted address.

    A page that is only there under a borrowed slug, having no text in the language, gives way
    to one that has, and every page to the root of a site, whose address is not its own to choose.
    Between two that have text, the newcomer gets a numbered slug.
    """
    others = PageLanguage.objects.filter(language=row.language).exclude(page_id=page.pk)
    other = others.filter(url_path=expected["url_path"]).first()
    if other is None:
        return
    if parent_path is None or (expected["translated"] and not other.translated):
        _step_aside(other)
        return
    slug, number = expected["slug"], 1
    if row.url_path == f"{parent_path}{row.slug}/" and is_numbered(row.slug, slug):
        expected["slug"], expected["url_path"] = row.slug, row.url_path
        other = None
    while other is not None:
        number += 1
        expected["slug"] = numbered(slug, number)
        expected["url_path"] = f"{parent_path}{expected['slug']}/"
        other = others.filter(url_path=expected["url_path"]).first()
    if page.text_in("url_slug", row.language):
        page.write_column("url_slug", row.language, expected["slug"])


def _step_aside(row):
    """Give a row an address nobody can want, and take its descendants along."""
    old_path = row.url_path
    parent_path = old_path[: -len(row.slug) - 1]
    row.slug = numbered(row.slug, row.page_id)
    row.url_path = f"{parent_path}{row.slug}/"
    row.save()
    page = row.page.specific
    if row.translated and page.text_in("url_slug", row.language):
        page.write_column("url_slug", row.language, row.slug)
    moved = _move_below(page, row, old_path)
    if row.live:
        moved.append((row.page_id, old_path, row.url_path))
    record_moves(row.language, moved)
    _send_moves(row.language, moved)
    purge_paths(row.language, [path for _pk, *paths in moved for path in paths])


def rows_below(page, language):
    """The rows in ``language`` of the pages below ``page``."""
    rows = PageLanguage.objects.filter(language=language)
    return rows.filter(page__path__range=branch_range(page.path)).exclude(page_id=page.pk)


def _move_below(page, row, old_path, is_later=True):
    """Replace the start of every address below ``page``; later, if there are many.

    Returns ``(page id, old address, new address)`` for each that is live and has moved.
    """
    below = rows_below(page, row.language)
    number = below[: MOST_AT_ONCE + 1].count()
    if not number:
        return []
    if is_later and number > MOST_AT_ONCE:
        UnmovedBranch.objects.update_or_create(
            page_id=page.pk, language=row.language, defaults={"reached": ""}
        )
        return []
    new_path, below = row.url_path, below.filter(url_path__startswith=old_path)
    live = below.filter(live=True).values_list("page_id", "url_path")
    moved = [(pk, path, new_path + path[len(old_path) :]) for pk, path in live]
    below.update(url_path=Concat(Value(new_path), Substr("url_path", len(old_path) + 1)))
    return moved
