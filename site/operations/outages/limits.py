"""How long a request waits for the database: readers little, editors longer."""

import logging
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.signals import connection_created
from django.urls import reverse

from diptych.articles.caching import versions
from operations.outages.watchdog import GRACE, watchdog

logger = logging.getLogger(__name__)

#: How long a server may take for its first answer to a request, in seconds.
SIGN_OF_LIFE = 1
#: The limit of the request under way, in seconds; ``None`` outside a request, without a limit.
_wanted = ContextVar("journal_database_limit", default=None)
#: SQL that sets a limit in milliseconds, by database vendor: for each statement on PostgreSQL, for
#: the lock of another process on SQLite.
STATEMENTS = {
    "postgresql": "SET statement_timeout = %d",
    "sqlite": "PRAGMA busy_timeout = %d",
}


class DatabaseLimitMiddleware:
    """Limits each request by ``DATABASE_LIMITS``, the seconds of ``readers`` and ``editors``.

    Commands, migrations and background tasks have connections of their own, without these limits.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")
        connection_created.connect(_limit_new, dispatch_uid="journal_database_limit")

    def __call__(self, request):
        who = "editors" if request.path.startswith(self.admin) else "readers"
        with limited(settings.DATABASE_LIMITS[who]):
            return self.get_response(request)


@contextmanager
def limited(seconds):
    """Let each statement in the block wait for ``seconds``; 0 changes nothing."""
    connection = connections[DEFAULT_DB_ALIAS]
    is_watched = seconds and connection.vendor == "postgresql"
    token = _wanted.set(seconds or None)
    try:
        with watchdog.watching(connection, seconds + GRACE) if is_watched else nullcontext():
            if is_watched:
                _await_sign_of_life(connection)
            if connection.connection is not None:
                _limit(connection)
            yield
    finally:
        _wanted.reset(token)


def _await_sign_of_life(connection):
    """Close the connection unless the server soon answers on it, in place of Django's check.

    Django's check waits as long as a statement may take. While no server answers, pages are sent
    without reading the invalidation log, and no other request waits for a connection.
    """
    if connection.connection is None or connection.health_check_done or connection.in_atomic_block:
        return
    if versions.process_state.is_paused():
        connection.close()
        return
    with watchdog.watching(connection, SIGN_OF_LIFE) as watched:
        connection.health_check_done = connection.is_usable()
    if not connection.health_check_done:
        connection.close()
    if watched.is_given_up:
        versions.process_state.pause()


def _limit_new(connection, **kwargs):
    if _wanted.get() is not None and connection.alias == DEFAULT_DB_ALIAS:
        connection.journal_limit = None
        _limit(connection)


def _limit(connection):
    """Set the limit of this request, unless the connection has it from the last one."""
    seconds = _wanted.get()
    statement = STATEMENTS.get(connection.vendor)
    if None in (seconds, statement) or getattr(connection, "journal_limit", None) == seconds:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement % (1000 * seconds))
    except Error as error:
        # A query will raise the error; a page from the cache needs no database.
        logger.warning("The database cannot be asked: %s", error)
    else:
        connection.journal_limit = seconds
