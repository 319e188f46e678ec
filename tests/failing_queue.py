"""A backend of tasks whose queue takes nothing, as a table that is locked."""

from django.db import OperationalError
from django_tasks.backends.immediate import ImmediateBackend


class FailingQueue(ImmediateBackend):
    supports_defer = True

    def enqueue(self, task, args, kwargs):
        raise OperationalError("database table is locked")


def tasks_of(settings, *aliases):
    """The setting ``TASKS`` with queues that fail: all of them, or those named."""
    failing = {"BACKEND": f"{__name__}.{FailingQueue.__name__}"}
    return {**settings.TASKS, **dict.fromkeys(aliases or settings.TASKS, failing)}
