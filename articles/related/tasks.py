"""Updates the related articles in the background as articles are published."""

from django_tasks import task, task_backends

from articles.related.models import PendingUpdate

#: The backend of ``TASKS`` for this work, if the project names one.
BACKEND = "related"
#: Beside the page that a task was queued for, it updates as many others that wait.
OTHERS = 10


@task()
def update_related(page_id):
    """Update a page if it waits, then others whose time has come."""
    # NumPy is loaded by the first article that is compared.
    from articles.related.updating import work_off

    work_off(PendingUpdate.objects.filter(page_id=page_id))
    work_off(PendingUpdate.objects.due()[:OTHERS])


def enqueue(page_id):
    """Queue the task for a page that was marked in the transaction that ends here."""
    work = update_related
    if BACKEND in task_backends.settings:
        work = work.using(backend=BACKEND)
    work.enqueue(page_id)
