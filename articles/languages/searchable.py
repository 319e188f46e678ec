"""Plain text of a page's columns, for search."""

from wagtail.fields import StreamField
from wagtail.rich_text import get_text_for_indexing


def searchable_text(page, columns):
    """Join the text of ``columns``: the words of blocks and rich text, without markup."""
    parts = []
    for name in columns:
        field = page._meta.get_field(name)
        value = getattr(page, name)
        if not value:
            continue
        if isinstance(field, StreamField):
            parts += [str(part) for part in field.get_searchable_content(value)]
        else:
            parts.append(get_text_for_indexing(str(value)))
    return "\n".join(part for part in parts if part)
