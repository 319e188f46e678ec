"""SQLite as the site sets it up: readers never wait, and of two writers each gets its turn."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module

import pytest
from django.db import connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper

WRITERS = 2
ROUNDS = 25
#: Far more than the test takes; without it a writer that never gets its turn would hang.
PATIENCE = 60
VALUE = "SELECT value FROM counter"


@pytest.fixture(params=["dev", "test"])
def database(request, tmp_path, monkeypatch):
    """What the settings of one place say of the database."""
    monkeypatch.setenv("DIPTYCH_VAR", str(tmp_path))
    settings = import_module(f"config.settings.{request.param}").DATABASES["default"]
    if not settings["ENGINE"].endswith("sqlite3"):
        pytest.skip("The tests run on another database.")
    return settings


@pytest.fixture
def connect(database, tmp_path, django_db_blocker):
    """Open further connections to one file with these settings, none of them the tests' own."""
    settings = {
        "ATOMIC_REQUESTS": False,
        "AUTOCOMMIT": True,
        "CONN_HEALTH_CHECKS": False,
        "CONN_MAX_AGE": None,
        "TIME_ZONE": None,
        "TEST": {},
        **database,
        "NAME": tmp_path / "shared.sqlite3",
    }

    @contextmanager
    def connect(name="writer"):
        connections[name] = DatabaseWrapper(settings, alias=name)
        try:
            yield connections[name]
        finally:
            connections[name].close()
            del connections[name]

    with django_db_blocker.unblock():
        yield connect


def read(connection, sql):
    with connection.cursor() as cursor:
        return cursor.execute(sql).fetchone()[0]


def make_counter(connection):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE counter (value integer)")
        cursor.execute("INSERT INTO counter VALUES (0)")


def value_of(connection):
    return read(connection, VALUE)


def add_one(connection):
    """Write what was read before, as a page is loaded, changed and saved."""
    value = value_of(connection)
    time.sleep(0.002)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE counter SET value = %s", [value + 1])


def test_writers_are_told_to_wait(database):
    options = database["OPTIONS"]

    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 20
    assert "journal_mode=WAL" in options["init_command"]


def test_connection_does_as_it_is_told(connect):
    with connect() as connection:
        assert read(connection, "PRAGMA journal_mode") == "wal"
        assert read(connection, "PRAGMA busy_timeout") >= 20_000
        assert read(connection, "PRAGMA foreign_keys") == 1


def test_readers_and_the_writer_do_not_wait_for_each_other(connect):
    with connect("writer") as writer, connect("reader") as reader:
        make_counter(writer)
        with reader.cursor() as cursor:
            cursor.execute(f"{VALUE} UNION ALL {VALUE}")
            first = cursor.fetchone()
            with transaction.atomic(using="writer"):
                add_one(writer)

            assert [first, cursor.fetchone()] == [(0,), (0,)]

        assert value_of(reader) == 1


def test_two_writers_at_the_same_time_both_succeed(connect):
    """Each reads, then writes what it has read: both are refused nothing and nothing is lost."""
    with connect() as connection:
        make_counter(connection)
    start = threading.Barrier(WRITERS, timeout=PATIENCE)

    def write(_writer):
        with connect() as connection:
            connection.ensure_connection()
            start.wait()
            for _round in range(ROUNDS):
                with transaction.atomic(using="writer"):
                    add_one(connection)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS), timeout=PATIENCE))

    with connect() as connection:
        assert value_of(connection) == WRITERS * ROUNDS
