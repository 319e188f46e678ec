"""Quotation marks of the interface language, as the catalogues have them."""

import re

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

#: The inner quotation marks of territories whose language has others in its catalogue.
INNER_BY_TERRITORY = {"fr-ch": "‹\N{NARROW NO-BREAK SPACE}{word}\N{NARROW NO-BREAK SPACE}›"}


def within_quotation(text):
    """``text`` for a place between quotation marks: its own ones are those of the inner level."""
    opening, closing = map(str.strip, _("“{word}”").split("{word}"))
    inner = INNER_BY_TERRITORY.get((get_language() or "").lower())
    inner = inner or pgettext("within quotation marks", "‘{word}’")
    quoted = rf"{opening}\s*([^{opening}{closing}]*?)\s*{closing}"
    return re.sub(quoted, lambda found: inner.format(word=found[1]), text)
