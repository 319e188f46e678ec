"""Wagtail's search in the database, for whatever people type.

On SQLite a lone quotation mark, and anywhere a NUL, ends Wagtail's own search in an error. With
this module as the ``BACKEND`` in ``WAGTAILSEARCH_BACKENDS``, every list and chooser is rid of it.
"""

from functools import cache

from wagtail.search.backends import database


class TolerantMixin:
    """Leave out of a query the characters that are marks to the database and no words."""

    def search(self, query, *args, **kwargs):
        return super().search(without_marks(query), *args, **kwargs)

    def autocomplete(self, query, *args, **kwargs):
        return super().autocomplete(without_marks(query), *args, **kwargs)


def without_marks(query):
    """``query`` without quotation marks and NULs; what is no string is none of our business."""
    if not isinstance(query, str):
        return query
    return " ".join(query.translate({ord('"'): " ", 0: " "}).split())


def SearchBackend(params):
    """The backend of the database in use, made tolerant."""
    return _tolerant(type(database.SearchBackend(params)))(params)


@cache
def _tolerant(kind):
    return type(f"Tolerant{kind.__name__}", (TolerantMixin, kind), {})
