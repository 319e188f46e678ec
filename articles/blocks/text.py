"""Blocks for headings, paragraphs, quotations and notes."""

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.api.rich_text import APIRichText
from wagtail.rich_text import expand_db_html

from diptych.articles.languages.config.content import of_any_language
from diptych.articles.languages.config.language_config import active_language
from diptych.articles.languages.index.sites import absolute
from diptych.articles.languages.routes.slugs import make_slug
from diptych.articles.richtext.footnotes import FEATURE as FOOTNOTE
from diptych.articles.richtext.footnotes import replace_notes
from diptych.articles.richtext.passages import FEATURE as PASSAGE
from diptych.articles.richtext.portable import portable

INLINE_FEATURES = [
    "bold",
    "italic",
    "superscript",
    "subscript",
    "link",
    "document-link",
    FOOTNOTE,
    PASSAGE,
]


class RichTextBlock(blocks.RichTextBlock):
    """Rich text whose editor is built when it comes into view.

    In the API it is plain HTML with absolute addresses, its notes in ``small`` elements; or, where
    the view asks for ``db_html``, as it is stored, with typed links.
    """

    def get_api_representation(self, value, context=None):
        context = context or {}
        asked = context.get("_wagtail_rich_text_format", APIRichText.FORMAT_HTML)
        if asked != APIRichText.FORMAT_HTML:
            return APIRichText.serialize(value.source, format=asked, features=self.features)
        html = replace_notes(expand_db_html(value.source), "<small>{}</small>".format)
        request = context.get("request")
        return portable(html, absolute("/", request) if request else "")

    @cached_property
    def field(self):
        from diptych.articles.richtext.admin.editor_in_view import (
            built_in_view,  # Wagtail's editor needs the models
        )

        field = super().field
        field.widget = built_in_view(field.widget)
        return field


def sample(name):
    """A lazy sample text for block previews, in the language of the interface."""
    return {
        "heading": gettext("What the numbers do not say"),
        "paragraph": gettext("On Thursdays the newsroom fills up long before the meeting begins."),
        "quotation": gettext("We did not choose the subject. It waited for us at the door."),
        "person": gettext("A reader, in a letter to the editors"),
        "question": gettext("What surprised you most?"),
        "note": gettext("How we counted"),
        "verse": gettext("Snow on the quay,\n    and nobody there to count it."),
        "film": gettext("A walk through the printing works, in four minutes"),
    }[name]


class HeadingValue(blocks.StructValue):
    @property
    def anchor(self):
        """The fragment identifier of this heading, made from its text."""
        return make_slug(self.get("text"), active_language()) or "section"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("h2", _("Section")), ("h3", _("Subsection"))],
        default="h2",
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Opens a section; readers can link to it.")
        template = "diptych/blocks/heading.html"
        preview_template = "diptych/blocks/preview.html"
        value_class = HeadingValue
        label_format = "{text}"

    def get_preview_value(self):
        return self.to_python({"text": sample("heading"), "level": "h2"})


class QuotationBlock(blocks.StructBlock):
    text = of_any_language(blocks.TextBlock(label=_("Quotation"), rows=3))
    attribution = blocks.CharBlock(label=_("Who said it"), required=False, max_length=200)
    source = blocks.URLBlock(label=_("Address of the source"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("What somebody said or wrote, with their name.")
        template = "diptych/blocks/quotation.html"
        preview_template = "diptych/blocks/preview.html"
        label_format = "{text}"

    def get_preview_value(self):
        return self.to_python({"text": sample("quotation"), "attribution": sample("person")})


class PullQuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Sentence"), rows=2, max_length=300)

    class Meta:
        icon = "pick"
        label = _("Pull quote")
        description = _("A sentence of the article itself, set large.")
        template = "diptych/blocks/pull_quote.html"
        preview_template = "diptych/blocks/preview.html"
        label_format = "{text}"

    def get_preview_value(self):
        return self.to_python({"text": sample("quotation")})


class KeptTextBlock(blocks.TextBlock):
    """Text whose spaces are kept, those of its first line too."""

    @cached_property
    def field(self):
        field = super().field
        field.strip = False
        return field


class PreformattedBlock(blocks.StructBlock):
    text = of_any_language(KeptTextBlock(label=_("Text"), rows=6))
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("code", _("Code")), ("verse", _("Verse"))],
        default="code",
    )

    class Meta:
        icon = "code"
        label = _("Code or verse")
        description = _("Text that keeps its lines and spaces: a program, a poem.")
        template = "diptych/blocks/preformatted.html"
        preview_template = "diptych/blocks/preview.html"
        label_format = "{text}"

    def get_preview_value(self):
        return self.to_python({"text": sample("verse"), "kind": "verse"})


class QuestionBlock(blocks.StructBlock):
    question = blocks.TextBlock(label=_("Question"), rows=2)
    answer = RichTextBlock(label=_("Answer"), features=INLINE_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question and answer")
        description = _("One exchange of an interview.")
        template = "diptych/blocks/question.html"
        preview_template = "diptych/blocks/preview.html"
        label_format = "{question}"

    def get_preview_value(self):
        answer = f"<p>{sample('paragraph')}</p>"
        return self.to_python({"question": sample("question"), "answer": answer})


class NoteBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=150)
    text = RichTextBlock(label=_("Text"), features=[*INLINE_FEATURES, "ul", "ol"])

    class Meta:
        icon = "info-circle"
        label = _("Note")
        description = _("An aside: a definition, a method, a correction.")
        template = "diptych/blocks/note.html"
        preview_template = "diptych/blocks/preview.html"
        label_format = "{title}"

    def get_preview_value(self):
        return self.to_python({"title": sample("note"), "text": f"<p>{sample('paragraph')}</p>"})


class ParagraphBlock(RichTextBlock):
    def __init__(self, features=(*INLINE_FEATURES, "ul", "ol", "hr"), **kwargs):
        super().__init__(features=list(features), **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _("Running text with lists and links.")
        template = "diptych/blocks/paragraph.html"
        preview_template = "diptych/blocks/preview.html"

    def get_preview_value(self):
        return self.to_python(f"<p>{sample('paragraph')}</p>")
