"""The log of public changes, read by every process to invalidate its caches."""

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def random_id():
    """A primary key of 48 bits: a thousand of them can be summed in a column of 64."""
    return secrets.randbits(48)


class Change(models.Model):
    """The tags invalidated by one transaction.

    Keys are random: rows of concurrent transactions become visible in any order, and a database
    restored from a backup would reuse numbers of a sequence.
    """

    id = models.BigIntegerField(primary_key=True, default=random_id)
    tags = models.TextField(_("tags"), help_text=_("Separated by spaces."))
    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)

    wagtail_reference_index_ignore = True
    stored_in_bin = False

    class Meta:
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")

    def __str__(self):
        return self.tags
