"""Work after a change: once its transaction is committed, or on queues that a project may have."""

from functools import update_wrapper

from django.db import transaction
from django_tasks import task_backends


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
