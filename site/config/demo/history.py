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
    """Moves to ``days`` ago what has happened to a page since this was made."""

    def __init__(self):
        self.since = timezone.now()

    def move(self, page, days):
        """Move every date of ``page`` that is younger than this history.

        What happened in a certain order keeps it, a minute apart.
        """
        moment = days_ago(days)
        model = type(page)
        states = [name for name in state_columns(model) if not name.startswith("is_public_")]
        names = [*PAGE_DATES, *states]
        dated = model._default_manager.filter(pk=page.pk).values(*names).get()
        recent = {name: moment for name, date in dated.items() if date and date >= self.since}
        model._default_manager.filter(pk=page.pk).update(**recent)
        self._move_rows(page.revisions.filter(created_at__gte=self.since), "created_at", moment)
        entries = PageLogEntry.objects.filter(page_id=page.pk, timestamp__gte=self.since)
        self._move_rows(entries, "timestamp", moment)

    def _move_rows(self, rows, column, moment):
        for minute, row in enumerate(rows.order_by("pk")):
            row_moment = moment + timedelta(minutes=minute)
            type(row).objects.filter(pk=row.pk).update(**{column: row_moment})
