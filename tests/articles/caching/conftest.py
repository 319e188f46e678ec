"""What the tests of the page cache have in common."""

import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client

from diptych.articles.caching import storage
from diptych.articles.caching.models import Change
from diptych.articles.caching.versions import end_reading
from diptych.articles.models import JournalSettings
from diptych.themes.models import AppearanceSettings
from tests.factories import make_article, make_journal
from tests.kept import noted_calls


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A database in which transactions are really committed, and that is as before afterwards."""
    restored = restored_on_sqlite if connection.vendor == "sqlite" else restored_on_postgresql
    with django_db_blocker.unblock(), restored():
        Change.objects.all().delete()
        yield
    ContentType.objects.clear_cache()


@contextmanager
def restored_on_sqlite():
    """Copy the database back after the block."""
    with closing(sqlite3.connect(":memory:")) as before:
        connection.ensure_connection()
        connection.connection.backup(before)
        yield
        connection.close()
        connection.ensure_connection()
        before.backup(connection.connection)


@contextmanager
def restored_on_postgresql():
    """Put a copy of the database in its place after the block."""
    name = connection.settings_dict["NAME"]
    before = f"{name}_before"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{before}" TEMPLATE "{name}"')
    yield
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        cursor.execute(f'ALTER DATABASE "{before}" RENAME TO "{name}"')


@pytest.fixture(autouse=True)
def empty_memory():
    storage.memory.clear()
    storage.typed.clear()
    storage.store.__init__()
    end_reading()
    yield
    storage.memory.clear()
    storage.typed.clear()


@pytest.fixture
def article(committed):
    """An article in a journal whose settings are stored, all of it committed."""
    with transaction.atomic():  # within which it is written from a recording
        journal = make_journal()
        made = make_article(journal)
        JournalSettings.for_site(journal.site)
        AppearanceSettings.for_site(journal.site)
    return made


@pytest.fixture
def ask():
    """Ask for an address as a new visitor."""
    return lambda path, **headers: Client().get(path, headers=headers)


@pytest.fixture
def rendered(monkeypatch):
    """How often a page has been rendered since the last call."""
    from diptych.articles.caching.middleware import PageCacheMiddleware

    new = noted_calls(monkeypatch, PageCacheMiddleware, "_render", lambda *_given: None)
    return lambda: len(new())


@pytest.fixture
def pages_on_disk(settings, tmp_path):
    """A store on disk; its folder."""
    folder = tmp_path / "pages"
    settings.CACHES = {
        **settings.CACHES,
        "pages": {
            "BACKEND": "diptych.articles.caching.backends.PagesOnDisk",
            "LOCATION": str(folder),
        },
    }
    yield folder
    caches["pages"].close()
