"""Ends connections to a PostgreSQL that has stopped answering in the middle of a statement.

Its own limit of a statement is kept by the server, which cannot do so while it hangs, and the
client waits without a limit. Here a thread of each process looks at the connections of requests
four times a second.
"""

import logging
import os
import socket
import threading
import time
from contextlib import contextmanager, suppress

logger = logging.getLogger(__name__)

#: The pause between two looks, in seconds.
PAUSE = 0.25
#: The most seconds that a working server takes to cancel a statement and report it.
GRACE = 2
#: The status in libpq of a connection on which a statement runs (``PQTRANS_ACTIVE``).
ACTIVE = 1


class Watched:
    """The connection of a request, given up if a statement runs longer than ``limit`` seconds."""

    def __init__(self, wrapper, limit):
        self.wrapper = wrapper
        self.limit = limit
        self.is_given_up = False
        self.raw = self.busy_since = None

    def look(self, now):
        """Shut the connection down if a statement has been running for too long."""
        raw = self.wrapper.connection
        if raw is not self.raw or not _is_busy(raw):
            self.raw, self.busy_since = raw, None
        elif self.busy_since is None:
            self.busy_since = now
        elif now - self.busy_since > self.limit:
            logger.warning("The database hangs: a connection is given up.")
            self.busy_since, self.is_given_up = None, True
            _shut_down(raw)


class Watchdog:
    """The thread, started by the first request after a fork, and the watched connections."""

    def __init__(self):
        self.watched = {}
        self.lock = threading.Lock()
        self.thread = None

    @contextmanager
    def watching(self, wrapper, limit):
        """Watch the connection of Django's ``wrapper`` in the block."""
        key = object()
        watched = self.watched[key] = Watched(wrapper, limit)
        self._start()
        try:
            yield watched
        finally:
            del self.watched[key]

    def _start(self):
        if self.thread is None:
            with self.lock:
                if self.thread is None:
                    self.thread = threading.Thread(target=self._run, daemon=True, name="watchdog")
                    self.thread.start()

    def _run(self):
        while True:
            time.sleep(PAUSE)
            now = time.monotonic()
            for watched in list(self.watched.values()):
                watched.look(now)


watchdog = Watchdog()
os.register_at_fork(after_in_child=watchdog.__init__)


def _is_busy(raw):
    # A connection that is closed meanwhile is not busy.
    pgconn = getattr(raw, "pgconn", None)
    return pgconn is not None and pgconn.transaction_status == ACTIVE


def _shut_down(raw):
    """Close the socket below libpq: the waiting thread gets an error that the server has gone."""
    # It may have been closed in this moment.
    with suppress(Exception), socket.socket(fileno=os.dup(raw.pgconn.socket)) as connection:
        connection.shutdown(socket.SHUT_RDWR)
