"""The note on a translated page: source language, translator and whether it is out of date."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from diptych.articles.languages.config.language_config import (
    active_language,
    translated_language_name,
)
from diptych.articles.linguistics.languages import language_data


@dataclass(frozen=True)
class TranslationNote:
    """``changed`` is the date since which the translation is out of date, or ``None``."""

    origin: str
    language: str
    url: str | None = None
    translator: object = None
    reviewer: object = None
    changed: datetime | None = None


def note_for(page, request, shows_changes=True):
    """The :class:`TranslationNote` of ``page`` in the active language.

    ``None`` in the source language, and if there is neither a translator nor a visible source.
    The note has ``changed`` only if ``shows_changes``.
    """
    language, source = active_language(), page.source_language
    if language == source:
        return None
    url = page.url_in(source, request) if page.is_visible_in(source) else None
    translator, reviewer = (_person(page, name, language) for name in ("translator", "reviewer"))
    if not url and not translator:
        return None
    return TranslationNote(
        origin=translated_from(source),
        language=source,
        url=url,
        translator=translator,
        reviewer=reviewer,
        changed=_changed(page, language) if url and shows_changes else None,
    )


def translated_from(language):
    """The text "from French", for any ``language``."""
    known = language_data(language).TRANSLATED_FROM
    return known or _("from the language “%(language)s”") % {
        "language": translated_language_name(language)
    }


def _person(page, name, language):
    return page.text_in(name, language) if hasattr(page, name) else None


def _changed(page, language):
    rows = [row for row in page.language_rows if row.language == language]
    return rows[0].outdated_since if rows else None
