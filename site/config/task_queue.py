"""Background tasks kept in the database, for workers that are processes of their own."""

from django_tasks_db import DatabaseBackend

#: The one alias in `TASKS` under which all tasks are stored, as a worker runs those of one alias.
ALIAS = "background"


class QueueBackend(DatabaseBackend):
    """A backend whose aliases share one queue, which `db_worker --backend background` runs."""

    def __init__(self, alias, params):
        super().__init__(ALIAS, params)
