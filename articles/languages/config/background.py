"""Work after a change: once its transaction is committed, or on queues that a project may have."""

from contextlib import contextmanager
from functools import update_wrapper

from django.db import DatabaseError, connection, transaction
from django_tasks import task_backends

#: The queue that a project may have for what a search could not be told at once.
SEARCH_BACKEND = "search"
#: How long what can be done later waits for a locked table on PostgreSQL.
LOCK_TIMEOUT = "2s"
#: The errors of a lock that could not be had, and of a statement after an error that was caught.
_LOCKED = ("55P03", "25P02")


class TableLocked(Exception):
    """A table was locked for too long; nothing was written, and the transaction goes on."""


@contextmanager
def waiting_briefly(timeout=LOCK_TIMEOUT):
    """Wait for a locked table for ``timeout`` only; raises :exc:`TableLocked` then.

    Only PostgreSQL locks single tables; elsewhere this does nothing.
    """
    if connection.vendor != "postgresql":
        yield
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('lock_timeout')")
            (before,) = cursor.fetchone()
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [timeout])
            yield
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [before])
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) in _LOCKED:
            raise TableLocked(str(error)) from error
        raise


def after_commit(function, *arguments, using=None, **options):
    """Call ``function(*arguments, **options)`` once the current transaction is committed.

    The change is stored by then: an error is logged under the name of the function, and keeps
    neither the answer nor the functions registered after it from following.
    """

    def call():
        function(*arguments, **options)

    # Django logs `__qualname__`, which a partial or an instance lacks.
    transaction.on_commit(update_wrapper(call, function, updated=()), using=using, robust=True)


def on_backend(work, name):
    """The task ``work`` on the backend ``name`` if ``TASKS`` has it, else on its own."""
    return work.using(backend=name) if name in task_backends.settings else work
