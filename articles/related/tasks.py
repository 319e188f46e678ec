"""Updates the related articles in the background as articles are published."""

from contextlib import contextmanager
from contextvars import ContextVar

from django_tasks import task

from diptych.articles.languages.config.background import on_backend
from diptych.articles.related.models import PendingUpdate

#: The backend of ``TASKS`` for this work, if the project names one.
BACKEND = "related"
#: The most other queued pages that a task updates besides its own.
OTHERS = 10


_is_left_waiting = ContextVar("diptych_related_left_waiting", default=False)


@contextmanager
def left_waiting():
    """Within it, changed pages are marked and no task is queued, for who changes many of them.

    They are updated afterwards, see :func:`diptych.articles.related.rebuilding.catch_up`.
    """
    token = _is_left_waiting.set(True)
    try:
        yield
    finally:
        _is_left_waiting.reset(token)


@task()
def update_related(page_id):
    """Update a page if it waits, then others whose time has come."""
    # NumPy is loaded by the first article that is compared.
    from diptych.articles.related.updating import work_off

    work_off(PendingUpdate.objects.filter(page_id=page_id))
    work_off(PendingUpdate.objects.due()[:OTHERS])


def enqueue(page_id):
    """Queue the task for a page that was marked in the transaction that ends here."""
    if _is_left_waiting.get():
        return
    on_backend(update_related, BACKEND).enqueue(page_id)
