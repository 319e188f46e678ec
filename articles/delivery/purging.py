"""Purge from caches in front of the site the addresses that show what has been changed.

Rendering has recorded them with their tags (:mod:`diptych.articles.caching.rendered_addresses`).
The engine purges the addresses of a page itself, old ones included
(:func:`diptych.articles.languages.routes.addresses.purge_paths`).
"""

import logging

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django_tasks import task
from wagtail.models import Site

from diptych.articles.caching.models import Change
from diptych.articles.caching.rendered_addresses import addresses_showing, forget_oldest
from diptych.articles.caching.signals import versions_raised
from diptych.articles.caching.versions import EVERYTHING
from diptych.articles.languages.config.signals import purges_due
from diptych.articles.languages.models import UnpurgedAddress
from diptych.articles.languages.routes.frontend_caches import (
    BATCH,
    enqueue_purge,
    has_frontend_cache,
    keep_unpurged,
    purge,
)

logger = logging.getLogger(__name__)

#: Tags, or kinds of tags, that all pages depend on.
EVERYWHERE = frozenset({EVERYTHING, "menu", "settings", "theme", "texts"})
#: More addresses than this are purged as everything where that is one address.
MOST_ADDRESSES = 1_000


def addresses_to_purge(tags):
    """The absolute addresses, in every language and on every site, that show ``tags``.

    With ``DIPTYCH_PURGE_PREFIXES``, all addresses of a site are one that ends in an asterisk.
    """
    is_one = getattr(settings, "DIPTYCH_PURGE_PREFIXES", False)
    kinds = {tag.partition(":")[0] for tag in tags}
    if is_one and (EVERYWHERE & kinds or any(tag.endswith("*") for tag in tags)):
        return _everything()
    found = addresses_showing(tags)
    return _everything() if is_one and len(found) > MOST_ADDRESSES else sorted(found)


def _everything():
    return sorted({f"{root.root_url}/*" for root in Site.get_site_root_paths()})


@task()
def purge_changes():
    """Purge the addresses that show what has been changed, all that is not purged yet.

    If few addresses cannot be purged these are kept, otherwise all is left to the timer.
    """
    changes = Change.objects.filter(is_purged=False)
    tags_by_pk = dict(changes.values_list("pk", "tags"))
    if not tags_by_pk:
        return
    left = purge(addresses_to_purge(set(" ".join(tags_by_pk.values()).split())))
    if len(left) < BATCH:
        with transaction.atomic():
            keep_unpurged(left, failed_at=now())
            changes.filter(pk__in=tags_by_pk).update(is_purged=True)


def purge_changes_later(sender, **kwargs):
    """Purge in the background: a receiver of ``versions_raised``."""
    if has_frontend_cache():
        enqueue_purge(purge_changes)


def purge_left(sender, **kwargs):
    """Purge what is left of the changes of a day: a receiver of ``purges_due``."""
    too_old = Change.objects.filter(is_purged=False, at__lt=now() - UnpurgedAddress.KEPT)
    if given_up := too_old.update(is_purged=True):
        logger.error("%d changes could not be purged for a day; they are given up.", given_up)
    purge_changes.func()
    forget_oldest()


def connect():
    """Connect the receivers; called once when the application is ready."""
    versions_raised.connect(purge_changes_later, dispatch_uid="diptych_purge_changes_later")
    purges_due.connect(purge_left, dispatch_uid="diptych_purge_left")
