"""Queues of pages of which something is to be read again, with pauses after failures."""

from datetime import timedelta

import swapper
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: The pause before the second attempt, which doubles each time, so many times at most.
PAUSE, LONGEST_PAUSE, MOST_DOUBLED = timedelta(minutes=1), timedelta(days=1), 12


class PendingPageQuerySet(models.QuerySet):
    def mark(self, page_ids, **reasons):
        """Queue pages, within the transaction that changes them; ``reasons`` are fields to set."""
        now = timezone.now()
        pending = [
            self.model(page_id=pk, marked_at=now, retry_at=now, **reasons) for pk in page_ids
        ]
        self.bulk_create(
            pending,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["page"],
            update_fields=["marked_at", "retry_at", "attempts", *reasons],
        )

    def due(self):
        """Those to work on now, the longest waiting first."""
        return self.filter(retry_at__lte=timezone.now()).order_by("marked_at")


class AbstractPendingPage(models.Model):
    """A page that waits; one row for each, however often it has changed."""

    page = models.OneToOneField(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.DO_NOTHING,
        # For a page that has been deleted, there is nothing left to do.
        db_constraint=False,
        primary_key=True,
        related_name="+",
        verbose_name=_("page"),
    )
    marked_at = models.DateTimeField(_("since"))
    retry_at = models.DateTimeField(_("next attempt"))
    attempts = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    error = models.TextField(_("error"), blank=True)

    objects = PendingPageQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.page_id)

    def end(self):
        """Take it out of the queue, unless the page has been marked again since it was fetched."""
        rows = type(self).objects.filter(page_id=self.page_id, marked_at__lte=self.marked_at)
        rows.delete()

    def put_off(self, error):
        """Try it again later, after an attempt that ended with ``error``."""
        pause = min(PAUSE * 2 ** min(self.attempts, MOST_DOUBLED), LONGEST_PAUSE)
        type(self).objects.filter(page_id=self.page_id).update(
            attempts=self.attempts + 1,
            retry_at=timezone.now() + pause,
            error=f"{type(error).__name__}: {error}",
        )
