"""Footnotes in Wagtail's editor of rich text: a mark in the text that carries its note."""

from functools import cache

from django import forms
from django.http import HttpResponseBadRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.contentstate_models import Block, ContentState
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    KEEP_WHITESPACE,
    STRIP_WHITESPACE,
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from articles.richtext.admin.input import SoundRichTextArea
from articles.richtext.footnotes import FEATURE, TAG, as_stored, clean_note

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


class FootnoteForm(forms.Form):
    """One note; its words come as Wagtail's editor of rich text sends them."""

    note = forms.CharField(
        label=_("Text of the note"),
        help_text=_("For a source or an aside. It is numbered by itself."),
        error_messages={"required": _("Write the note.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Made here, as the features of every application are registered by now.
        self.fields["note"].widget = SoundRichTextArea(features=NOTE_FEATURES)

    def clean_note(self):
        note = clean_note(self.cleaned_data["note"])
        if not note:
            raise forms.ValidationError(self.fields["note"].error_messages["required"])
        return note


@require_POST
def edit_footnote(request):
    """Open the dialog on ``stored``, a note or nothing; or take what was written in it.

    The answer has either ``html``, the form to show, or ``note``, the finished note.
    """
    try:
        if "stored" in request.POST:
            form = FootnoteForm(initial={"note": clean_note(request.POST["stored"])})
        else:
            form = FootnoteForm(request.POST)
            if form.is_valid():
                return JsonResponse({"note": form.cleaned_data["note"]})
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return HttpResponseBadRequest()
    html = render_to_string("diptych/admin/footnote.html", {"form": form}, request)
    return JsonResponse({"html": html})
