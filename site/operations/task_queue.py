"""Background tasks kept in the database, for workers that are processes of their own."""

from django.db import connection, transaction
from django_tasks_db import DatabaseBackend

#: The one alias in `TASKS` under which all tasks are stored, as a worker runs those of one alias.
ALIAS = "background"
#: How long queuing a task waits for a locked table on PostgreSQL.
LOCK_TIMEOUT = "2s"


class QueueBackend(DatabaseBackend):
    """A backend whose aliases share one queue, which `db_worker --backend background` runs."""

    def __init__(self, alias, params):
        super().__init__(ALIAS, params)

    def enqueue(self, task, args, kwargs):
        """Store a task; a request may wait for several."""
        if connection.vendor != "postgresql" or connection.in_atomic_block:
            return super().enqueue(task, args, kwargs)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
            return super().enqueue(task, args, kwargs)
