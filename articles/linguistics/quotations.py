"""Quotation marks of the interface language, as the catalogues have them."""

import re

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from diptych.articles.linguistics.languages import language_data


def within_quotation(text):
    """``text`` for a place between quotation marks: its own ones are those of the inner level."""
    opening, closing = map(str.strip, _("“{word}”").split("{word}"))
    inner = _inner_of_territory() or pgettext("within quotation marks", "‘{word}’")
    quoted = rf"{opening}\s*([^{opening}{closing}]*?)\s*{closing}"
    return re.sub(quoted, lambda found: inner.format(word=found[1]), text)


def _inner_of_territory():
    """Inner marks of a territory whose language has others in its catalogue, such as ``fr-ch``."""
    language, _hyphen, territory = (get_language() or "").lower().partition("-")
    levels = language_data(language).QUOTATIONS.get(territory) if territory else None
    if levels is None:
        return None
    opening, closing, space = levels[1]
    return f"{opening}{space}{{word}}{space}{closing}"
