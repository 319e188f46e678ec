"""A database of the pre-releases, whose tables had other names, cannot be migrated."""

import sqlite3

import pytest

from tests.programs import run_python

pytestmark = pytest.mark.processes

#: The migrations of a pre-release, as far as their names matter.
OLD = [
    ("diptych", "0001_images"),
    ("diptych", "0002_pages"),
    ("diptych", "0003_translations"),
    ("diptych_themes", "0001_initial"),
]


def migrate(folder):
    (folder / "old_layout.py").write_text(
        "from config.settings.test import *\n"
        f"DATABASES['default']['NAME'] = {str(folder / 'old.sqlite3')!r}\n"
        "LANGUAGE_CODE = 'en'\n"
    )
    return run_python("manage.py", "migrate", settings="old_layout", folders=[folder, "site"])


def test_migrate_stops_with_one_sentence_and_changes_nothing(tmp_path):
    with sqlite3.connect(tmp_path / "old.sqlite3") as database:
        database.execute(
            "CREATE TABLE django_migrations (id integer PRIMARY KEY, app varchar(255),"
            " name varchar(255), applied datetime)"
        )
        row = "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2026-01-01')"
        database.executemany(row, OLD)
    done = migrate(tmp_path)
    assert done.returncode == 1
    assert "(diptych.E003) This database was made by a pre-release of Diptych" in done.stderr
    assert "Traceback" not in done.stderr
    with sqlite3.connect(tmp_path / "old.sqlite3") as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        applied = database.execute("SELECT app, name FROM django_migrations").fetchall()
    assert tables == [("django_migrations",)]
    assert applied == OLD
