"""Quotation marks of the interface language, as the catalogues have them."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def within_quotation(text):
    """``text`` for a place between quotation marks: its own ones are those of the inner level."""
    opening, closing = map(str.strip, _("“{word}”").split("{word}"))
    inner = pgettext("within quotation marks", "‘{word}’")
    quoted = rf"{opening}\s*([^{opening}{closing}]*?)\s*{closing}"
    return re.sub(quoted, lambda found: inner.format(word=found[1]), text)
