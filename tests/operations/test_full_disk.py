"""A full disk loses nothing that was there, and leaves nothing half."""

import resource
import sqlite3
import threading
from contextlib import contextmanager

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from operations.outages.faults import disk_is_full
from operations.outages.storage import WholeFileStorage
from tests.factories import make_user

#: The largest file that can be written, in bytes, as if a quota were reached.
LIMIT = 1_000_000


@contextmanager
def limited_files():
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def storage(tmp_path):
    return WholeFileStorage(location=tmp_path, base_url="/media/")


def found(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_what_does_not_fit_leaves_nothing(storage, tmp_path):
    storage.save("documents/old.txt", ContentFile(b"old"))
    with limited_files(), pytest.raises(OSError) as raised:
        storage.save("documents/new.txt", ContentFile(b"0" * (LIMIT + 1)))
    assert disk_is_full(raised.value)
    assert found(tmp_path) == ["old.txt"]


def test_what_fits_is_readable_by_the_web_server(storage, tmp_path):
    name = storage.save("documents/new.txt", ContentFile("Größe"))
    assert name == "documents/new.txt"
    path = tmp_path / name
    assert path.read_text() == "Größe"
    assert path.stat().st_mode & 0o777 == 0o644
    assert found(tmp_path) == ["new.txt"]


def test_files_of_one_name_that_are_stored_at_once_are_all_kept(storage, tmp_path, monkeypatch):
    free = iter(f"documents/other-{number}.txt" for number in range(100))
    monkeypatch.setattr(storage, "get_available_name", lambda name, max_length=None: next(free))
    names, barrier = [], threading.Barrier(4)
    contents = [str(number).encode() * 10 for number in range(4)]

    def save(content):
        # All have found the name free before any takes it.
        barrier.wait()
        names.append(storage._save("documents/same.txt", ContentFile(content)))

    threads = [threading.Thread(target=save, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(names)) == 4
    assert sorted((tmp_path / name).read_bytes() for name in names) == contents


def full(execute, sql, params, many, context):
    """Refuse to write, as SQLite does."""
    if not sql.startswith(("INSERT", "UPDATE", "REPLACE")):
        return execute(sql, params, many, context)
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise OperationalError("database or disk is full") from cause


@pytest.mark.django_db
def test_signing_in_on_a_full_disk_is_answered_in_words():
    make_user("reader", "lea")
    sessions = Session.objects.count()
    client = Client(raise_request_exception=False)
    values = {"username": "lea", "password": "password"}
    with connection.execute_wrapper(full):
        response = client.post(reverse("wagtailadmin_login"), values)
    assert response.status_code == 507
    assert "There is no room left" in response.content.decode()
    assert Session.objects.count() == sessions
