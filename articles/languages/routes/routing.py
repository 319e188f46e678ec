"""From an address to a page by one look-up in the page × language table."""

from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import F

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.index.compiled import instances_of
from diptych.articles.languages.models import PageLanguage

#: Deeper addresses than this do not exist: a page tree has at most 63 levels.
MAX_COMPONENTS = 63


class Match(NamedTuple):
    """A page found below another: its type, in which language its address was asked for, the
    components it leaves over, and its rows of the page × language table."""

    page_id: int
    model: type
    language: str
    remaining: list
    rows: list


def find_below(request, page, path_components, language):
    """Find the deepest page below ``page`` whose address begins the given components.

    An address of ``language`` is preferred; a page whose address in another language is
    exactly the one asked for is found as well, with that language in the answer. Returns a
    :class:`Match`, or ``None``. One query, whatever the depth and the number of siblings; none
    where ``request`` has looked there already and found nothing.
    """
    return _find(request, page, page.address_in(language), path_components, language)


def find_below_root(request, page, path_components, language):
    """As :func:`find_below`, for a site's root that is not translated itself."""
    return _find(request, page, page.url_path, path_components, language)


def find_child(page, path_components, language):
    """Find the child of ``page`` whose slug in another language is the one given component.

    For addresses of which only the end is in another language than ``language``. The caller has
    looked below the address of ``page`` in ``language`` before.
    """
    if len(path_components) != 1:
        return None
    bases = {page.url_path, *(row.url_path for row in page.language_rows)}
    addresses = [_address(base, path_components) for base in bases - {page.address_in(language)}]
    if not addresses:
        return None
    rows = _rows_at(addresses, page.path, ("depth", page.depth + 1))
    named = [row for row in rows if row.url_path in addresses and row.language != language]
    best = next((row for row in named if row.live), named[0] if named else None)
    if best is None:
        return None
    return _match(best, [], rows)


def _rows_at(addresses, branch, depth):
    """The rows of the pages of a branch at these addresses in any language, in all languages.

    ``depth`` is a look-up of it in the tree, and its value.
    """
    lookup, number = depth
    key = lookup, tuple(available_languages())
    return instances_of(PageLanguage, _rows, key, (branch, number, *addresses))


def _rows(lookup, languages, branch, depth, *addresses):
    found = PageLanguage.objects.filter(
        url_path__in=addresses, page__path__startswith=branch, **{f"page__{lookup}": depth}
    )
    of_found = PageLanguage.objects.filter(language__in=languages)
    of_found = of_found.filter(page_id__in=found.values("page_id"))
    return of_found.annotate(content_type=F("page__content_type"))


def _find(request, page, base, path_components, language):
    if len(path_components) > MAX_COMPONENTS or any("\0" in each for each in path_components):
        return None
    if getattr(request, "_diptych_nothing_below", None) == (base, path_components, language):
        return None
    match = _find_at(page, base, path_components, language)
    left = match.remaining if match else path_components
    address = _address(base, path_components[: len(path_components) - len(left)])
    request._diptych_nothing_below = (address, left, language)
    return match


def _address(base, components):
    return base + "".join(f"{each}/" for each in components)


def _find_at(page, base, path_components, language):
    prefixes = {}
    for length in range(1, len(path_components) + 1):
        prefixes[_address(base, path_components[:length])] = path_components[length:]
    rows = _rows_at(prefixes, page.path, ("depth__gt", page.depth))
    asked_for = [row for row in rows if row.url_path in prefixes]
    own = [row for row in asked_for if row.language == language]
    whole = [row for row in asked_for if row.language != language and not prefixes[row.url_path]]
    best = max(own, key=lambda row: len(row.url_path), default=None)
    if (best is None or prefixes[best.url_path]) and whole:
        best = next((row for row in whole if row.live), whole[0])
    if best is None:
        return None
    return _match(best, prefixes[best.url_path], rows)


def _match(best, remaining, rows):
    """The :class:`Match` of the page of ``best``, one of ``rows``, with its ``content_type``."""
    model = ContentType.objects.get_for_id(best.content_type).model_class()
    rows_of_page = [row for row in rows if row.page_id == best.page_id]
    return Match(best.page_id, model, best.language, remaining, rows_of_page)
