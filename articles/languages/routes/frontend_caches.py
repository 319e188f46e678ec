"""Caches in front of the site: purged in the background, and again where that failed."""

import logging
from itertools import islice

from django.apps import apps
from django.db import DatabaseError, transaction
from django.utils.timezone import now
from django_tasks import task

from diptych.articles.languages.config.background import on_backend
from diptych.articles.languages.models import UnpurgedAddress

logger = logging.getLogger(__name__)

FRONTEND_CACHE = "wagtail.contrib.frontend_cache"
#: The alias in `TASKS` of the backend that purges, if there is one.
PURGING_BACKEND = "purging"
#: Addresses that are tried again in one batch.
BATCH = 500


def purging_in_background(work):
    """The task ``work``, on the backend ``purging`` if `TASKS` has one."""
    return on_backend(work, PURGING_BACKEND)


def enqueue_purge(work, argument, addresses=None):
    """Queue the task ``work``; keep its addresses for the timer where that fails.

    The addresses are ``argument``, a list of them, or the result of ``addresses()``.
    """
    try:
        purging_in_background(work).enqueue(argument)
    except Exception:
        keep_unpurged(argument if addresses is None else addresses())
        raise


@task()
def purge_urls(urls):
    """Purge addresses from all caches; they are kept for a timer where one fails."""
    from wagtail.contrib.frontend_cache.tasks import purge_urls_from_cache_task

    try:
        purge_urls_from_cache_task.func(urls)
    except Exception:  # backends fail in many ways
        logger.exception("%d addresses were not purged.", len(urls))
        keep_unpurged(urls)


def keep_unpurged(addresses):
    """Store addresses that could not be purged, for :func:`purge_unpurged`, while there is room.

    They may be those of all pages, found one after the other while an editor waits.
    """
    longest, addresses = UnpurgedAddress._meta.get_field("address").max_length, iter(addresses)
    while batch := list(islice(addresses, BATCH)):
        try:
            with transaction.atomic():
                has_room = _keep({each for each in batch if len(each) <= longest})
        except DatabaseError:
            logger.exception("%d addresses that were not purged could not be kept.", len(batch))
            continue
        if not has_room:
            logger.error("There are too many addresses to purge later: some are not.")
            return


def _keep(addresses):
    """Store ``addresses``; returns whether there was room for all of them."""
    known = set(
        UnpurgedAddress.objects.filter(address__in=addresses).values_list("address", flat=True)
    )
    room = max(0, UnpurgedAddress.MOST - UnpurgedAddress.objects.count())
    new, moment = sorted(addresses - known), now()
    UnpurgedAddress.objects.bulk_create(
        [
            UnpurgedAddress(address=each, first_failed_at=moment, failed_at=moment)
            for each in [*known, *new[:room]]
        ],
        update_conflicts=True,
        unique_fields=["address"],
        update_fields=["failed_at"],
    )
    return len(new) <= room


def purge_unpurged():
    """Purge the addresses kept for the timer, until a batch fails again."""
    started = now()
    too_old = UnpurgedAddress.objects.filter(first_failed_at__lt=started - UnpurgedAddress.KEPT)
    if given_up := too_old.delete()[0]:
        logger.error("%d addresses could not be purged for a day; they are given up.", given_up)
    if not apps.is_installed(FRONTEND_CACHE):
        return
    waiting = UnpurgedAddress.objects.filter(failed_at__lt=started).order_by("failed_at", "pk")
    while batch := list(waiting[:BATCH]):
        purge_urls.func([each.address for each in batch])
        purged = UnpurgedAddress.objects.filter(
            pk__in=[each.pk for each in batch], failed_at__lt=started
        )
        if purged.delete()[0] < len(batch):
            return
