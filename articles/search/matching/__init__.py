"""What a database finds: the one part of search that differs between databases.

Each finds the same, since both are given the same stems and only say which texts have them.
"""

from django.core.exceptions import ImproperlyConfigured
from django.db import connections, router

from articles.search.matching.postgresql import PostgreSQLMatcher
from articles.search.matching.sqlite import SQLiteMatcher
from articles.search.models import SearchEntry

MATCHERS = {"sqlite": SQLiteMatcher, "postgresql": PostgreSQLMatcher}


def matcher():
    """The matcher for the database that the entries are in."""
    connection = connections[router.db_for_read(SearchEntry)]
    if connection.vendor not in MATCHERS:
        raise ImproperlyConfigured("Search needs SQLite or PostgreSQL.")
    return MATCHERS[connection.vendor](connection)
