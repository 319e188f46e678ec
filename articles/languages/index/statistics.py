"""An index of the newest pages, and the statistics by which SQLite chooses indexes."""

import swapper
from django.db import connections

from diptych.articles.languages.models import PageLanguage

#: The name of the index, which a host drops that no longer uses the engine (``docs/engine.md``).
NEWEST = "diptych_newest_pages"
#: The databases that sort by it.
INDEXED = ("sqlite", "postgresql")
#: Analyse tables whose size has changed a lot, also those this connection has not read.
ALL_TABLES = "0x10002"
#: Rows of an index that are read at most; older versions of SQLite would read all.
MOST_ROWS = 1000


def analyse(using="default"):
    """Let SQLite analyse the tables that need it; other databases do so by themselves."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {MOST_ROWS}")
            cursor.execute(f"PRAGMA optimize = {ALL_TABLES}")


def index_newest(using="default"):
    """Create the index that lists of pages are sorted by, of the date of the newest draft.

    It stands on Wagtail's table of pages, so a migration of Wagtail may drop it.
    """
    connection = connections[using]
    table = swapper.load_model("wagtailcore", "Page")._meta.db_table
    order = "" if connection.vendor == "sqlite" else " NULLS LAST"
    with connection.cursor() as cursor:
        if connection.vendor in INDEXED and table in connection.introspection.table_names(cursor):
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {NEWEST} ON {connection.ops.quote_name(table)} "
                f"(latest_revision_created_at DESC{order}, path)"
            )


def drop_newest(using="default"):
    """Drop that index."""
    connection = connections[using]
    if connection.vendor in INDEXED:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS {NEWEST}")


def database_migrated(using, **kwargs):
    """A receiver of ``post_migrate``: create the index where the engine has its tables."""
    if PageLanguage._meta.db_table in connections[using].introspection.table_names():
        index_newest(using)
    else:
        drop_newest(using)
    analyse(using)
