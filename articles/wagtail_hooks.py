from django.forms import Media
from django.urls import path
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter
from wagtail.contrib.table_block import blocks as table_block
from wagtail.utils.urlpatterns import decorate_urlpatterns

from diptych.articles.admin import front_page
from diptych.articles.admin.articles import ArticleListingViewSet
from diptych.articles.admin.autocomplete import AutocompleteView
from diptych.articles.admin.people_and_topics import (
    AuthorListingViewSet,
    SeriesListingViewSet,
    TopicListingViewSet,
    names_for_glossary,
)
from diptych.articles.admin.print_issues import PrintIssueListingViewSet
from diptych.articles.blocks import BodyBlock
from diptych.articles.blocks.tables import TableInput
from diptych.articles.images.admin import bulk_actions as image_actions
from diptych.articles.images.admin import report as image_report
from diptych.articles.images.admin import side_panel as image_panel
from diptych.articles.images.alt_texts.language_detection import language_of_passage
from diptych.articles.imported_documents.admin.views import (
    NewFromDocumentView,
    paste,
    paste_options,
)
from diptych.articles.languages.admin.access import refused_in_words
from diptych.articles.languages.admin.editor.side_panels import HOOK as SIDE_PANELS
from diptych.articles.languages.admin.read_only import rendering
from diptych.articles.languages.permissions import groups
from diptych.articles.languages.translations.passages import DETECTION
from diptych.articles.richtext.admin.footnotes import edit_footnote
from diptych.articles.richtext.admin.footnotes import register_feature as register_footnotes
from diptych.articles.richtext.admin.passages import PassageView
from diptych.articles.richtext.admin.passages import register_feature as register_passages
from diptych.articles.richtext.footnotes import notes_apart

#: Labels of the menu of a table, which Handsontable has in English only.
TABLE_MENU = {
    "row_above": _("Insert a row above"),
    "row_below": _("Insert a row below"),
    "col_left": _("Insert a column on the left"),
    "col_right": _("Insert a column on the right"),
    "remove_row": _("Delete the row"),
    "remove_col": _("Delete the column"),
    "undo": _("Undo"),
    "redo": _("Redo"),
}


BODY_ACTIONS = (
    "paste@document->diptych-paste#take:capture",
    "keydown@document->diptych-paste#press:capture",
    "beforeinput@document->diptych-paste#write:capture",
    "change@document->diptych-paste#review",
    "click@document->diptych-paste#review",
    "focusout@document->diptych-paste#review",
    "keyup@document->diptych-paste#review",
    "keydown->diptych-headings#openParagraph",
)


class BodyAdapter(StreamBlockAdapter):
    """Builds a body of hundreds of blocks outside the document, then inserts it at once.

    A paste of several blocks into one of its paragraphs becomes blocks, and the Enter key in a
    heading opens a paragraph below it.
    """

    js_constructor = "diptych.LongStream"

    def js_args(self, block):
        *args, meta = super().js_args(block)
        attrs = {
            **meta["attrs"],
            "data-controller": "diptych-paste diptych-headings",
            "data-action": " ".join(BODY_ACTIONS),
        }
        return [*args, {**meta, "attrs": attrs, "paste": paste_options()}]

    @cached_property
    def media(self):
        scripts = [
            "diptych_languages/wagtail/long_stream.js",
            "diptych/admin/elements.js",
            "diptych/admin/paste.js",
            "diptych/admin/headings.js",
        ]
        styles = {"all": [versioned_static("diptych/admin/paste.css")]}
        return super().media + Media(js=[*map(versioned_static, scripts)], css=styles)


class TableInputAdapter(table_block.TableInputAdapter):
    """Wagtail's, with the menu in the language of the editor."""

    def js_args(self, widget):
        options, strings = super().js_args(widget)
        menu = options.get("contextMenu")
        if isinstance(menu, list):
            options = {**options, "contextMenu": {"items": _labelled(menu)}}
        return [options, strings]


def _labelled(names):
    """Map the names of a menu to Handsontable's items with labels; keep its separators."""
    items = {}
    for number, name in enumerate(names):
        if name.startswith("-"):
            items[f"line-{number}"] = name
        else:
            items[name] = {"name": str(TABLE_MENU[name])} if name in TABLE_MENU else {}
    return items


register(BodyAdapter(), BodyBlock)
register(TableInputAdapter(), TableInput)

hooks.register(SIDE_PANELS, image_panel.side_panels)
hooks.register("register_admin_menu_item", front_page.menu_item)
hooks.register("register_page_header_buttons", front_page.header_buttons)
hooks.register("register_reports_menu_item", image_report.menu_item)
hooks.register("register_bulk_action", image_actions.TagImages, order=1)  # in place of Wagtail's
hooks.register("register_bulk_action", image_actions.MoveImages, order=1)
hooks.register(groups.HOOK, lambda: ["diptych.change_journalsettings"])
hooks.register("register_diptych_glossary_candidates", names_for_glossary)
hooks.register(rendering.HOOK, notes_apart)
hooks.register(DETECTION, language_of_passage)
hooks.register("register_rich_text_features", register_footnotes)
hooks.register("register_rich_text_features", register_passages)


@hooks.register("register_admin_viewset")
def viewsets():
    return [
        ArticleListingViewSet("diptych_articles"),
        AuthorListingViewSet("diptych_authors"),
        TopicListingViewSet("diptych_topics"),
        SeriesListingViewSet("diptych_series"),
        PrintIssueListingViewSet("diptych_print_issues"),
        image_report.ImageProblemsViewSet("diptych_image_problems"),
    ]


@hooks.register("register_admin_urls")
def admin_urls():
    urlpatterns = [
        *front_page.urlpatterns,
        path("diptych/footnote/", edit_footnote, name="diptych_footnote"),
        path("diptych/passage/", PassageView.as_view(), name="diptych_passage"),
        path(
            "diptych/autocomplete/<slug:relation>/",
            AutocompleteView.as_view(),
            name="diptych_autocomplete",
        ),
        path("diptych/documents/paste/", paste, name="diptych_paste"),
        path("diptych/documents/new/", NewFromDocumentView.as_view(), name="diptych_new_document"),
    ]
    return decorate_urlpatterns(urlpatterns, refused_in_words)


@hooks.register("insert_editor_js")
def image_chooser_script():
    return format_html(
        '<div hidden data-controller="diptych-image-chooser"'
        ' data-action="click@document->diptych-image-chooser#open:capture"></div>'
        '<script src="{}"></script>',
        versioned_static("diptych/admin/image_chooser.js"),
    )


@hooks.register("register_icons")
def icons(names):
    return [*names, "diptych/admin/icons/footnote.svg"]
