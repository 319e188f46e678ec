"""Who works on a page in a language, and its review."""

import swapper
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from diptych.articles.languages.models.page_languages import PageLanguage, Progress


class Review(models.TextChoices):
    """The state of a review."""

    NONE = "", _("Not handed in")
    SUBMITTED = "submitted", _("Waiting for review")
    SENT_BACK = "sent_back", _("Sent back")


def _person(verbose_name):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose_name,
    )


class TranslationAssignment(models.Model):
    """The work on a page in one language: requested, claimed, submitted, reviewed.

    Unlike the page × language table, this is not derived data.
    """

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="translation_assignments",
        verbose_name=_("page"),
    )
    language = models.CharField(_("language"), max_length=12)
    translator = _person(_("claimed by"))
    requested_by = _person(_("asked for by"))
    requested_at = models.DateTimeField(_("asked for"), null=True, blank=True)
    due_date = models.DateField(_("due date"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    review = models.CharField(
        _("review"), max_length=12, choices=Review.choices, blank=True, default=Review.NONE
    )
    submitted_by = _person(_("handed in by"))
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    reviewed_by = _person(_("reviewed by"))
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    #: The comment of the submitter to the reviewer, during a review.
    review_comment = models.TextField(_("comment of the reviewer"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("translation assignment")
        verbose_name_plural = _("translation assignments")
        constraints = [
            models.UniqueConstraint(fields=["page", "language"], name="diptych_assignment_unique")
        ]

    def __str__(self):
        return f"{self.page_id} ({self.language})"

    @property
    def holder(self):
        """The person who works on it, or ``None``."""
        person = self.translator
        return person if person is not None and person.is_active else None


def handed_in(page, language):
    """The assignment of a text under review or sent back, or ``None``.

    Fetched with the submitter and the reviewer.
    """
    rows = TranslationAssignment.objects.select_related("submitted_by", "reviewed_by")
    rows = rows.filter(page_id=page.pk, language=language)
    return rows.exclude(review=Review.NONE).first()


def end_reviews(page, languages):
    """End the open reviews of ``languages``, which have just gone live without an approval.

    Whoever sent a text back has not approved it, and is not kept as its reviewer.
    """
    rows = TranslationAssignment.objects.filter(page_id=page.pk, language__in=languages)
    rows = rows.exclude(review=Review.NONE)
    rows.update(review=Review.NONE, reviewed_by=None, reviewed_at=None)


def finish(page):
    """Complete the assignments of languages that are live and up to date.

    Claims and due dates are cleared, so that later changes are requested and claimed anew. The
    history of the page keeps them.
    """
    done = PageLanguage.objects.filter(page_id=page.pk, live=True, progress=Progress.UP_TO_DATE)
    TranslationAssignment.objects.filter(
        page_id=page.pk, language__in=done.values("language"), review=Review.NONE
    ).update(translator=None, requested_by=None, requested_at=None, due_date=None, comment="")
