"""How well two colours can be told apart, as the Web Content Accessibility Guidelines count it."""

#: What text needs against its ground, level AA.
ENOUGH = 4.5
#: What a line or a control needs.
ENOUGH_FOR_LINES = 3.0
BLACK, WHITE = "#000000", "#ffffff"
STEPS = 50


def contrast(one, other):
    """From 1, the same colour, to 21, black on white. Colours are written ``#rrggbb``."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour, grounds):
    """The contrast of ``colour`` with the one of ``grounds`` that it is hardest to read on."""
    return min(contrast(colour, ground) for ground in grounds)


def readable(colour, grounds, enough=ENOUGH):
    """``colour``, or the nearest shade or tint of it that can be read on all ``grounds``.

    Text that is darker than its ground gets darker, text that is lighter gets lighter.
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
