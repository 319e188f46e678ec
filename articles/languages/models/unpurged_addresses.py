"""Addresses that could not be purged from the caches in front of the site."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UnpurgedAddress(models.Model):
    """An absolute address that could not be purged from a cache in front of the site."""

    #: So long it is tried again.
    KEPT = timedelta(days=1)
    #: So many are kept at most.
    MOST = 10_000

    address = models.CharField(_("address"), max_length=1500, unique=True)
    first_failed_at = models.DateTimeField(default=timezone.now)
    failed_at = models.DateTimeField(default=timezone.now, db_index=True)

    wagtail_reference_index_ignore = True
    stored_in_bin = False

    class Meta:
        verbose_name = _("address that was not purged")
        verbose_name_plural = _("addresses that were not purged")
        default_permissions = ()

    def __str__(self):
        return self.address
