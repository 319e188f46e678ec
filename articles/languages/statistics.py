"""What SQLite knows of the sizes of tables, by which it chooses indexes."""

from django.db import connections

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


def database_migrated(using, **kwargs):
    """A receiver of ``post_migrate``."""
    analyse(using)
