"""Space that nobody sees, and that a translator has nothing to do about."""

import re

_LINES = r"(?:p|h\d|ul|ol|li|blockquote|hr|br|embed)\b[^>]*"
#: Space of whatever width, also such as keeps words on one line; no line break.
_SPACE = r"(?:[^\S\n]|&nbsp;)"
_BEFORE_LINES = re.compile(rf"{_SPACE}+((?:</[^>]+>)*</?{_LINES}>)")
_BEHIND_LINES = re.compile(rf"(</?{_LINES}>(?:<[^/][^>]*>)*){_SPACE}+")
_AROUND_BREAKS = re.compile(rf"{_SPACE}*\n{_SPACE}*")
_DOUBLE = re.compile(r"[ \t]+")


def without_needless_space(text):
    """``text`` or HTML without double spaces, and without any at the ends of a line.

    A no-break space between words was put there by somebody, and stays.
    """
    text = _AROUND_BREAKS.sub("\n", _DOUBLE.sub(" ", text)).strip()
    return _BEHIND_LINES.sub(r"\1", _BEFORE_LINES.sub(r"\1", text))
