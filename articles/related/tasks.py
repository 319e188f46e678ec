"""The lists of related articles follow what is published, in the background."""

from contextlib import suppress

from django_tasks import task, task_backends

from articles.related.models import RelatedVocabulary, RelatedWaiting
from articles.related.rebuilding import rebuild
from articles.related.waiting import work_off
from articles.related.writing import Overtaken

#: Where the work is queued if the project names such a backend in ``TASKS``, else with the rest.
BACKEND = "related"
#: Beside the page a task was queued for, it does as many others that wait.
OTHERS = 10
#: All is written anew when such a part of the articles has changed: in a small one, each time…
DRIFT = 0.05
#: …in journals of so many articles at most, without and with a backend for this.
LARGEST, LARGEST_IN_BACKGROUND = 300, 20_000


@task()
def update_related(page_id):
    """Do what waits for a page, then for others whose time has come."""
    work_off(RelatedWaiting.objects.filter(page_id=page_id))
    work_off(RelatedWaiting.objects.due()[:OTHERS])
    recount_if_due()


def recount_if_due():
    """Write all lists anew once many articles have been published, changed or withdrawn.

    All languages are written together. A journal that is large in one of them leaves that to the
    command, unless somebody works in the background for it.
    """
    counted = RelatedVocabulary.objects.filter(articles__gt=0).values_list("articles", "changes")
    largest = LARGEST_IN_BACKGROUND if BACKEND in task_backends.settings else LARGEST
    is_small = all(articles <= largest for articles, _changes in counted)
    if is_small and any(changes > DRIFT * articles for articles, changes in counted):
        with suppress(Overtaken):
            rebuild()


def enqueue(page_id):
    """Have a page seen to that was marked in the transaction that ends here."""
    work = update_related
    if BACKEND in task_backends.settings:
        work = work.using(backend=BACKEND)
    work.enqueue(page_id)
