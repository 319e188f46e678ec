"""The accent colour a site sets in place of the theme's, and the check of its contrast."""

import math

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from diptych.themes.look.contrast import ENOUGH, least_contrast, nearest_readable
from diptych.themes.look.tokens import MODES, grounds_of

#: The field of the settings with the accent of each colour mode.
FIELDS = dict(zip(MODES, ("accent_light", "accent_dark"), strict=True))


def accent_of(theme, light, dark):
    """The accent colours ``(light, dark)`` to use; ``""`` for the theme's, ``()`` for both.

    If only ``light`` is set, the dark one is the nearest tint of it with sufficient contrast.
    """
    if light and not dark:
        grounds = grounds_of(theme, "dark")
        dark = nearest_readable(light.lower(), grounds) if grounds else ""
    return (light.lower(), dark.lower()) if light or dark else ()


def accent_errors(theme, **colours):
    """Error messages, by field, for accents whose contrast on ``theme`` is too low.

    ``colours`` are the accents by mode, ``light`` and ``dark``.
    """
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
        "nearest": nearest_readable(colour, grounds),
    }


def _number(contrast):
    """``contrast`` with one decimal, rounded down: 4.49 must not be printed as 4.5."""
    return number_format(math.floor(contrast * 10) / 10, 1)
