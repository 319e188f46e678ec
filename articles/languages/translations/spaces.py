"""Space that nobody sees, and that a translator has nothing to do about."""

import re

_LINES = r"(?:p|h\d|ul|ol|li|blockquote|hr|br|embed)\b[^>]*"
_BEFORE_LINES = re.compile(rf" +((?:</[^>]+>)*</?{_LINES}>)")
_BEHIND_LINES = re.compile(rf"(</?{_LINES}>(?:<[^/][^>]*>)*) +")
#: Space of whatever width, also such as keeps words on one line; no line break.
_SPACE = re.compile(r"(?:[^\S\n]|&nbsp;)+")
_AROUND_BREAKS = re.compile(r" ?\n ?")


def without_needless_space(text):
    """``text`` or HTML with one plain space between words, and none at the ends of a line."""
    text = _AROUND_BREAKS.sub("\n", _SPACE.sub(" ", text)).strip()
    return _BEHIND_LINES.sub(r"\1", _BEFORE_LINES.sub(r"\1", text))
