"""A migrated database, made once for a state of the migrations and copied from then on."""

import hashlib
import importlib
import shutil
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.made_once import made_once
from tests.postgresql import programs, running_postgresql
from tests.programs import run_python

FOLDER = Path(__file__).resolve().parents[1] / "var" / "test"


def copy_migrated(target):
    """Put a database to which all migrations are applied at the path ``target``.

    The first call after a change of a migration, of this project or of a package, applies them
    all.
    """
    original = made_once(FOLDER, "migrated", _migrate, _fingerprint())
    for rest in ("-wal", "-shm"):
        Path(f"{target}{rest}").unlink(missing_ok=True)
    shutil.copyfile(original, target)


@contextmanager
def migrated_postgresql():
    """Run a PostgreSQL to which all migrations are applied; yields the address of its database.

    The first call after a change of a migration applies them all, as with `copy_migrated`.
    """
    state = f"{programs().parent.name}-{_fingerprint()}"
    original = made_once(FOLDER, "postgresql", _migrate_postgresql, state)
    with running_postgresql(begin_as=original) as address:
        yield address


def _fingerprint():
    """A short digest of the files of all migrations of the installed applications."""
    digest = hashlib.sha256()
    for application in apps.get_app_configs():
        name, _is_explicit = MigrationLoader.migrations_module(application.label)
        try:
            module = importlib.import_module(name or "")
        except (ImportError, ValueError):  # an application without migrations
            continue
        for folder in module.__path__:
            for path in sorted(Path(folder).glob("*.py")):
                digest.update(f"{name}.{path.stem}".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(path):
    with _connected_to(path):
        call_command("migrate", verbosity=0)


def _migrate_postgresql(folder):
    with running_postgresql(keep_as=folder) as address:
        done = run_python(
            *("manage.py", "migrate", "-v0"),
            settings="config.settings.test",
            DIPTYCH_TEST_DATABASE_URL=address,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def _connected_to(path):
    """Let Django's connection lead to the database at ``path``, inside the block."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = path
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
