"""The log of public changes, and which addresses show what, for caches in front of the site."""

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
    #: Whether caches in front of the site have been told, if there are any.
    is_purged = models.BooleanField(default=True, db_default=True)

    wagtail_reference_index_ignore = True
    stored_in_bin = False

    class Meta:
        verbose_name = _("public change")
        verbose_name_plural = _("public changes")

    def __str__(self):
        return self.tags


class RenderedAddress(models.Model):
    """An address that a cache in front of the site may have, with the tags of what it shows."""

    #: So many are kept, and those of the last two hours.
    MOST = 50_000

    #: The one of the page in the page cache.
    key = models.CharField(max_length=32, primary_key=True)
    address = models.TextField()
    #: Separated by spaces, with those that invalidate all of their kinds.
    tags = models.TextField()
    #: Those of the last page before that had others.
    tags_before = models.TextField(blank=True)
    rendered_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True
    stored_in_bin = False

    class Meta:
        verbose_name = _("rendered address")
        verbose_name_plural = _("rendered addresses")
        default_permissions = ()

    def __str__(self):
        return self.address
