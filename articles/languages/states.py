"""What the state of a page in a language is called, in lists, filters and exports."""

from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.languages.available import translated_language_name

#: The words for each value of ``PageLanguage.state``.
STATE_LABELS = {
    "live": _("Live"),
    "changed": _("Live + draft"),
    "draft": _("Draft"),
    "missing": _("Missing"),
}


def _heading(code):
    return capfirst(translated_language_name(code))


#: The name of a language as a heading, in the language spoken when it is shown.
language_heading = lazy(_heading, str)


def state_in(page, language):
    """The state of any page in ``language``; ``None`` for a page that is not in languages.

    Reads ``page.language_rows``, so fetch them at once for a list.
    """
    rows = getattr(page, "language_rows", ())
    return next((row.state for row in rows if row.language == language), None)


def state_label(page, language):
    """The state of a page in ``language`` as words, ``""`` for a page that is not in languages."""
    return STATE_LABELS.get(state_in(page, language), "")
