"""The part of the index that visitors of a site may find: its own pages, without private ones."""

from dataclasses import dataclass

from django.db.models import QuerySet

from diptych.articles.languages.index import sites
from diptych.articles.languages.index.aliases import second_addresses
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.public_urls import root_of


@dataclass(frozen=True)
class Scope:
    """The searched rows: those below ``root_path`` (all, if it is empty) that are not ``hidden``.

    With ``pages``, a queryset, the rows of these alone.
    """

    hidden: frozenset = frozenset()
    root_path: str = ""
    pages: QuerySet | None = None

    def __bool__(self):
        return bool(self.hidden or self.root_path or self.pages is not None)


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
    return Scope(frozenset(hidden_rows() | {*rows.values_list("pk", flat=True)}), root_path)


def hidden_rows():
    """The live rows that :meth:`PageLanguageQuerySet.visible_in` leaves out for being private.

    They are few, so that a search need not check each of thousands of matches. The results that are
    shown have passed ``visible_in`` itself.
    """
    rows = PageLanguage.objects.filter(live=True, is_private=True)
    return set(rows.values_list("pk", flat=True))
