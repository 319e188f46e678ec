"""Footnotes in Wagtail's editor of rich text: a mark in the text that carries its note."""

from functools import cache

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.contentstate_models import Block, ContentState
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    KEEP_WHITESPACE,
    STRIP_WHITESPACE,
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from articles.footnotes.stored import FEATURE, TAG, as_stored, clean_note

ENTITY = "FOOTNOTE"
#: What may be in a note.
NOTE_FEATURES = ["bold", "italic", "superscript", "link"]
#: What stands in the editor's text for a note.
MARK = "*"


def register_feature(features):
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "diptych-footnote",
                "description": _("Footnote"),
                "failure": _("The dialog could not be opened. Try again."),
                "attributes": ["note"],
                "dialog": reverse_lazy("diptych_footnote"),
            },
            js=["diptych/admin/footnotes.js"],
            css={"all": ["diptych/admin/footnotes.css"]},
        ),
    )
    rule = {
        "from_database_format": {TAG: FootnoteHandler(ENTITY)},
        "to_database_format": {"entity_decorators": {ENTITY: footnote_element}},
    }
    features.register_converter_rule("contentstate", FEATURE, rule)


def footnote_element(props):
    """A note as it is stored; nothing for one without words."""
    note = clean_note(props.get("note") or "")
    return DOM.parse_html(as_stored(note)) if note else None


class FootnoteHandler(InlineEntityElementHandler):
    """From a stored note to a mark in the editor's text.

    The words of the note are read into a block of their own, which is no part of the text.
    """

    mutability = "IMMUTABLE"

    def handle_starttag(self, name, attrs, state, contentstate):
        super().handle_starttag(name, attrs, state, contentstate)
        state.current_block.text += MARK
        state.leading_whitespace = KEEP_WHITESPACE
        state.push()
        state.current_block = Block("unstyled")
        state.current_inline_styles, state.current_entity_ranges = [], []
        state.leading_whitespace = STRIP_WHITESPACE

    def handle_endtag(self, name, state, contentstate):
        words = state.current_block
        state.pop()
        entity = contentstate.entity_map[state.current_entity_ranges[-1].key]
        entity.data = {"note": _as_html(words, contentstate)}
        super().handle_endtag(name, state, contentstate)


def _as_html(block, contentstate):
    """The words of a note; its links are then no part of the text's own content."""
    content = ContentState()
    content.blocks = [block]
    for entity_range in block.entity_ranges:
        key = entity_range.key
        content.entity_map[key] = contentstate.entity_map.pop(key)
    return clean_note(_converter().to_database_format(content.as_json()))


@cache
def _converter():
    """Made once the features of every application are registered."""
    return ContentstateConverter(NOTE_FEATURES)
