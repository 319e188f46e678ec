"""The files of uploads, and the rows that name them."""

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models

#: The folders that belong to images, documents and the bin alone.
FOLDERS = ("bin", "documents", "images", "original_images")


def file_columns():
    """The tables and columns that name files of the default storage."""
    return [
        (model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.FileField) and field.storage == default_storage
    ]


def queries_of_names(tables, quote):
    """A query for the names in each column of :func:`file_columns`, as far as there are tables."""
    return [
        f"SELECT {quote(column)} FROM {quote(table)}"  # noqa: S608 quoted names of columns
        f" WHERE {quote(column)} IS NOT NULL AND {quote(column)} <> ''"
        for table, column in file_columns()
        if table in tables
    ]


def stored_names(folder=""):
    """The names of all files below a folder of the default storage."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    for name in sorted(files):
        # A bucket may have an object in place of a folder.
        if name:
            yield f"{prefix}{name}"
    for name in sorted(folders):
        if name:
            yield from stored_names(f"{prefix}{name}")
