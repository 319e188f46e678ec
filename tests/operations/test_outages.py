"""What a reader is told while the database is away or the disk full, and what the log says."""

import errno
import logging
import sqlite3

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError, connection
from django.test import Client
from wagtail import hooks

from operations.outages.faults import database_is_away, disk_is_full
from operations.outages.logs import OutageFilter
from tests.factories import make_journal

BROKEN_DATABASE = "unable to open database file"


def sqlite_error(code):
    """An error as Django raises it for one of SQLite with ``code``."""
    cause = sqlite3.OperationalError("SQLite says so")
    cause.sqlite_errorcode = code
    error = OperationalError("SQLite says so")
    error.__cause__ = cause
    return error


def fail(execute, sql, params, many, context):
    raise OperationalError(BROKEN_DATABASE)


def failing_client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OperationalError("server closed the connection unexpectedly"), (True, False)),
        (sqlite_error(sqlite3.SQLITE_BUSY), (True, False)),
        (sqlite_error(sqlite3.SQLITE_READONLY | 8 << 8), (True, False)),
        (sqlite_error(sqlite3.SQLITE_FULL), (False, True)),
        (sqlite_error(sqlite3.SQLITE_ERROR), (False, False)),  # such as a column that is missing
        (OSError(errno.ENOSPC, "No space left on device"), (False, True)),
        (OSError(errno.EACCES, "Permission denied"), (False, False)),
        (ValueError(), (False, False)),
        (None, (False, False)),
    ],
)
def test_what_an_error_means(error, expected):
    assert (database_is_away(error), disk_is_full(error)) == expected


def test_an_error_that_another_one_caused_is_found():
    error = ValueError()
    error.__context__ = OperationalError(BROKEN_DATABASE)
    assert database_is_away(error)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/fr/", "/en/", "/admin/login/", "/en/feed/"])
def test_without_a_database_readers_are_asked_to_come_back_in_all_languages(journal, path):
    client = failing_client()
    with connection.execute_wrapper(fail):
        response = client.get(path)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    page = BeautifulSoup(response.content, "lxml")
    headlines = {each.find_parent("section")["lang"]: each.text for each in page.select("h1")}
    assert headlines == {"fr": "De retour dans un instant", "en": "Back in a moment"}
    if path.startswith("/en/"):
        assert page.html["lang"] == "en"
    assert BROKEN_DATABASE not in page.text


@pytest.mark.django_db
def test_on_a_full_disk_the_answer_says_so():
    def no_room(page, request, serve_args, serve_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device: /srv/secret")

    make_journal()
    with hooks.register_temporarily("before_serve_page", no_room):
        response = failing_client().get("/fr/")
    page = BeautifulSoup(response.content, "lxml")
    assert response.status_code == 507
    assert [each.text for each in page.select("h1")] == [
        "Il n’y a plus de place",
        "There is no room left",
    ]
    assert "secret" not in page.text


@pytest.mark.django_db
@pytest.mark.parametrize("admins", [[], [("Desk", "desk@journal.example")]])
def test_only_where_somebody_is_told_does_the_page_say_so(settings, admins):
    def stumble(page, request, serve_args, serve_kwargs):
        raise ZeroDivisionError

    settings.ADMINS = admins
    make_journal()
    with hooks.register_temporarily("before_serve_page", stumble):
        response = failing_client().get("/en/")
    assert response.status_code == 500
    assert ("we have been told" in response.content.decode()) == bool(admins)


def test_the_log_says_once_that_the_database_is_away(caplog):
    log = logging.getLogger("journal.test")
    log.addFilter(OutageFilter())
    for error in (OperationalError("gone"), OperationalError("gone"), ZeroDivisionError("other")):
        log.error("Internal Server Error: %s", "/fr/", exc_info=(type(error), error, None))
    said = [(record.levelname, record.getMessage(), record.exc_info) for record in caplog.records]
    assert said[0] == ("WARNING", "The database is away: gone", None)
    assert [(level, bool(info)) for level, _message, info in said[1:]] == [("ERROR", True)]


def test_a_probe_that_asks_again_and_again_is_one_line(caplog):
    log = logging.getLogger("journal.test.probes")
    log.addFilter(OutageFilter())
    for _time in range(3):
        log.error("Service Unavailable: %s", "/readyz", extra={"status_code": 503})
    assert [record.levelname for record in caplog.records] == ["WARNING"]
