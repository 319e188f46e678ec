"""The aligned texts of passages, and the pages whose texts are to be read again."""

from datetime import timedelta

import swapper
from django.db import models
from django.utils import timezone

from diptych.articles.languages.models import PageLanguage

#: The pause before the second attempt, which doubles each time, so many times at most.
PAUSE, MOST_DOUBLED = timedelta(minutes=1), 10


class AlignedText(models.Model):
    """A passage in one language; those of one ``group`` translate each other.

    Its words stand in the inverted index of the database.
    """

    #: The page in the language.
    row = models.ForeignKey(PageLanguage, on_delete=models.CASCADE, null=True, related_name="+")
    language = models.CharField(max_length=12)
    group = models.BigIntegerField()
    text = models.TextField()
    #: Whether it is a text of the page and not of its draft. Readers see it if the page is live.
    is_published = models.BooleanField(default=False)
    #: Whether the source has changed since it was translated.
    is_outdated = models.BooleanField(default=False)
    translated_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True
    stored_in_bin = False
    rebuilt_by = "rebuild_concordance"

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["group", "language"], name="diptych_aligned_once_in_a_language"
            )
        ]

    def __str__(self):
        return self.text[:60]


class PendingPageQuerySet(models.QuerySet):
    def mark(self, page_ids, **reasons):
        """Queue pages, within the transaction that changes them; ``reasons`` are flags to set."""
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


class PendingPage(models.Model):
    """A page whose passages may have changed since they were read."""

    page = models.OneToOneField(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.DO_NOTHING,
        # For a page that has been deleted, there is nothing left to do.
        db_constraint=False,
        primary_key=True,
        related_name="+",
    )
    marked_at = models.DateTimeField()
    retry_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    #: Whether a text that readers saw may have been taken back. Nothing of the page counts as
    #: published meanwhile.
    is_stale = models.BooleanField(default=False)
    #: Whether it waits for a rebuild that was broken off.
    of_rebuild = models.BooleanField(default=False)

    objects = PendingPageQuerySet.as_manager()

    wagtail_reference_index_ignore = True
    stored_in_bin = False
    rebuilt_by = "rebuild_concordance"

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.page_id)

    def put_off(self):
        """Try it again later, after an attempt that failed."""
        pause = PAUSE * 2 ** min(self.attempts, MOST_DOUBLED)
        PendingPage.objects.filter(page_id=self.page_id).update(
            attempts=models.F("attempts") + 1, retry_at=timezone.now() + pause
        )
