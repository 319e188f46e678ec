"""The contrast ratio of colours, as the Web Content Accessibility Guidelines define it."""

#: The least contrast of text with its background, level AA.
ENOUGH = 4.5
#: The least contrast of lines and controls.
ENOUGH_FOR_LINES = 3.0
BLACK, WHITE = "#000000", "#ffffff"
STEPS = 50


def contrast(one, other):
    """The contrast ratio of two colours, given as ``#rrggbb``: from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour, grounds):
    """The least contrast of ``colour`` with any of the backgrounds ``grounds``."""
    return min(contrast(colour, ground) for ground in grounds)


def nearest_readable(colour, grounds, enough=ENOUGH):
    """``colour``, or the nearest shade or tint of it with sufficient contrast on all ``grounds``.

    On a light background the colour is mixed with black, on a dark one with white.
    """
    end = BLACK if _luminance(grounds[0]) > 0.18 else WHITE
    for step in range(STEPS + 1):
        mixed = _mixed(colour, end, step / STEPS)
        if least_contrast(mixed, grounds) >= enough:
            return mixed
    return end


def _channels(colour):
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _luminance(colour):
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel):
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _mixed(colour, other, share):
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)
