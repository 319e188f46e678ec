"""Term vectors, candidate terms and neighbours, all derived from the live articles.

``rebuild_related`` rebuilds them.
"""

import swapper
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diptych.articles.languages.models import AbstractPendingPage, PageLanguage

#: Scores are stored as whole numbers, times this.
SCALE = 10_000

swapper.set_app_prefix("wagtailcore", "wagtail")


class TermVector(models.Model):
    """All terms of a live article in one language, with their counts; see ``vectors.pack``."""

    row = models.OneToOneField(
        PageLanguage, on_delete=models.CASCADE, primary_key=True, related_name="term_vector"
    )
    terms = models.BinaryField()
    is_thin = models.BooleanField(default=False)
    updated_at = models.DateTimeField(db_index=True)

    wagtail_reference_index_ignore = True
    rebuilt_by = "rebuild_related"

    class Meta:
        verbose_name = _("term vector")
        verbose_name_plural = _("term vectors")
        indexes = [
            models.Index(
                fields=["row"], condition=models.Q(is_thin=True), name="diptych_related_thin"
            )
        ]

    def __str__(self):
        return str(self.row_id)


class CandidateTerm(models.Model):
    """A term by which an article is found as a candidate, in languages of many articles."""

    language = models.CharField(_("language"), max_length=12)
    term = models.BigIntegerField(_("term"))
    row = models.ForeignKey(PageLanguage, on_delete=models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("candidate term")
        verbose_name_plural = _("candidate terms")
        indexes = [
            models.Index(fields=["language", "term", "row"], name="diptych_related_candidates")
        ]

    def __str__(self):
        return f"{self.language} {self.term} → {self.row_id}"


class Neighbour(models.Model):
    """An article that is similar to another one in a language."""

    source = models.ForeignKey(
        PageLanguage,
        on_delete=models.CASCADE,
        related_name="related",
        verbose_name=_("article"),
        # The index below begins with it.
        db_index=False,
    )
    target = models.ForeignKey(
        PageLanguage,
        on_delete=models.CASCADE,
        related_name="suggested_by",
        verbose_name=_("related article"),
    )
    #: In ten thousandths.
    score = models.SmallIntegerField(_("similarity"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")
        indexes = [models.Index(fields=["source", "score", "target"], name="diptych_related_lists")]

    def __str__(self):
        return f"{self.source_id} → {self.target_id} ({self.score})"


class TermStatistics(models.Model):
    """The document frequencies of a language, stored if it has too many articles to count.

    Writers of these tables lock all rows of this one first.
    """

    language = models.CharField(_("language"), max_length=12, unique=True)
    articles = models.PositiveIntegerField(_("articles"), default=0)
    frequencies = models.BinaryField(null=True)
    #: The day of the newest article, against which the freshness of the others is measured.
    newest_day = models.IntegerField(default=0)
    counted_at = models.DateTimeField(_("counted"), default=timezone.now)
    #: How many rebuilds have begun; only the last one may go on writing.
    rebuilds = models.PositiveIntegerField(default=0)
    #: When the rebuild began that has not ended, the page up to which it has read, and the row up
    #: to which it has compared.
    started_at = models.DateTimeField(null=True)
    read_to = models.PositiveBigIntegerField(default=0)
    compared_to = models.PositiveBigIntegerField(default=0)

    wagtail_reference_index_ignore = True
    rebuilt_by = "rebuild_related"

    class Meta:
        verbose_name = _("term statistics")
        verbose_name_plural = _("term statistics")

    def __str__(self):
        return self.language


class ArticleLinks(models.Model):
    """How readers of a language are led to an article; see ``admin/counting.py``."""

    row = models.OneToOneField(
        PageLanguage, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    #: Below how many articles it is shown, for how many editors have picked it, and from how many
    #: pages a text, or the list of a series, leads to it.
    shown = models.PositiveIntegerField()
    picked = models.PositiveIntegerField()
    linked = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("links to an article")
        verbose_name_plural = _("links to articles")
        default_permissions = ()
        indexes = [
            models.Index(fields=["shown", "row"], name="diptych_links_shown"),
            models.Index(fields=["picked", "row"], name="diptych_links_picked"),
            models.Index(fields=["linked", "row"], name="diptych_links_linked"),
        ]

    def __str__(self):
        return str(self.row_id)


class LinkCount(models.Model):
    """When :class:`ArticleLinks` were counted; there is one row."""

    #: Its primary key.
    ONLY = 1

    #: The most articles that were suggested below each.
    limit = models.PositiveSmallIntegerField(default=0)
    counted_at = models.DateTimeField(null=True)
    #: When the count began that has not ended.
    begun_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True
    stored_in_bin = False

    class Meta:
        verbose_name = _("count of links between articles")
        verbose_name_plural = _("counts of links between articles")
        default_permissions = ()

    def __str__(self):
        return str(self.counted_at)


class PendingUpdate(AbstractPendingPage):
    """A page that has changed since its neighbours were last updated."""

    rebuilt_by = "rebuild_related"

    class Meta:
        verbose_name = _("page that waits for its related articles")
        verbose_name_plural = _("pages that wait for their related articles")
