"""Addresses that are still to be purged from the caches in front of the site."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UnpurgedAddress(models.Model):
    """An absolute address to purge, stored in the transaction of the change that asks for it.

    An address may have several rows: a transaction neither reads nor waits for those of another.
    """

    #: So long it is tried again.
    KEPT = timedelta(days=1)
    #: So many are kept at most where caches fail.
    MOST = 10_000

    address = models.TextField(_("address"))
    since = models.DateTimeField(default=timezone.now)
    failed_at = models.DateTimeField(null=True, db_index=True)

    wagtail_reference_index_ignore = True
    stored_in_bin = False

    class Meta:
        verbose_name = _("address that was not purged")
        verbose_name_plural = _("addresses that were not purged")
        default_permissions = ()

    def __str__(self):
        return self.address
