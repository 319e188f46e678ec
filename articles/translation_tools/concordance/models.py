"""The aligned texts of passages, and the pages whose texts are to be read again."""

from django.db import models

from diptych.articles.languages.models import AbstractPendingPage, PageLanguage


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


class PendingPage(AbstractPendingPage):
    """A page whose passages may have changed since they were read."""

    #: Whether a text that readers saw may have been taken back. Nothing of the page counts as
    #: published meanwhile.
    is_stale = models.BooleanField(default=False)
    #: Whether it waits for a rebuild that was broken off.
    of_rebuild = models.BooleanField(default=False)

    stored_in_bin = False
    rebuilt_by = "rebuild_concordance"

    class Meta:
        default_permissions = ()
