"""How long a request waits for the database."""

import socket
import time
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client

from diptych.articles.caching import versions
from operations.outages.limits import SIGN_OF_LIFE, limited
from operations.outages.watchdog import ACTIVE, GRACE, Watched
from tests.factories import make_journal

IDLE = 0


class TestWatchdog:
    """A connection whose statement does not end."""

    @pytest.fixture
    def server(self):
        """The other end of the connection."""
        ours, theirs = socket.socketpair()
        theirs.settimeout(5)
        self.pgconn = SimpleNamespace(transaction_status=ACTIVE, socket=ours.fileno())
        self.watched = Watched(
            SimpleNamespace(connection=SimpleNamespace(pgconn=self.pgconn)), 5 + GRACE
        )
        yield theirs
        ours.close()
        theirs.close()

    def is_open(self, server):
        server.setblocking(False)
        try:
            return server.recv(1) != b""
        except BlockingIOError:
            return True

    def test_is_given_up_after_the_limit(self, server):
        for now in (100, 101, 106 + GRACE):
            self.watched.look(now)
        assert self.is_open(server)
        self.watched.look(107 + GRACE)
        assert not self.is_open(server)

    def test_is_left_alone_if_it_is_idle_in_between(self, server):
        for now in range(100, 130):
            self.pgconn.transaction_status = IDLE if now % 4 == 0 else ACTIVE
            self.watched.look(now)
        assert self.is_open(server)

    def test_another_connection_begins_anew(self, server):
        self.watched.look(100)
        self.watched.wrapper.connection = SimpleNamespace(pgconn=self.pgconn)
        self.watched.look(120)
        assert self.is_open(server)

    def test_none_is_no_fault(self):
        watched = Watched(SimpleNamespace(connection=None), 5)
        for now in range(100, 130):
            watched.look(now)


class Silent:
    """Django's wrapper of a connection on which the server does not answer any more."""

    vendor = "postgresql"
    health_check_done = in_atomic_block = False

    def __init__(self, ours):
        self.ours = ours
        pgconn = SimpleNamespace(transaction_status=ACTIVE, socket=ours.fileno())
        self.connection = SimpleNamespace(pgconn=pgconn)

    def is_usable(self):
        return self.ours.recv(1) != b""

    def close(self):
        self.connection = None


def test_a_silent_server_is_waited_for_once_and_not_for_long(monkeypatch):
    process_state = versions.ProcessState()
    monkeypatch.setattr(versions, "process_state", process_state)
    ours, theirs = socket.socketpair()
    first, second = Silent(ours), Silent(ours)
    began = time.monotonic()
    with ours, theirs:
        for each in (first, second):
            monkeypatch.setattr("operations.outages.limits.connections", {"default": each})
            with limited(5):
                assert each.connection is None
    assert SIGN_OF_LIFE < time.monotonic() - began < 2
    assert process_state.is_paused() and process_state.refresh() is None


def busy_timeout():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a setting of SQLite")
class TestOnSQLite:
    @pytest.fixture(autouse=True)
    def restored(self):
        usual = busy_timeout()
        yield
        connection.journal_limit = None
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")

    def test_readers_wait_less_than_editors(self, settings):
        settings.DATABASE_LIMITS = {"readers": 3, "editors": 7}
        settings.MIDDLEWARE = [
            "operations.outages.limits.DatabaseLimitMiddleware",
            *settings.MIDDLEWARE,
        ]
        make_journal()
        client = Client()
        client.get("/fr/")
        assert busy_timeout() == 3000
        client.get("/admin/login/")
        assert busy_timeout() == 7000

    def test_no_limit_changes_nothing(self):
        usual = busy_timeout()
        with limited(0):
            assert busy_timeout() == usual
