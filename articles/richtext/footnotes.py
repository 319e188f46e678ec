"""Footnotes as they are stored, within rich text."""

import re
from html import escape

from bs4 import BeautifulSoup
from bs4.formatter import HTMLFormatter
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.whitelist import (
    Whitelister,
    allow_without_attributes,
    attribute_rule,
    check_url,
)

#: What rich text calls it that may have footnotes.
FEATURE = "footnote"
TAG = "footnote"
_NOTE = re.compile(rf"<{TAG}(?:\s[^>]*)?>(.*?)</{TAG}>", re.S)
_SPACES = re.compile(r"\s+", re.A)
_ENDS_OF_LINES = re.compile(r"<br\s*/?>|</?(?:p|li|div|h\d)(?:\s[^>]*)?>")


def replace_notes(html, replacement):
    """``html`` with what ``replacement``, called with the words of each note, puts in its place."""
    return _NOTE.sub(lambda found: replacement(found[1].strip()), html)


def without_notes(html):
    """The running text alone."""
    return _NOTE.sub("", html)


def as_stored(note):
    """A note as it stands in a text.

    The space keeps its first word apart from the word it is about, where marks are taken away.
    """
    return f"<{TAG}> {note}</{TAG}>"


def clean_note(html):
    """``html`` with the marks and links a note may have, in one line; empty without words.

    It is what the browser of an editor sends, and nothing else in it reaches the readers.
    """
    in_one_line = _ENDS_OF_LINES.sub(" ", html)
    note = _SPACES.sub(" ", _NoteWhitelister().clean(in_one_line)).strip()
    return note if strip_tags(note).strip() else ""


class _StoredForm(HTMLFormatter):
    """Escape as Wagtail's editor does: quotation marks and apostrophes of a text stay."""

    def __init__(self):
        super().__init__(entity_substitution=lambda text: escape(text, quote=False))

    def attribute_value(self, value):
        return escape(value)

    def attributes(self, tag):
        return tag.attrs.items()


_attributes_of_link = attribute_rule(
    {
        "href": check_url,
        "linktype": lambda value: value if value == "page" else None,
        "id": lambda value: value if value.isascii() and value.isdecimal() else None,
    }
)


def _link(tag):
    """Keep a link that leads somewhere, and the words alone of any other."""
    _attributes_of_link(tag)
    if not (tag.get("href") or (tag.get("linktype") and tag.get("id"))):
        tag.unwrap()


class _NoteWhitelister(Whitelister):
    element_rules = {
        "[document]": allow_without_attributes,
        **dict.fromkeys(("b", "i", "em", "strong", "sub", "sup"), allow_without_attributes),
        "a": _link,
    }

    def clean(self, html):
        document = BeautifulSoup(html, "html.parser")
        for element in document(["script", "style"]):
            element.decompose()
        self.clean_node(document, document)
        return document.decode(formatter=_StoredForm())


def notes_apart(html):
    """``html`` of one rich text with its notes at its end, numbered from 1."""
    notes = []

    def sign(note):
        notes.append(note)
        return format_html('<sup class="diptych-notes__sign">{}</sup>', len(notes))

    text = replace_notes(html, sign)
    return text + _list_of(notes) if notes else html


def _list_of(notes):
    """The names of the notes are in the language of the admin, whatever the text is in."""
    named = (
        (get_language(), _("Note %(number)s") % {"number": number}, mark_safe(note))
        for number, note in enumerate(notes, 1)
    )
    item = '<p><span class="diptych-notes__name" lang="{}">{}</span> {}</p>'
    return format_html('<div class="diptych-notes">{}</div>', format_html_join("", item, named))
