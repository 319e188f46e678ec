"""Snapshots of the database, and their way back, on SQLite and on PostgreSQL.

A snapshot shows one moment, while others go on writing.
"""

import os
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path

from django.apps import apps
from django.db import connection, connections
from django.utils.translation import gettext as _

from operations.backup.archive import BadArchive
from operations.stored_files import queries_of_names


class Snapshot:
    """A snapshot of the database: its dump as a file, and queries on it."""

    def __init__(self, dump, ask, tables, version):
        self.dump = dump
        self.ask = ask
        self.tables = set(tables)
        self.version = version

    def rows(self):
        """The number of rows of each table of a model; an index is none."""
        quote = connection.ops.quote_name
        models = apps.get_models(include_auto_created=True)
        tables = {model._meta.db_table for model in models}.intersection(self.tables)
        counts = {table: f"SELECT count(*) FROM {quote(table)}" for table in sorted(tables)}  # noqa: S608 a quoted name of a table
        return {table: self.ask(query)[0][0] for table, query in counts.items()}

    def file_names(self):
        """The names of uploads that the rows refer to."""
        queries = queries_of_names(self.tables, connection.ops.quote_name)
        return {name for query in queries for (name,) in self.ask(query)}


class SQLite:
    """A database that is one file, copied by SQLite's own backup."""

    name = "database.sqlite3"
    is_compressed = False

    @contextmanager
    def snapshot(self, folder):
        path = Path(folder) / self.name
        with closing(self._connect()) as source, closing(sqlite3.connect(path)) as copy:
            # In one step, or each concurrent write would restart the backup.
            source.backup(copy, pages=-1)
            # A single file, without a WAL file.
            copy.execute("PRAGMA journal_mode=DELETE")
        with closing(sqlite3.connect(path)) as copy:
            tables = [name for (name,) in copy.execute(_TABLES)]
            version = f"SQLite {sqlite3.sqlite_version}"
            yield Snapshot(path, lambda query: copy.execute(query).fetchall(), tables, version)

    def faults(self, dump):
        """What is wrong with a dump, in words."""
        with closing(sqlite3.connect(dump)) as copy:
            try:
                said = [line for (line,) in copy.execute("PRAGMA integrity_check")]
                said = [] if said == ["ok"] else said
                for table, *_rest in copy.execute("PRAGMA foreign_key_check"):
                    said.append(_("A row of %s refers to one that is not there.") % table)
            except sqlite3.DatabaseError as error:
                said = [str(error)]
        return list(dict.fromkeys(said))

    def restore(self, dump):
        """Replace the database, in one transaction."""
        connections.close_all()
        with closing(sqlite3.connect(dump)) as source, closing(self._connect()) as target:
            source.backup(target, pages=-1)

    def folder(self):
        """The folder of the database, which has room for its dump; it is made if need be."""
        folder = Path(connection.settings_dict["NAME"]).parent
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _connect(self):
        return sqlite3.connect(self.folder() / Path(connection.settings_dict["NAME"]), timeout=60)


_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"


class PostgreSQL:
    """A database on a server, copied and written by the server's own programs."""

    name = "database.dump"
    is_compressed = True

    @contextmanager
    def snapshot(self, folder):
        path = Path(folder) / self.name
        # A connection of its own, whose transaction shows one moment to pg_dump as well.
        reader = connections.create_connection("default")
        try:
            with reader.cursor() as cursor:
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT pg_export_snapshot(), version()")
                exported, version = cursor.fetchone()
                tables = reader.introspection.table_names(cursor)

                def ask(query):
                    cursor.execute(query)
                    return cursor.fetchall()

                arguments = ["--format=custom", f"--snapshot={exported}", f"--file={path}"]
                _run_on_database("pg_dump", *arguments, *_PLAIN)
                yield Snapshot(path, ask, tables, " ".join(version.split()[:2]))
        finally:
            reader.close()

    def faults(self, dump):
        """What is wrong with a dump, in words."""
        try:
            _run(["pg_restore", "--file", "/dev/null", dump])
        except BadArchive as error:
            return [str(error)]
        return []

    def folder(self):
        """Where its dump may be written: the usual folder of temporary files."""

    def restore(self, dump):
        """Replace all tables, in one transaction."""
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
        connections.close_all()
        # Tables of another version are in no dump, so that the dump does not remove them.
        emptying, filling = Path(dump).with_suffix(".drop.sql"), Path(dump).with_suffix(".sql")
        emptying.write_text("".join(f"DROP TABLE {quote(name)} CASCADE;\n" for name in tables))
        _run(["pg_restore", "--clean", "--if-exists", *_PLAIN, "--file", filling, dump])
        arguments = ["--quiet", "--no-psqlrc", "--single-transaction", "--output=/dev/null"]
        arguments += ["--set=ON_ERROR_STOP=1", f"--file={emptying}", f"--file={filling}"]
        _run_on_database("psql", *arguments)


#: The restored objects belong to the restoring role, which need not be a superuser.
_PLAIN = ("--no-owner", "--no-privileges", "--no-comments")


def _run_on_database(program, *arguments):
    """Run one of PostgreSQL's programs on the database of the settings."""
    command, environment = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, list(arguments)
    )
    _run([program, *command[1:]], environment)


def _run(command, environment=None):
    """Run a program; raises :class:`BadArchive` with its error output if it fails."""
    try:
        done = subprocess.run(  # noqa: S603 no shell; arguments of the settings
            list(map(str, command)),
            env={**os.environ, **(environment or {})},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError:
        message = _("The program %s is missing: install PostgreSQL’s client.")
        raise BadArchive(message % command[0]) from None
    if done.returncode:
        message = _("%(program)s failed: %(said)s")
        said = done.stderr.strip()[-2000:]
        raise BadArchive(message % {"program": command[0], "said": said})


def current_database():
    """The class that dumps and restores the database of the settings."""
    if connection.vendor == "sqlite":
        return SQLite()
    if connection.vendor == "postgresql":
        return PostgreSQL()
    raise BadArchive(_("Backups are made of SQLite and PostgreSQL."))
