"""A migrated SQLite database, made once for a state of the migrations and copied from then on."""

import fcntl
import hashlib
import importlib
import shutil
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

FOLDER = Path(__file__).resolve().parents[1] / "var" / "test"


def copy_migrated(target):
    """Put a database to which all migrations are applied at the path ``target``.

    The first call after a change of a migration, of this project or of a package, applies them
    all. Processes that ask at the same time wait for one of them to do so.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    original = FOLDER / f"migrated-{_fingerprint()}.sqlite3"
    with open(FOLDER / "migrated.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not original.exists():
            for outdated in FOLDER.glob("migrated-*"):
                outdated.unlink()
            _migrate(original)
        for rest in ("-wal", "-shm"):
            Path(f"{target}{rest}").unlink(missing_ok=True)
        shutil.copyfile(original, target)


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
    half_done = path.with_suffix(".new")
    half_done.unlink(missing_ok=True)
    with _connected_to(half_done):
        call_command("migrate", verbosity=0)
    half_done.rename(path)


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
