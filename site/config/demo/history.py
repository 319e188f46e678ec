"""A past for pages that were made a moment ago.

Pages are published as an editor publishes them, which dates everything now. What has just been
dated is then moved to the day it is meant to have happened.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone
from wagtail.models import PageLogEntry

from articles.languages.fields import state_columns

MORNING = time(7, 30)
PAGE_DATES = ("first_published_at", "last_published_at", "latest_revision_created_at")


def days_ago(days):
    """The morning of the day that many days ago."""
    today = timezone.localdate()
    return timezone.make_aware(datetime.combine(today - timedelta(days=days), MORNING))


class History:
    """Moves what has happened to a page since this was made to some days ago.

    What has been moved once is older than that, and stays where it is.
    """

    def __init__(self):
        self.since = timezone.now()

    def move(self, page, days):
        """Move every date of ``page`` that is still young.

        What happened in a certain order keeps it, a minute apart.
        """
        moment = days_ago(days)
        rows = type(page)._default_manager.filter(pk=page.pk)
        states = [name for name in state_columns(type(page)) if not name.startswith("is_public")]
        dated = rows.values(*PAGE_DATES, *states).get()
        rows.update(**{name: moment for name, date in dated.items() if self._is_young(date)})
        for name in ("edited_at", "outdated_since"):
            young = page.languages.filter(**{f"{name}__gte": self.since})
            young.update(**{name: moment})
        entries = PageLogEntry.objects.filter(page_id=page.pk)
        self._move_rows(entries.filter(timestamp__gte=self.since), "timestamp", moment)
        revisions = page.revisions.filter(created_at__gte=self.since)
        last = self._move_rows(revisions, "created_at", moment)
        if last:
            rows.update(latest_revision_created_at=last)

    def _is_young(self, date):
        return date is not None and date >= self.since

    def _move_rows(self, rows, column, moment):
        """Move each of ``rows``; returns where the last one went."""
        last = None
        for minute, row in enumerate(rows.order_by("pk")):
            last = moment + timedelta(minutes=minute)
            type(row).objects.filter(pk=row.pk).update(**{column: last})
        return last
