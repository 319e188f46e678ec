"""From an address to a page by one look-up in the page × language table."""

from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import F

from articles.languages.models import PageLanguage

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


def find_below(page, path_components, language):
    """Find the deepest page below ``page`` whose address begins the given components.

    An address of ``language`` is preferred; a page whose address in another language is
    exactly the one asked for is found as well, with that language in the answer. Returns a
    :class:`Match`, or ``None``. One query, whatever the depth and the number of siblings.
    """
    return _find(page, page.address_in(language), path_components, language)


def find_below_root(page, path_components, language):
    """As :func:`find_below`, for a site's root that is not translated itself."""
    return _find(page, page.url_path, path_components, language)


def find_child(page, path_components, language):
    """Find the child of ``page`` that has the one given component as its slug elsewhere.

    For addresses of which only the end is in another language than ``language``.
    """
    if len(path_components) != 1:
        return None
    children = PageLanguage.objects.filter(
        page__depth=page.depth + 1, page__path__startswith=page.path
    )
    found = children.filter(slug=path_components[0]).exclude(language=language)
    of_found = children.filter(page_id__in=found.values("page_id"))
    rows = list(of_found.annotate(content_type=F("page__content_type")))
    named = [row for row in rows if row.slug == path_components[0] and row.language != language]
    best = next((row for row in named if row.live), named[0] if named else None)
    if best is None:
        return None
    return _match(best, [], rows)


def _find(page, base, path_components, language):
    if len(path_components) > MAX_COMPONENTS or any("\0" in each for each in path_components):
        return None
    prefixes = {}
    for length in range(1, len(path_components) + 1):
        prefixes[base + "/".join(path_components[:length]) + "/"] = path_components[length:]
    found = PageLanguage.objects.filter(
        url_path__in=prefixes, page__path__startswith=page.path, page__depth__gt=page.depth
    )
    of_found = PageLanguage.objects.filter(page_id__in=found.values("page_id"))
    rows = list(of_found.annotate(content_type=F("page__content_type")))
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
