"""The part of the index that visitors of a site may find: its own pages, without private ones."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from wagtail.models import PageViewRestriction

from articles.languages import sites
from articles.languages.aliases import second_addresses
from articles.languages.models import PageLanguage
from articles.languages.redirects import root_of

#: The last step possible in the path of a page.
LAST_STEP = "ZZZZ"


@dataclass(frozen=True)
class Scope:
    """What is searched: rows below ``root_path`` (all, if it is empty) that are not ``hidden``."""

    hidden: frozenset = frozenset()
    root_path: str = ""

    def __bool__(self):
        return bool(self.hidden or self.root_path)


EVERYTHING = Scope()


def scope_of(site):
    """The :class:`Scope` of a :class:`Site`; of all sites together if it is ``None``.

    With several sites aliases are indexed, and hidden where their originals are found.
    """
    if not sites.are_several():
        return Scope(frozenset(hidden_rows()))
    root = root_of(site)
    root_path = root.root_path if root else ""
    aliases = second_addresses(root_path).values("pk")
    rows = PageLanguage.objects.filter(live=True, page__in=aliases)
    hidden = hidden_rows().union(rows.values_list("pk", flat=True))
    return Scope(frozenset(hidden), root_path)


def hidden_rows():
    """The rows that :meth:`PageLanguageQuerySet.visible_in` leaves out for being private.

    It starts from the restrictions, which are few, so that a search need not check each of
    thousands of matches. The results that are shown have passed ``visible_in`` itself.
    """
    paths = PageViewRestriction.objects.order_by().values_list("page__path", flat=True)
    branches = [(path, path + LAST_STEP) for path in set(paths)]
    if not branches:
        return set()
    rows = PageLanguage.objects.filter(live=True)
    hidden = set()
    for prefix in ("page", "page__alias_of"):
        inside = reduce(or_, (Q(**{f"{prefix}__path__range": branch}) for branch in branches))
        hidden.update(rows.filter(inside).values_list("pk", flat=True))
    return hidden
