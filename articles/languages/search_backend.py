"""Wagtail's database search backend without errors for special characters.

A quotation mark alone on SQLite, and a NUL on any database, raise an error in Wagtail's backend.
Use this module as ``BACKEND`` in ``WAGTAILSEARCH_BACKENDS``.
"""

from functools import cache

from wagtail.search.backends import database


class TolerantMixin:
    """Removes quotation marks and NULs from queries."""

    def search(self, query, *args, **kwargs):
        return super().search(without_marks(query), *args, **kwargs)

    def autocomplete(self, query, *args, **kwargs):
        return super().autocomplete(without_marks(query), *args, **kwargs)


def without_marks(query):
    """``query`` without quotation marks and NULs; non-strings pass unchanged."""
    if not isinstance(query, str):
        return query
    return " ".join(query.translate({ord('"'): " ", 0: " "}).split())


def SearchBackend(params):
    """The backend for the database in use, with :class:`TolerantMixin`."""
    return _tolerant(type(database.SearchBackend(params)))(params)


@cache
def _tolerant(kind):
    return type(f"Tolerant{kind.__name__}", (TolerantMixin, kind), {})
