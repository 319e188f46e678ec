"""Work that a request need not wait for."""

from django_tasks import task_backends

#: Where it is queued if the project names such a backend in ``TASKS``, else with the rest.
BACKEND = "pictures"


def in_background(work):
    """The task ``work``, to be queued with ``enqueue``."""
    return work.using(backend=BACKEND) if BACKEND in task_backends.settings else work
