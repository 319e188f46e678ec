"""What the state of a page in a language is called, in lists, filters and exports."""

from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.languages.available import translated_language_name
from articles.languages.models.page_language import Progress

#: The words for each value of ``PageLanguage.state``.
STATE_LABELS = {
    "live": _("Live"),
    "changed": _("Live + draft"),
    "draft": _("Draft"),
    "missing": _("Missing"),
}


#: How far a translation is, where that says more than the state does.
TELLING_PROGRESS = (Progress.IN_PROGRESS, Progress.TO_REVIEW, Progress.OUTDATED)


def _heading(code):
    return capfirst(translated_language_name(code))


#: The name of a language as a heading, in the language spoken when it is shown.
language_heading = lazy(_heading, str)


def state_in(page, language):
    """The state of any page in ``language``; ``None`` for a page that is not in languages.

    Reads ``page.language_rows``, so fetch them at once for a list.
    """
    row = _row_of(page, language)
    return row.state if row else None


def _row_of(page, language):
    rows = getattr(page, "language_rows", ())
    return next((row for row in rows if row.language == language), None)


def state_label(page, language):
    """The state of a page in ``language`` as words, ``""`` for a page that is not in languages."""
    return STATE_LABELS.get(state_in(page, language), "")


def telling_progress(page, language):
    """How far the translation of a page is, as words, where its state does not say it all."""
    row = _row_of(page, language)
    return row.get_progress_display() if row and row.progress in TELLING_PROGRESS else ""


def progress_label(page, language):
    """How far the translation of a page is, as words; ``""`` for one that is not in languages."""
    row = _row_of(page, language)
    return row.get_progress_display() if row else ""
