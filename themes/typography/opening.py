"""How a body begins: a theme may set its first letter large, with text to stand beside it."""

from html import unescape

from django.utils.html import strip_tags

#: So many characters fill the lines beside a large letter; a shorter text would leave it hanging.
ENOUGH = 200


def takes_an_initial(stream):
    """Whether ``stream`` begins with a letter, and with a paragraph long enough for a large one.

    A quotation mark is never set large.
    """
    first = next(iter(getattr(stream, "raw_data", ())), None)
    if first is None or first["type"] != "paragraph":
        return False
    opening, _end, _rest = str(first["value"] or "").partition("</p>")
    text = unescape(strip_tags(opening)).strip()
    return len(text) >= ENOUGH and text[0].isalnum()
