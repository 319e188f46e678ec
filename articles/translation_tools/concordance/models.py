"""The aligned texts of passages, and the pages whose texts are to be read again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from diptych.articles.languages.models import AbstractPendingPage, PageLanguage

LONGEST_NAME = 100


class TranslationMemory(models.Model):
    """A translation memory of another program, as it was taken in from files.

    Its pairs are kept here: those of :class:`AlignedText` are made of them.
    """

    name = models.CharField(_("name"), max_length=LONGEST_NAME, unique=True)
    taken_at = models.DateTimeField(_("taken in"))
    #: Whether all its pairs can be found.
    is_indexed = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        verbose_name = _("translation memory")
        verbose_name_plural = _("translation memories")

    def __str__(self):
        return self.name


class MemoryPair(models.Model):
    """Two texts of a memory that translate each other."""

    # Those of a memory that was deleted are deleted in the background: they may be many.
    memory = models.ForeignKey(
        TranslationMemory,
        on_delete=models.DO_NOTHING,
        related_name="pairs",
        db_constraint=False,
    )
    language = models.CharField(max_length=12)
    text = models.TextField()
    other_language = models.CharField(max_length=12)
    other_text = models.TextField()
    written_at = models.DateTimeField(null=True)
    #: Names the two texts, whichever is the source.
    key = models.CharField(max_length=32)
    #: Names the unit by its ``tuid`` and languages, if it has one.
    unit = models.CharField(max_length=32, default="")

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        verbose_name = _("pair of a translation memory")
        verbose_name_plural = _("pairs of translation memories")
        constraints = [
            models.UniqueConstraint(fields=["memory", "key"], name="diptych_memory_pair_once")
        ]
        indexes = [models.Index(fields=["memory", "unit"], name="diptych_memory_unit")]

    def __str__(self):
        return self.text[:60]


class AlignedText(models.Model):
    """A passage in one language; those of one ``group`` translate each other.

    It is of a page, ``row``, or of a ``memory``. Its words stand in the inverted index.
    """

    #: The page in the language.
    row = models.ForeignKey(PageLanguage, on_delete=models.CASCADE, null=True, related_name="+")
    memory = models.ForeignKey(
        TranslationMemory,
        # Those of a memory that was deleted are not found, and deleted in the background: they
        # may be many. Without an index SQLite drops the column and not the table with its trigger.
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    language = models.CharField(max_length=12)
    group = models.BigIntegerField()
    text = models.TextField()
    #: Whether it is a text of the page and not of its draft. Readers see it if the page is live.
    is_published = models.BooleanField(default=False)
    #: Whether the source has changed since it was translated.
    is_outdated = models.BooleanField(default=False)
    translated_at = models.DateTimeField(null=True)
    #: Whether it was found to be the translation by length and anchors, and no record says it.
    #: NULL stands for no: SQLite makes a new table, without the trigger, for a column without it.
    is_machine_aligned = models.BooleanField(null=True)
    #: Whether the page has links, bold words or notes in it, which ``text`` lacks. NULL as above.
    has_marks = models.BooleanField(null=True)

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
