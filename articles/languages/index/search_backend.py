"""Wagtail's database search backend without errors for special characters, flat in time on SQLite.

A quotation mark alone on SQLite, and a NUL on any database, raise an error in Wagtail's backend.
On SQLite, Wagtail's backend searches its index once for each result, to order them by relevance.
Use this module as ``BACKEND`` in ``WAGTAILSEARCH_BACKENDS``.
"""

from functools import cache, reduce
from operator import add

from django.db.models import F, IntegerField
from django.db.models.functions import Cast
from modelsearch.query import MatchAll, Not
from wagtail.search.backends import database


class TolerantMixin:
    """Removes quotation marks and NULs from queries."""

    #: The values by which a search is filtered are those of the objects' own tables.
    keeps_only_texts = True

    def search(self, query, *args, **kwargs):
        return super().search(without_marks(query), *args, **kwargs)

    def autocomplete(self, query, *args, **kwargs):
        return super().autocomplete(without_marks(query), *args, **kwargs)


def without_marks(query):
    """``query`` without quotation marks and NULs; non-strings pass unchanged."""
    if not isinstance(query, str):
        return query
    return " ".join(query.translate({ord('"'): " ", 0: " "}).split())


class OneMatchMixin:
    """A query compiler for SQLite that joins the index, so that one search of it ranks all results.

    For models whose primary key is a number; others are searched as Wagtail does.
    """

    def search(self, config, start, stop, score_field=None):
        from modelsearch.backends.database.sqlite.query import MatchExpression, normalize

        query = normalize(self.query)
        is_ranked = self.order_by_relevance or score_field is not None
        if not is_ranked or isinstance(query, (MatchAll, Not)) or not self._has_numbers():
            return super().search(config, start, stop, score_field)
        columns = self.fields or self.FTS_TABLE_FIELDS
        score = score_field or "_score"
        found = self.queryset.filter(
            MatchExpression(columns, self.build_search_query(query, config=config)),
            # Two conditions that always hold: they join the index, and find objects by their key.
            index_entries__sqliteftsindexentry__title__isnull=False,
            pk=Cast("index_entries__object_id", IntegerField()),
        ).annotate(**{score: self._relevance(config)})
        if self.order_by_relevance:
            found = found.order_by(score, "-pk")
        elif not found.query.order_by:
            found = found.order_by("-pk")
        return found[start:stop]

    def _relevance(self, config):
        """The sum over Wagtail's columns, named by the search, of the rank times the weight."""
        return reduce(
            add,
            (
                self.build_tsrank(_from_object(column), self.query, config=config)
                * _from_object(weight)
                for column, weight in self.get_search_vectors()
            ),
        )

    def _has_numbers(self):
        key = self.queryset.model._meta.pk
        return isinstance(getattr(key, "target_field", key), IntegerField)


def _from_object(expression):
    """A column of the index as it is named from an object; numbers pass unchanged."""
    if not isinstance(expression, F):
        return expression
    return F(expression.name.replace("index_entry__", "index_entries__", 1))


def SearchBackend(params):
    """The engine's subclass of Wagtail's backend for the database in use."""
    return _tolerant(type(database.SearchBackend(params)))(params)


@cache
def _tolerant(kind):
    attributes = {}
    if kind.__module__.endswith("database.sqlite.sqlite"):
        names = ("query_compiler_class", "autocomplete_query_compiler_class")
        attributes = {name: _with_one_match(getattr(kind, name)) for name in names}
    return type(f"Tolerant{kind.__name__}", (TolerantMixin, kind), attributes)


def _with_one_match(compiler):
    return type(f"OneMatch{compiler.__name__}", (OneMatchMixin, compiler), {})
