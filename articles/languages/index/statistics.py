"""Indexes on tables of Wagtail, and the statistics by which SQLite chooses indexes."""

from functools import cache, partial

import swapper
from django.db import connections

from diptych.articles.languages.models import PageLanguage

#: The indexes, with the model and what they hold; a host drops them that no longer uses the engine
#: (``docs/engine.md``). By the first, lists are sorted; the roots are read by every screen of the
#: admin; the others are of the few dates that are to come.
INDEXES = {
    "diptych_newest_pages": ("Page", "(latest_revision_created_at DESC {nulls_last}, path)"),
    "diptych_root_pages": ("Page", "(depth, path) WHERE depth = 1"),
    "diptych_expiring_pages": ("Page", "(expire_at) WHERE expire_at IS NOT NULL"),
    "diptych_scheduled_revisions": (
        "Revision",
        "(base_content_type_id, approved_go_live_at) WHERE approved_go_live_at IS NOT NULL",
    ),
}
#: The databases that have them.
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


def create_indexes(using="default"):
    """Create those of the indexes of :data:`INDEXES` that are not there.

    They stand on tables of Wagtail, so a migration of Wagtail may drop them. Even ``IF NOT EXISTS``
    locks the table, which PostgreSQL refuses while rows of it wait for their constraints.
    """
    connection = connections[using]
    if connection.vendor not in INDEXED:
        return
    nulls_last = "" if connection.vendor == "sqlite" else "NULLS LAST"
    with connection.cursor() as cursor:
        introspection = connection.introspection
        tables = introspection.table_names(cursor)
        constraints = cache(partial(introspection.get_constraints, cursor))
        for name, (model, columns) in INDEXES.items():
            table = swapper.load_model("wagtailcore", model)._meta.db_table
            if table in tables and name not in constraints(table):
                cursor.execute(
                    f"CREATE INDEX {name} ON {connection.ops.quote_name(table)} "
                    + columns.format(nulls_last=nulls_last)
                )


def drop_indexes(using="default"):
    """Drop these indexes."""
    connection = connections[using]
    if connection.vendor in INDEXED:
        with connection.cursor() as cursor:
            for name in INDEXES:
                cursor.execute(f"DROP INDEX IF EXISTS {name}")


def database_migrated(using, **kwargs):
    """A receiver of ``post_migrate``: create the indexes where the engine has its tables."""
    if PageLanguage._meta.db_table in connections[using].introspection.table_names():
        create_indexes(using)
    else:
        drop_indexes(using)
    analyse(using)
