"""Inserts the many small rows of neighbours and terms."""

from django.db import connection


def insert_rows(model, names, rows):
    """Insert ``rows``, tuples of plain values in the order of the fields ``names``.

    Django would make an instance of each, which takes longer than to find and to store it.
    """
    quote = connection.ops.quote_name
    columns = [quote(model._meta.get_field(name).column) for name in names]
    places = ", ".join(["%s"] * len(columns))
    table = quote(model._meta.db_table)
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 names of columns
    if values := list(rows):
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)
