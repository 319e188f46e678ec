"""Uploads that no row names, and rows whose upload is gone."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from operations.stored_files import FOLDERS, queries_of_names, stored_names

#: A file is written before the row that names it.
YOUNG = timedelta(days=1)


def named():
    """The names of files that rows have."""
    names = set()
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for query in queries_of_names(tables, connection.ops.quote_name):
            cursor.execute(query)
            names.update(name for (name,) in cursor.fetchall())
    return names


def orphans():
    """The names of files, older than a day, that no row has."""
    # Before the rows are read, as a row may be written any time after its file.
    there = [name for folder in FOLDERS for name in stored_names(folder)]
    known = named()
    limit = timezone.now() - YOUNG
    return [
        name
        for name in there
        if name not in known and default_storage.get_modified_time(name) < limit
    ]


def find_orphans():
    return [_("No row has the file %s.") % name for name in orphans()]


def delete_orphans():
    for name in orphans():
        default_storage.delete(name)


def find_lost():
    """Messages on files that rows refer to and that are missing; only a backup has them."""
    there = set(stored_names())
    return [_("The file %s is missing.") % name for name in sorted(named() - there)]
