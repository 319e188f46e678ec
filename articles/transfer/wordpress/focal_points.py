"""The point of a picture that plugins of WordPress keep in sight when it is cut."""

import json
import re
from contextlib import suppress

from diptych.articles.transfer.wordpress.php import unserialize

#: Metadata of WP Smart Crop, Image Focus, Focal Point Picker, Media Focus Point and others.
KEYS = (
    "_wpsmartcrop_image_focus",
    "focalpoint",
    "focal_point",
    "_focal_point",
    "focus_point",
    "_focus_point",
    "bg_pos_desktop",
)
#: Metadata which, if it is 0 or empty, switches the point of a plugin off.
SWITCHES = {"_wpsmartcrop_image_focus": "_wpsmartcrop_enabled"}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def focal_point_of(meta):
    """``(x, y)`` in fractions of width and height; ``None`` if the metadata names no point."""
    for key in KEYS:
        if meta.get(SWITCHES.get(key)) in ("", "0"):
            continue
        point = _fractions(_pair(meta.get(key) or ""))
        if point is not None:
            return point
    return None


def _pair(text):
    """Two numbers of a serialised array, of JSON or of a text such as ``50% 30%``."""
    value = text
    for read in (unserialize, json.loads):
        with suppress(ValueError, RecursionError):
            value = read(text)
            break
    if isinstance(value, dict):
        for names in (("left", "top"), ("x", "y")):
            if all(name in value for name in names):
                return [str(value[name]) for name in names]
        return []
    return _NUMBER.findall(str(value))


def _fractions(pair):
    """Numbers up to 1 are fractions, larger ones percentages; ``None`` for what is no point."""
    try:
        x, y = (float(number) for number in pair)
    except ValueError:
        return None
    if max(x, y) > 1:
        x, y = x / 100, y / 100
    # Written so that what is no number is refused.
    return (x, y) if 0 <= x <= 1 and 0 <= y <= 1 else None
