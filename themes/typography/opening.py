"""How a body begins: a theme may set its first letter large, a quotation mark never."""

from html import unescape

from django.utils.html import strip_tags


def opens_with_a_mark(stream):
    """Whether the first paragraph of ``stream`` begins with something that is no letter."""
    first = next(iter(getattr(stream, "raw_data", ())), None)
    if first is None or first["type"] != "paragraph":
        return False
    text = unescape(strip_tags(str(first["value"] or ""))).strip()
    return bool(text) and not text[0].isalnum()
