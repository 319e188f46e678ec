"""A backend of tasks whose queue takes nothing, as a table that is locked."""

from django.db import OperationalError
from django_tasks.backends.immediate import ImmediateBackend


class FailingQueue(ImmediateBackend):
    supports_defer = True

    def enqueue(self, task, args, kwargs):
        raise OperationalError("database table is locked")


def tasks_of(settings):
    """The setting ``TASKS`` with queues that fail."""
    failing = {"BACKEND": f"{__name__}.{FailingQueue.__name__}"}
    return {alias: failing for alias in settings.TASKS}
