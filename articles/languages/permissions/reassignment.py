"""Open work of a user who leaves, and its reassignment to another user."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.models import DraftLink, LanguageSchedule, TranslationAssignment
from diptych.articles.languages.models.assignments import Review
from diptych.articles.languages.permissions.policy import can


@dataclass(frozen=True)
class OpenWork:
    """A row in which a person is named, in one field, for work that goes on."""

    row: object
    field: str
    text: str

    def reassign(self, successor):
        """Name ``successor`` instead; nobody, if that person may not edit the language."""
        setattr(self.row, self.field, successor)
        self.row.save(update_fields=[self.field])

    def __str__(self):
        return self.text


class ClaimedTranslation(OpenWork):
    """A translation that somebody has claimed; only who may edit the language can go on with it."""

    def reassign(self, successor):
        if successor is not None and not can(successor, "edit", self.row.language):
            successor = None
        super().reassign(successor)


def open_work(user):
    """The :class:`OpenWork` of a user in all languages: assignments, reviews, dates and links."""
    assignments = TranslationAssignment.objects.select_related("page")
    reviews = assignments.exclude(review=Review.NONE)
    schedules = LanguageSchedule.objects.select_related("page").defer("content")
    links = DraftLink.objects.select_related("page").filter(expires_at__gt=timezone.now())
    return [
        *_listed(
            assignments.filter(translator=user),
            "translator",
            _("“%(page)s”: translation into %(language)s"),
            ClaimedTranslation,
        ),
        *_listed(
            assignments.filter(requested_by=user),
            "requested_by",
            _("“%(page)s”: translation into %(language)s that was asked for"),
        ),
        *_listed(
            reviews.filter(submitted_by=user),
            "submitted_by",
            _("“%(page)s”: review of the text in %(language)s"),
        ),
        *_listed(
            schedules.filter(user=user), "user", _("“%(page)s”: date for the text in %(language)s")
        ),
        *_listed(
            links.filter(user=user), "user", _("“%(page)s”: link to the draft in %(language)s")
        ),
    ]


def _listed(rows, field, text, kind=OpenWork):
    for row in rows.order_by("page__path", "language"):
        page = row.page.specific_deferred.get_admin_display_title()
        language = translated_language_name(row.language)
        yield kind(row, field, text % {"page": page, "language": language})
