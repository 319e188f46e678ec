"""Rendering the rich texts of a body with few queries and with numbered footnotes."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail.blocks import RichTextBlock
from wagtail.rich_text import expand_db_html

from diptych.articles.languages.config.content import children_of
from diptych.articles.languages.routes.links import expanded
from diptych.articles.richtext.footnotes import replace_notes

#: The reference to a footnote. It has no white space before it, where a line could break.
CALL = (
    '<sup class="call"><a class="call__link" id="call_{anchor}" href="#note_{anchor}"'
    ' role="doc-noteref" aria-label="{label}">{number}</a></sup>'
)


@dataclass(frozen=True)
class Note:
    """``anchor`` ends the ids of the note and of its number in the text."""

    number: int
    html: str
    anchor: str


class RichTexts:
    """Renders the rich texts of ``stream``, one by one in the order of the page.

    ``notes`` holds the footnotes of the texts rendered so far. ``prefix`` begins their anchors, for
    the second text of a page.
    """

    def __init__(self, stream=(), prefix=""):
        self.notes, self.prefix = [], prefix
        self._expanded = expanded(_sources(stream))

    def html_of(self, source):
        html = self._expanded.get(source)
        if html is None:
            html = expand_db_html(source)
        return mark_safe(replace_notes(html, self._call))  # noqa: S308 Wagtail's HTML of a rich text, cleaned when it was saved

    def _call(self, html):
        number = len(self.notes) + 1
        note = Note(number, mark_safe(html), f"{self.prefix}{number}")  # noqa: S308 a part of HTML that is safe already
        self.notes.append(note)
        # Translators: read by screen readers at the number of a footnote.
        label = _("See note %(number)s") % {"number": number}
        return format_html(CALL, number=number, anchor=note.anchor, label=label)


def html_with_notes_inside(source):
    """A rich text as HTML with its footnotes in brackets, for pages without a list of them."""
    html = expand_db_html(source)
    return mark_safe(replace_notes(html, lambda note: f" <small>({note})</small>"))  # noqa: S308 Wagtail's HTML of a rich text, cleaned when it was saved


def _sources(stream):
    """Yield the rich texts of a stream in stored form, in order."""
    for stored in getattr(stream, "raw_data", ()):
        block = stream.stream_block.child_blocks.get(stored["type"])
        if block is not None:
            yield from _sources_in(block, stored["value"])


def _sources_in(block, stored):
    if not stored:
        return
    if isinstance(block, RichTextBlock):
        yield str(stored)
    else:
        for child, value in children_of(block, stored):
            yield from _sources_in(child, value)
