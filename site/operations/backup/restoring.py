"""Bringing a backup back, and judging whether it could be."""

import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.timezone import now
from django.utils.translation import gettext as _
from wagtail.models import Page

from diptych.articles.interface_texts.catalogues import (
    entries_by_key,
    read_catalogue,
    write_catalogue,
)
from diptych.articles.interface_texts.site_catalogues import catalogues_in
from operations.backup.archive import MEDIA, TEXTS, BadArchive, digest_of
from operations.backup.databases import current_database
from operations.backup.stopping import delete_abandoned
from operations.stored_files import stored_names

#: Pages created by Wagtail's migrations: the root of the tree and the welcome page.
PAGES_OF_A_NEW_SITE = 2
#: Statements that delete sessions and waiting e-mails from a restored database, by table.
#: The tables may be those of another version of the code.
ENDED = {
    "django_session": "DELETE FROM django_session",
    "journal_mail_outgoingmail": (
        "UPDATE journal_mail_outgoingmail SET due_at = NULL WHERE due_at IS NOT NULL"
    ),
}
REVOKED = "UPDATE wagtailcore_apitoken SET revoked_at = %s WHERE revoked_at IS NULL"


def faults_of(reader):
    """The faults of an archive as messages: its files, its database, missing uploads."""
    yield from reader.faults()
    yield from (
        _("The upload %s was missing when the backup was made.") % name
        for name in reader.manifest["missing"]
    )
    database = current_database()
    if database.name in reader.names(""):
        with tempfile.TemporaryDirectory() as folder:
            dump = reader.extract(database.name, Path(folder) / database.name)
            yield from database.faults(dump)


def obstacles(manifest):
    """Why a backup does not fit this site, in words."""
    if manifest["database"] != connection.vendor:
        yield _("It is of a database on %(theirs)s, the settings name one on %(ours)s.") % {
            "theirs": manifest["database"],
            "ours": connection.vendor,
        }
    languages = [code for code, _name in settings.LANGUAGES]
    if sorted(manifest["languages"]) != sorted(languages):
        yield _("It has the languages %(theirs)s, the settings %(ours)s.") % {
            "theirs": ", ".join(manifest["languages"]),
            "ours": ", ".join(languages),
        }
    known = MigrationLoader(None, ignore_no_migrations=True)
    for application, names in manifest["migrations"].items():
        # Older ones may have been squashed since.
        newest = max(names)
        if application not in known.migrated_apps:
            yield _("The application %s, which it has tables of, is not installed.") % application
        elif newest not in _names_known(known, application):
            said = _("It was made by a newer version: %(application)s has no migration %(name)s.")
            yield said % {"application": application, "name": newest}


def _names_known(loader, application):
    """The names of an application's migrations, and of those that they replace."""
    known = [*loader.disk_migrations]
    for migration in loader.disk_migrations.values():
        known += migration.replaces
    return {name for label, name in known if label == application}


def has_content():
    """Whether there is anything here that a backup would replace."""
    if next(stored_names(), None):
        return True
    current_database().folder()
    tables = connection.introspection.table_names()
    counted = {get_user_model(): 0, Page: PAGES_OF_A_NEW_SITE}
    return any(
        model._meta.db_table in tables and model._base_manager.count() > expected
        for model, expected in counted.items()
    )


def restore(reader, revoke_tokens=False):
    """Restore uploads, database and site texts of an archive; returns the differences after it.

    The database is replaced after the uploads, in one transaction, so that its rows never name a
    missing file. All sessions are ended.
    """
    for name in reader.names(MEDIA):
        _restore_upload(reader, name)
    database = current_database()
    if folder := database.folder():
        delete_abandoned(folder)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".diptych-restore-") as place:
        dump = reader.extract(database.name, Path(place) / database.name)
        database.restore(dump)
    differences = list(_differences(reader.manifest["rows"]))
    end_access(revoke_tokens)
    _restore_texts(reader)
    for alias in settings.CACHES:
        caches[alias].clear()
    return differences


def _restore_upload(reader, name):
    if default_storage.exists(name):
        with default_storage.open(name) as present:
            if digest_of(present) == reader.digest(f"{MEDIA}{name}"):
                return
        default_storage.delete(name)
    with reader.open(f"{MEDIA}{name}") as source:
        written = default_storage.save(name, File(source))
    if written != name:
        raise BadArchive(_("The upload %s could not be written under its name.") % name)


def _restore_texts(reader):
    """Give the texts of the site their translations again; texts that are new here stay."""
    there = reader.names(TEXTS)
    for language, _name in settings.LANGUAGES:
        for catalogue in catalogues_in(language):
            name = f"{language}/{catalogue.number}-{catalogue.path.name}"
            if name not in there:
                continue
            with tempfile.TemporaryDirectory() as folder:
                copy = reader.extract(f"{TEXTS}{name}", Path(folder) / catalogue.path.name)
                if copy.read_bytes() != catalogue.path.read_bytes():
                    _take_translations(catalogue, read_catalogue(copy))


def _take_translations(catalogue, kept):
    present = catalogue.read()
    entries = entries_by_key(present)
    for key, before in entries_by_key(kept).items():
        if (entry := entries.get(key)) and before.translated():
            entry.msgstr, entry.msgstr_plural = before.msgstr, before.msgstr_plural
            entry.flags = before.flags
    write_catalogue(catalogue.path, present)


def _differences(expected):
    """The tables that have another number of rows than the backup, in words."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, count in expected.items():
            found = None
            with suppress(DatabaseError):
                cursor.execute(f"SELECT count(*) FROM {quote(table)}")  # noqa: S608 a quoted name of a table
                (found,) = cursor.fetchone()
            if found != count:
                yield _("%(table)s has %(found)s rows instead of %(count)s.") % {
                    "table": table,
                    "found": found,
                    "count": count,
                }


def end_access(revoke_tokens=False):
    """Delete sessions and give waiting e-mails up; on demand, revoke tokens for the API."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table, statement in ENDED.items():
            if table in tables:
                cursor.execute(statement)
        if revoke_tokens and "wagtailcore_apitoken" in tables:
            moment = connection.ops.adapt_datetimefield_value(now())
            cursor.execute(REVOKED, [moment])
