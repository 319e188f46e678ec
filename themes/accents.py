"""The colour a journal puts in the place of a theme's: can it be read on the theme's grounds?"""

import math

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from themes.contrast import ENOUGH, least_contrast, readable
from themes.tokens import MODES, grounds_of

#: The field that holds the accent of each mode.
FIELDS = dict(zip(MODES, ("accent_light", "accent_dark"), strict=True))


def accent_of(theme, light, dark):
    """``(light, dark)`` colours from what a journal has chosen, each ``""`` to keep the theme's."""
    if light and not dark:
        grounds = grounds_of(theme, "dark")
        dark = readable(light.lower(), grounds) if grounds else ""
    return (light.lower(), dark.lower()) if light or dark else ()


def unreadable(theme, **colours):
    """What is wrong with ``light`` and ``dark`` as the accent of ``theme``: messages by field."""
    faults = {}
    for mode, colour in colours.items():
        grounds = grounds_of(theme, mode)
        if colour and grounds and least_contrast(colour, grounds) < ENOUGH:
            faults[FIELDS[mode]] = _message(theme, colour, grounds)
    return faults


def _message(theme, colour, grounds):
    ground = min(grounds, key=lambda each: least_contrast(colour, [each]))
    return _(
        "%(colour)s cannot be read on the background %(ground)s of “%(theme)s”: the contrast is "
        "%(contrast)s to 1, and %(enough)s to 1 is needed. The nearest colour that can be read is "
        "%(nearest)s."
    ) % {
        "colour": colour,
        "ground": ground,
        "theme": theme.label,
        "contrast": _number(least_contrast(colour, grounds)),
        "enough": _number(ENOUGH),
        "nearest": readable(colour, grounds),
    }


def _number(contrast):
    """Rounded down, so that what is not enough never looks as if it were."""
    return number_format(math.floor(contrast * 10) / 10, 1)
