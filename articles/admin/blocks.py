"""Adapters that tell the editor's JavaScript how to build our blocks and widgets."""

from django.forms import Media
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.blocks.stream_block import StreamBlockAdapter
from wagtail.contrib.table_block import blocks as table_block

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


class LongStreamAdapter(StreamBlockAdapter):
    """Builds a body of hundreds of blocks outside the document, then inserts it at once."""

    js_constructor = "diptych.LongStream"

    @cached_property
    def media(self):
        script = versioned_static("diptych_languages/wagtail/long_stream.js")
        return super().media + Media(js=[script])


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
