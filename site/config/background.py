"""A backend for background tasks that needs no separate worker process."""

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import connections, transaction
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.utils import get_random_id

logger = logging.getLogger(__name__)


class ThreadBackend(ImmediateBackend):
    """Runs tasks one by one on a thread of the process that enqueued them; one thread per alias.

    A task starts after the current transaction is committed. A process that exits normally
    finishes its tasks; one that is killed loses them, so a task here must be repeatable later.
    """

    # By alias, as each request has its own backend instance. A thread is started by the first
    # task, that is after the server has forked.
    pools = {}

    def __init__(self, alias, params):
        super().__init__(alias, params)
        pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=alias)
        self.pool = self.pools.setdefault(alias, pool)

    def enqueue(self, task, args, kwargs):
        self.validate_task(task)
        transaction.on_commit(partial(self.pool.submit, self._run, task, args, kwargs))
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )

    def _run(self, task, args, kwargs):
        try:
            super().enqueue(task, args, kwargs)
        except Exception:
            logger.exception("The task %s could not be run.", task.name)
        finally:
            connections.close_all()
