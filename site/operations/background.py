"""A backend for background tasks that needs no separate worker process."""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections, transaction
from django.db.models import Case, F, When
from django.db.models.functions import Greatest
from django.dispatch import Signal
from django.utils.timezone import now
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.utils import get_random_id

from diptych.articles.languages.config.background import after_commit

logger = logging.getLogger(__name__)

#: Sent with ``pending``, the times at which the tasks that wait or run here were enqueued.
pending_changed = Signal()


class RequestBackend(ImmediateBackend):
    """Runs tasks within the request; the changes of one that fails are undone.

    PostgreSQL would refuse all that follows its error in a transaction, and roll back at the commit
    without an error: what is stored around it would be lost.
    """

    #: Read by the pictures, which make nothing while a reader waits.
    runs_at_once = True

    def enqueue(self, task, args, kwargs):
        if connection.vendor != "postgresql" or not connection.in_atomic_block:
            return super().enqueue(task, args, kwargs)
        try:
            with transaction.atomic():
                result = super().enqueue(task, args, kwargs)
                if result.status == TaskResultStatus.FAILED:
                    raise _FailedAtOnce
        except _FailedAtOnce:
            pass
        return result


class _FailedAtOnce(Exception):
    """Leaves the savepoint of a task that has failed."""


class ThreadBackend(ImmediateBackend):
    """Runs tasks one by one on a thread of the process that enqueued them; one thread per alias.

    A task starts after the current transaction is committed, and not before its ``run_after``. A
    process that exits normally finishes its tasks but those that are for later; one that is killed
    loses all, so a task here must be repeatable later.
    """

    supports_defer = True

    # By alias, as each request has its own backend instance. A thread is started by the first
    # task, that is after the server has forked.
    pools = {}
    #: The tasks that wait or run in this process: when they were enqueued, by their ids.
    pending = {}
    #: Held while these change and are told, as each alias has a thread of its own.
    pending_lock = threading.Lock()

    def __init__(self, alias, params):
        super().__init__(alias, params)
        pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=alias)
        self.pool = self.pools.setdefault(alias, pool)

    def enqueue(self, task, args, kwargs):
        self.validate_task(task)
        task_id = get_random_id()
        after_commit(self._submit, task_id, task, args, kwargs)
        return TaskResult(
            task=task,
            id=task_id,
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

    def _submit(self, task_id, task, *called):
        early = (task.run_after - now()).total_seconds() if task.run_after else 0
        if early > 0:
            timer = threading.Timer(early, self._submit, (task_id, task, *called))
            timer.daemon = True
            timer.start()
            return
        with self.pending_lock:
            self.pending[task_id] = time.time()
            self._tell_pending()
        self.pool.submit(self._run, task_id, task, *called)

    def _tell_pending(self):
        pending_changed.send_robust(type(self), pending=list(self.pending.values()))

    def _run(self, task_id, task, args, kwargs):
        try:
            super().enqueue(task, args, kwargs)
        except Exception:
            logger.exception("The task %s could not be run.", task.name)
        finally:
            with self.pending_lock:
                self.pending.pop(task_id, None)
                self._tell_pending()
            connections.close_all()


def tasks_waiting():
    """The tasks in the queue of the database that a worker could begin, and since when (``since``).

    Those that run are left out: a killed worker leaves its task listed as running for good.
    """
    from django_tasks_db.models import DBTaskResult, get_date_max

    at_once = When(run_after=get_date_max(), then=F("enqueued_at"))
    since = Case(at_once, default=Greatest("run_after", "enqueued_at"))
    return DBTaskResult.objects.ready().annotate(since=since)
