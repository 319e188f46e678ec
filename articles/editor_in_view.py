"""Rich text whose editor is built when somebody comes to it.

An article of hundreds of paragraphs has as many editors, and a browser takes seconds to build them
all before the first one can be written in.
"""

from django.forms import Media
from django.utils.functional import cached_property
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextAreaAdapter
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register


class RichTextAreaInView(DraftailRichTextArea):
    """Wagtail's rich text, shown as plain words until it is near the window or has the focus."""

    @cached_property
    def media(self):
        return super().media + Media(js=[versioned_static("diptych/admin/editor_in_view.js")])


class RichTextAreaInViewAdapter(DraftailRichTextAreaAdapter):
    js_constructor = "diptych.RichTextAreaInView"


register(RichTextAreaInViewAdapter(), RichTextAreaInView)


def built_in_view(widget):
    """``widget`` that waits for somebody to come; a host's own kind of editor stays as it is."""
    if type(widget) is not DraftailRichTextArea:
        return widget
    return RichTextAreaInView(features=widget.features)
