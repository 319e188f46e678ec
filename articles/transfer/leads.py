"""Leads of texts that come from elsewhere, where a lead may be the first paragraph."""

import re

from diptych.articles.languages.config.content import plain


def first_paragraph(blocks):
    """The words of the first of ``blocks``, where it can be the lead; else ``""``.

    It is a paragraph before other blocks, and nothing of it is lost as plain text.
    """
    first = blocks[0] if len(blocks) > 1 else None
    if first is None or first["type"] != "paragraph" or not _is_plain(first["value"]):
        return ""
    return " ".join(plain(first["value"]).split())


def _is_plain(markup):
    """Whether a paragraph has neither link nor footnote."""
    return not re.search(r"<(?!/?(?:p|br|b|i|em|strong|span)\b)[a-z]", markup)
