"""Footnotes stored within rich text."""

import re
from html import escape

from bs4.formatter import HTMLFormatter
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.whitelist import (
    Whitelister,
    allow_without_attributes,
    attribute_rule,
)

from diptych.articles.richtext.links import public_href
from diptych.articles.richtext.parsing import NestedTooDeeply, parsed

#: Name of the rich text feature.
FEATURE = "footnote"
TAG = "footnote"
_NOTE = re.compile(rf"<{TAG}(?:\s[^>]*)?>(.*?)</{TAG}>", re.S)
#: Deepest nesting of the markup of a note, which is cleaned by a function that calls itself.
_DEEPEST = 100
_MARKUP = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"\s+", re.A)
_ENDS_OF_LINES = re.compile(r"<br\s*/?>|</?(?:p|li|div|h\d)(?:\s[^>]*)?>")


def replace_notes(html, replacement):
    """``html`` with each note replaced by ``replacement(content of the note)``."""
    return _NOTE.sub(lambda found: replacement(found[1].strip()), html)


def without_notes(html):
    """``html`` without its notes."""
    return _NOTE.sub("", html)


def notes_in(html):
    """The content of each note in ``html``, as HTML."""
    return [note.strip() for note in _NOTE.findall(html)]


def note_element(note):
    """The element that stores a note in a text.

    It starts with a space, so that words stay apart where tags are removed.
    """
    return f"<{TAG}> {note}</{TAG}>"


def clean_note(html):
    """``html`` reduced to the tags a note may have, on one line; "" without a text.

    Sanitises what the browser posts. Of markup nested beyond reason the words are kept.
    """
    in_one_line = _ENDS_OF_LINES.sub(" ", html)
    note = _SPACES.sub(" ", _NoteWhitelister().clean(in_one_line)).strip()
    return note if strip_tags(note).strip() else ""


class _StoredForm(HTMLFormatter):
    """Serialiser that, as Wagtail's editor, does not escape quotation marks."""

    def __init__(self):
        super().__init__(entity_substitution=lambda text: escape(text, quote=False))

    def attribute_value(self, value):
        return escape(value)

    def attributes(self, tag):
        return tag.attrs.items()


_attributes_of_link = attribute_rule(
    {
        "href": lambda value: public_href(value) or None,
        "linktype": lambda value: value if value == "page" else None,
        "id": lambda value: value if value.isascii() and value.isdecimal() else None,
    }
)


def _link(tag):
    """Keep a link with a valid target, else its content alone."""
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
        try:
            document = parsed(html, _DEEPEST)
        except NestedTooDeeply:
            return escape(_MARKUP.sub("", html), quote=False)
        for element in document(["script", "style"]):
            element.decompose()
        self.clean_node(document, document)
        return document.decode(formatter=_StoredForm())


def notes_apart(html):
    """``html`` of one rich text with its notes at the end, numbered from 1."""
    notes = []

    def sign(note):
        notes.append(note)
        return format_html('<sup class="diptych-notes__sign">{}</sup>', len(notes))

    text = replace_notes(html, sign)
    return text + _list_of(notes) if notes else html


def _list_of(notes):
    """The list of notes; its labels are in the language of the interface."""
    named = (
        (get_language(), _("Note %(number)s") % {"number": number}, mark_safe(note))  # noqa: S308 a part of HTML that is safe already
        for number, note in enumerate(notes, 1)
    )
    item = '<p><span class="diptych-notes__name" lang="{}">{}</span> {}</p>'
    return format_html('<div class="diptych-notes">{}</div>', format_html_join("", item, named))
