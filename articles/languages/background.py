"""Work in the background, on queues that a project may have."""

from django_tasks import task_backends


def on_backend(work, name):
    """The task ``work`` on the backend ``name`` if ``TASKS`` has it, else on its own."""
    return work.using(backend=name) if name in task_backends.settings else work
