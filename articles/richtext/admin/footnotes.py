"""Footnotes as entities of Wagtail's rich text editor."""

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

from diptych.articles.richtext.admin.input import SoundRichTextArea
from diptych.articles.richtext.footnotes import FEATURE, TAG, clean_note, note_element

ENTITY = "FOOTNOTE"
#: Rich text features allowed in a note.
NOTE_FEATURES = ["bold", "italic", "superscript", "link"]
#: The character of the editor's text that a note is attached to.
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
    """The stored element of a note; ``None`` for an empty one."""
    note = clean_note(props.get("note") or "")
    return DOM.parse_html(note_element(note)) if note else None


class FootnoteHandler(InlineEntityElementHandler):
    """Converts a stored note to an entity of the editor.

    The content of the note is parsed into a separate block.
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
    """The HTML of a note; its links are removed from the entities of the text."""
    content = ContentState()
    content.blocks = [block]
    for entity_range in block.entity_ranges:
        key = entity_range.key
        content.entity_map[key] = contentstate.entity_map.pop(key)
    return clean_note(_converter().to_database_format(content.as_json()))


@cache
def _converter():
    """Created lazily, after all features are registered."""
    return ContentstateConverter(NOTE_FEATURES)


class FootnoteForm(forms.Form):
    """The form of one note."""

    note = forms.CharField(
        label=_("Text of the note"),
        help_text=_("For a source or an aside. It is numbered by itself."),
        error_messages={"required": _("Write the note.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Created here, after all features are registered.
        self.fields["note"].widget = SoundRichTextArea(features=NOTE_FEATURES)

    def clean_note(self):
        note = clean_note(self.cleaned_data["note"])
        if not note:
            raise forms.ValidationError(self.fields["note"].error_messages["required"])
        return note


@require_POST
def edit_footnote(request):
    """Show the dialog for ``stored``, which may be empty, or process it.

    The JSON response has either ``html`` (the form) or ``note`` (the result).
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
