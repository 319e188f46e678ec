"""Labels for the state of a page in a language."""

from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.models import Progress

#: Labels of ``PageLanguage.state``.
STATE_LABELS = {
    "live": _("Live"),
    "changed": _("Live + draft"),
    "draft": _("Draft"),
    "missing": _("Missing"),
}


#: Values of ``Progress`` that add to the state.
ADDITIONAL_PROGRESS = (
    Progress.IN_PROGRESS,
    Progress.TO_REVIEW,
    Progress.INCOMPLETE,
    Progress.OUTDATED,
)


def _heading(code):
    return capfirst(translated_language_name(code))


#: Lazy name of a language as a heading, in the active language.
language_heading = lazy(_heading, str)


def state_in(page, language):
    """The state of any page in ``language``; ``None`` for a page that is not in languages.

    Reads ``page.language_rows``, which listings prefetch.
    """
    row = _row_of(page, language)
    return row.state if row else None


def _row_of(page, language):
    rows = getattr(page, "language_rows", ())
    return next((row for row in rows if row.language == language), None)


def state_label(page, language):
    """The label of the state of a page in ``language``; ``""`` for other page types."""
    return STATE_LABELS.get(state_in(page, language), "")


def additional_progress(page, language):
    """The label of the progress where it adds to the state, else ``None``."""
    row = _row_of(page, language)
    return row.get_progress_display() if row and row.progress in ADDITIONAL_PROGRESS else ""


def progress_label(page, language):
    """The label of the progress of a translation; ``""`` for other page types."""
    row = _row_of(page, language)
    return row.get_progress_display() if row else ""
