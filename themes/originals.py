"""What a translation says of itself: from which language, by whom, and whether it is current."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from articles.languages.available import active_language, translated_language_name

#: "from" and the name of a language, which other languages run together: « de l’anglais ».
TRANSLATED_FROM = {
    "de": pgettext_lazy("Translated …", "from German"),
    "en": pgettext_lazy("Translated …", "from English"),
    "es": pgettext_lazy("Translated …", "from Spanish"),
    "fr": pgettext_lazy("Translated …", "from French"),
    "it": pgettext_lazy("Translated …", "from Italian"),
    "pt": pgettext_lazy("Translated …", "from Portuguese"),
}


@dataclass(frozen=True)
class TranslationNote:
    """``changed`` is when the original was modified after this translation, or ``None``."""

    origin: str
    language: str
    url: str | None = None
    translator: object = None
    reviewer: object = None
    changed: datetime | None = None


def note_of(page, request, tells_changes=True):
    """The :class:`TranslationNote` of ``page`` in the language spoken now.

    ``None`` on an original, and where nothing is known of how the text came about: neither who
    translated it nor an original that can be read. ``tells_changes`` is a setting of the journal.
    """
    language, source = active_language(), page.source_language
    if language == source:
        return None
    url = page.url_in(source, request) if page.is_visible_in(source) else None
    translator, reviewer = (_person(page, name, language) for name in ("translator", "reviewer"))
    if not url and not translator:
        return None
    return TranslationNote(
        origin=origin_in_words(source),
        language=source,
        url=url,
        translator=translator,
        reviewer=reviewer,
        changed=_changed(page, language) if url and tells_changes else None,
    )


def origin_in_words(language):
    """What stands after "Translated": "from French"."""
    main = language.split("-")[0]
    if main in TRANSLATED_FROM:
        return TRANSLATED_FROM[main]
    return _("from the language “%(language)s”") % {"language": translated_language_name(language)}


def _person(page, name, language):
    return page.text_in(name, language) if hasattr(page, name) else None


def _changed(page, language):
    rows = [row for row in page.language_rows if row.language == language]
    return rows[0].outdated_since if rows else None
