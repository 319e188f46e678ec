"""Caches in front of the site: purged in the background, and again where that failed.

What is to be purged is stored in the transaction of the change: nothing is lost if the process
ends before it is done.
"""

import logging
from itertools import islice

from django.apps import apps
from django.conf import settings
from django.utils.timezone import now
from django_tasks import task

from diptych.articles.languages.config.background import after_commit, on_backend
from diptych.articles.languages.config.signals import purges_due
from diptych.articles.languages.models import UnpurgedAddress

logger = logging.getLogger(__name__)

FRONTEND_CACHE = "wagtail.contrib.frontend_cache"
#: The alias in `TASKS` of the backend that purges, if there is one.
PURGING_BACKEND = "purging"
#: Addresses in one batch.
BATCH = 500


def has_frontend_cache():
    return apps.is_installed(FRONTEND_CACHE)


def enqueue_purge(work):
    """Queue the task ``work``, on the backend ``purging`` if `TASKS` has one."""
    on_backend(work, PURGING_BACKEND).enqueue()


def purge_later(addresses):
    """Purge absolute addresses once this transaction is committed, if there is a cache."""
    if addresses and has_frontend_cache():
        keep_unpurged(addresses)
        after_commit(enqueue_purge, purge_unpurged)


def keep_unpurged(addresses, failed_at=None):
    """Store addresses for :func:`purge_unpurged`."""
    rows = (UnpurgedAddress(address=each, failed_at=failed_at) for each in sorted(addresses))
    UnpurgedAddress.objects.bulk_create(rows, batch_size=BATCH)


@task()
def purge_unpurged():
    """Purge the addresses that wait and have not failed yet."""
    _purge_rows(UnpurgedAddress.objects.filter(failed_at=None))


def purge_due():
    """Purge all that waits, what has failed before last; called by the timer."""
    started = now()
    purges_due.send(UnpurgedAddress)
    waiting = UnpurgedAddress.objects.all()
    if given_up := waiting.filter(since__lt=started - UnpurgedAddress.KEPT).delete()[0]:
        logger.error("%d addresses could not be purged for a day; they are given up.", given_up)
    purge_unpurged.func()
    _purge_rows(waiting.filter(failed_at__lt=started))


def _purge_rows(waiting):
    rows = list(waiting.order_by("failed_at", "pk").values_list("pk", "address"))
    left = purge(dict.fromkeys(address for _pk, address in rows))
    for batch in in_batches(pk for pk, address in rows if address not in left):
        UnpurgedAddress.objects.filter(pk__in=batch).delete()
    for batch in in_batches(pk for pk, address in rows if address in left):
        UnpurgedAddress.objects.filter(pk__in=batch).update(failed_at=now())
    if left:
        _delete_oldest()


def _delete_oldest():
    """Delete failed addresses beyond :attr:`UnpurgedAddress.MOST`, those that waited longest."""
    failed = UnpurgedAddress.objects.exclude(failed_at=None).order_by("-since", "-pk")
    too_many = list(failed.values_list("pk", flat=True)[UnpurgedAddress.MOST :])
    for batch in in_batches(too_many):
        UnpurgedAddress.objects.filter(pk__in=batch).delete()
    if too_many:
        logger.error("There are too many addresses to purge later: %d are not.", len(too_many))


def purge(addresses):
    """Purge addresses from all caches; returns those that have to be purged again.

    A cache that has purged nothing of a batch is not asked again.
    """
    left, failing = set(), set()
    caches = getattr(settings, "WAGTAILFRONTENDCACHE", None) or {None: None}
    for batch in in_batches(addresses if has_frontend_cache() else ()):
        for name, parameters in caches.items():
            failed = set(batch if name in failing else _purge_from(name, parameters, batch))
            left |= failed
            if failed.issuperset(batch):
                failing.add(name)
    return left


def _purge_from(name, parameters, addresses):
    """Purge addresses from one cache by Wagtail's task; returns those that failed.

    Our backends append these to their parameter ``UNPURGED``; others raise exceptions.
    """
    from wagtail.contrib.frontend_cache.tasks import purge_urls_from_cache_task

    unpurged = []
    chosen = {name: {**parameters, "UNPURGED": unpurged}} if parameters else None
    try:
        purge_urls_from_cache_task.func(addresses, chosen)
    except Exception:  # backends fail in many ways
        logger.exception("%d addresses were not purged.", len(addresses))
        return addresses
    return unpurged


def in_batches(values):
    """Lists of at most :data:`BATCH` of ``values``."""
    values = iter(values)
    return iter(lambda: list(islice(values, BATCH)), [])
