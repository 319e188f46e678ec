"""Rich text fields whose editor is built when they come into view.

Building hundreds of editors at once takes a browser several seconds.
"""

import json

from django.forms import Media
from django.utils.functional import cached_property
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextAreaAdapter
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register

from diptych.articles.richtext.admin.input import SoundRichTextArea

SCRIPT = "diptych_languages/wagtail/editor_in_view.js"


class RichTextAreaInView(SoundRichTextArea):
    """Wagtail's widget, shown as plain text until it comes near the window or has the focus."""

    def format_value(self, value):
        return as_editor_writes(super().format_value(value))

    @cached_property
    def media(self):
        return super().media + Media(
            js=[versioned_static("diptych_languages/wagtail/editor_in_view.js")]
        )


def as_editor_writes(stored):
    """The content of a text as JSON, exactly as the editor serialises it.

    Otherwise building an editor would look like a change, and autosave would save a page that was
    only read.
    """
    content = json.loads(stored) or {"blocks": []}
    if all(_is_blank(block) for block in content["blocks"]):
        return "null"
    blocks = [
        {
            **{name: block[name] for name in ("key", "text", "type", "depth")},
            "inlineStyleRanges": _in_order_of_style(block["inlineStyleRanges"]),
            "entityRanges": _with(("offset", "length", "key"), block["entityRanges"]),
            "data": {},
        }
        for block in content["blocks"]
    ]
    entities = content["entityMap"]
    described = _with(("type", "mutability", "data"), entities.values())
    written = {"blocks": blocks, "entityMap": dict(zip(entities, described, strict=True))}
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"))


def _is_blank(block):
    return not (block["text"].strip() or block["entityRanges"] or block["inlineStyleRanges"])


def _in_order_of_style(ranges):
    """The style ranges grouped by style, in order of first occurrence."""
    first = {}
    for each in sorted(ranges, key=lambda each: each["offset"]):
        first.setdefault(each["style"], len(first))
    ordered = sorted(ranges, key=lambda each: (first[each["style"]], each["offset"]))
    return _with(("offset", "length", "style"), ordered)


def _with(names, dictionaries):
    return [{name: each[name] for name in names} for each in dictionaries]


class RichTextAreaInViewAdapter(DraftailRichTextAreaAdapter):
    js_constructor = "diptych.RichTextAreaInView"


register(RichTextAreaInViewAdapter(), RichTextAreaInView)


def built_in_view(widget):
    """A lazy version of ``widget``; other widget classes are returned unchanged."""
    if type(widget) is not DraftailRichTextArea:
        return widget
    return RichTextAreaInView(features=widget.features)
