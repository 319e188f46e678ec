"""Task queue for image work."""

from django_tasks import task_backends

#: Backend used if ``TASKS`` has it, else the default one.
BACKEND = "pictures"


def in_background(work):
    """The task ``work``, to be queued with ``enqueue``."""
    return work.using(backend=BACKEND) if BACKEND in task_backends.settings else work
