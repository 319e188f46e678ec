"""Which articles belong beside which, and what has to be known to say it.

Everything here follows from what is live and is written anew by ``rebuild_related``.
"""

import swapper
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.languages.models.page_language import PageLanguage

swapper.set_app_prefix("wagtailcore", "wagtail")


class RelatedPage(models.Model):
    """A page that belongs beside another one, both in the same language."""

    source = models.ForeignKey(
        PageLanguage, on_delete=models.CASCADE, related_name="related", verbose_name=_("article")
    )
    target = models.ForeignKey(
        PageLanguage,
        on_delete=models.CASCADE,
        related_name="suggested_by",
        verbose_name=_("related article"),
    )
    #: How near it is, in ten thousandths.
    score = models.SmallIntegerField(_("similarity"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")

    def __str__(self):
        return f"{self.source_id} → {self.target_id} ({self.score})"


class RelatedText(models.Model):
    """The telling terms of a live page in one language; see ``texts.Text``."""

    row = models.OneToOneField(
        PageLanguage, on_delete=models.CASCADE, primary_key=True, related_name="related_text"
    )
    is_thin = models.BooleanField(default=False)
    #: Since a rebuild began that has read it before.
    has_changed = models.BooleanField(default=True)
    size = models.PositiveSmallIntegerField()
    terms = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text that is compared")
        verbose_name_plural = _("texts that are compared")
        indexes = [
            models.Index(
                fields=["row"], condition=models.Q(is_thin=True), name="diptych_related_thin"
            ),
            models.Index(
                fields=["row"], condition=models.Q(has_changed=True), name="diptych_related_new"
            ),
        ]

    def __str__(self):
        return str(self.row_id)


class RelatedUncounted(models.Model):
    """All terms of a text that the vocabulary of its language does not know of yet."""

    row = models.OneToOneField(
        PageLanguage, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    terms = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text that is not counted yet")
        verbose_name_plural = _("texts that are not counted yet")

    def __str__(self):
        return str(self.row_id)


class RelatedTerm(models.Model):
    """One of the terms by which a text is found.

    The language, the term and the text are one number, so that the table is its own index: the
    texts of a term are a range of numbers. See ``keys``.
    """

    #: An automatic number only by its kind: that is what SQLite keeps without another index.
    key = models.BigAutoField(primary_key=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("term of a text")
        verbose_name_plural = _("terms of texts")

    def __str__(self):
        return str(self.key)


class RelatedVocabulary(models.Model):
    """How many articles of a language each term stands in, as they were last counted."""

    #: Stands for the language in the keys of terms.
    number = models.SmallAutoField(primary_key=True)
    language = models.CharField(_("language"), max_length=12, unique=True)
    articles = models.PositiveIntegerField(_("articles"), default=0)
    terms = models.BinaryField(null=True)
    #: The day of the newest article: the others are as old as they are older than it.
    newest_day = models.IntegerField(default=0)
    counted_at = models.DateTimeField(_("counted"), default=timezone.now)
    #: How often an article has been published, changed or withdrawn since all were counted.
    changes = models.PositiveIntegerField(_("changes since"), default=0)
    #: So many rebuilds have begun; only the last of them goes on writing.
    rebuilds = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("vocabulary")
        verbose_name_plural = _("vocabularies")

    def __str__(self):
        return self.language


class RelatedWaitingQuerySet(models.QuerySet):
    def mark(self, page_ids):
        """Remember, within the transaction that changes them, what must be done for pages."""
        now = timezone.now()
        waiting = [self.model(page_id=pk, marked_at=now, retry_at=now) for pk in page_ids]
        self.bulk_create(
            waiting,
            update_conflicts=True,
            unique_fields=["page"],
            update_fields=["marked_at", "retry_at", "attempts"],
        )

    def due(self):
        """Those to work on now, the longest waiting first."""
        return self.filter(retry_at__lte=timezone.now()).order_by("marked_at")


class RelatedWaiting(models.Model):
    """A page that has changed since what belongs beside it was last looked for."""

    page = models.OneToOneField(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.DO_NOTHING,
        # Whoever sees to a page that has been deleted finds nothing left to do.
        db_constraint=False,
        primary_key=True,
        related_name="+",
        verbose_name=_("page"),
    )
    marked_at = models.DateTimeField(_("since"))
    retry_at = models.DateTimeField(_("next attempt"))
    attempts = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    error = models.TextField(_("error"), blank=True)

    objects = RelatedWaitingQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("page that waits for its related articles")
        verbose_name_plural = _("pages that wait for their related articles")

    def __str__(self):
        return str(self.page_id)
