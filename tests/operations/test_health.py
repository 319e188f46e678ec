"""What probes are told of the state of the site."""

import errno
import tempfile

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

PARTS = ("database", "migrations", "queue", "cache", "storage")


def ask(path="/readyz", **headers):
    """The status and what is said."""
    response = Client(headers=headers).get(path)
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    return response.status_code, response.json()


def test_alive_without_any_part(settings):
    settings.ALLOWED_HOSTS = ["journal.example"]
    settings.SECURE_SSL_REDIRECT = True
    assert ask("/healthz", host="10.0.0.7:8000") == (200, {"status": "alive"})


@pytest.mark.django_db
def test_ready(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.ALLOWED_HOSTS = ["journal.example"]
    settings.SECURE_SSL_REDIRECT = True
    expected = {"status": "ready", **dict.fromkeys(PARTS, "ok")}
    assert ask(host="10.0.0.7:8000") == (200, expected)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_few_milliseconds_and_queries(django_assert_max_num_queries):
    ask()
    with django_assert_max_num_queries(4):
        ask()


@pytest.mark.django_db
def test_without_a_database_nothing_is_told_of_why():
    def fail(execute, sql, params, many, context):
        raise OperationalError("password authentication failed for user desk")

    with connection.execute_wrapper(fail):
        status, said = ask()
    assert status == 503
    assert said["status"] == "unready"
    assert {name for name in PARTS if said[name] == "failed"} == {"database", "migrations", "queue"}
    assert "desk" not in str(said)


@pytest.mark.django_db
def test_a_migration_that_is_missing():
    newest = MigrationRecorder(connection).migration_qs.filter(app="wagtailcore").order_by("-name")
    newest.first().delete()
    status, said = ask()
    assert (status, said["status"], said["migrations"]) == (503, "unready", "failed")


def no_room(**options):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["cache", "storage"])
def test_without_what_pages_do_not_need_the_site_goes_on(part, monkeypatch, settings):
    if part == "cache":
        monkeypatch.setattr(cache._connections["default"], "get", lambda key: None)
    else:
        monkeypatch.setattr(tempfile, "TemporaryFile", no_room)
    status, said = ask()
    assert (status, said["status"], said[part]) == (200, "degraded", "failed")
    assert ask("/readyz?strict")[0] == 503


@pytest.mark.django_db
def test_other_methods_and_addresses_are_not_answered_here(client):
    assert client.post("/healthz").status_code != 200
    assert client.get("/healthz/x").status_code != 200
