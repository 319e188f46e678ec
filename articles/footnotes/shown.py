"""Footnotes as those read them who work on a text: a sign in it, and the notes below it."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.footnotes.stored import replace_notes


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
