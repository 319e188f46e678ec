"""Which addresses show what: what a cache in front of the site may have, with the tags.

Recorded only where there is such a cache. It keeps no other answers: see
:class:`diptych.articles.caching.middleware.PageCacheMiddleware`.
"""

import logging
from datetime import timedelta

from django.db import Error, transaction
from django.utils.timezone import now

from diptych.articles.caching import versions
from diptych.articles.caching.models import RenderedAddress
from diptych.articles.caching.versions import longest_life, with_any, with_kinds
from diptych.articles.languages.routes.frontend_caches import in_batches, purge_later

logger = logging.getLogger(__name__)


def record(key, address, entry):
    """Record that ``entry`` has been sent to ``address``, once it has been.

    A change that was committed before may have been purged before the address was recorded, or
    before a cache had stored it: the address is purged then.
    """
    try:
        if not entry.is_recorded:
            _write(key, address, " ".join(sorted(with_kinds(entry.tags))))
            entry.is_recorded = True
        log = versions.process_state.refresh()
        if log is None or not log.ids_of(entry.tags) <= entry.changes:
            purge_later([address])
    except Error:  # also that the connection is closed
        logger.exception("%s could not be recorded: caches in front may keep it too long.", address)


@transaction.atomic
def _write(key, address, tags):
    """Store the tags of an address.

    Those before stay: caches may still have the page of before when it is rendered once more, and
    are told later of the change that was the reason.
    """
    new = {"address": address, "tags": tags, "rendered_at": now()}
    row, _is_new = RenderedAddress.objects.select_for_update().get_or_create(new, key=key)
    if row.tags != tags:
        row.tags, row.tags_before = tags, row.tags
    row.rendered_at = now()
    row.save()


def addresses_showing(tags):
    """The recorded addresses that depend on one of ``tags``."""
    wanted = with_any(tags)
    rows = RenderedAddress.objects.values_list("address", "tags", "tags_before")
    return [
        address
        for address, *known in rows.iterator()
        if not all(wanted.isdisjoint(each.split()) for each in known)
    ]


def forget_oldest():
    """Delete the addresses beyond :attr:`RenderedAddress.MOST`, and purge them.

    Those that a process may still send from its memory stay.
    """
    rows = RenderedAddress.objects.filter(
        rendered_at__lt=now() - timedelta(seconds=2 * longest_life())
    )
    too_many = RenderedAddress.objects.count() - RenderedAddress.MOST
    oldest = rows.order_by("rendered_at").values_list("key", "address")[: max(0, too_many)]
    for batch in in_batches(list(oldest)):
        with transaction.atomic():
            rows.filter(key__in=[key for key, _address in batch]).delete()
            purge_later([address for _key, address in batch])
