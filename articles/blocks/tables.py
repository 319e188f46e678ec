"""Table blocks that repair or reject malformed JSON."""

import json

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.telepath import register
from wagtail.contrib.table_block import blocks

from articles.richtext.characters import whole_characters

#: The largest row and column span that is accepted.
MOST_SPANNED = 1000

#: The only language in Wagtail's copy of Handsontable; others raise an error there.
LANGUAGE = "en-US"
#: The labels of the menu items.
MENU = {
    "row_above": _("Insert a row above"),
    "row_below": _("Insert a row below"),
    "col_left": _("Insert a column on the left"),
    "col_right": _("Insert a column on the right"),
    "remove_row": _("Delete the row"),
    "remove_col": _("Delete the column"),
    "undo": _("Undo"),
    "redo": _("Redo"),
}


class TableInput(blocks.TableInput):
    """Wagtail's widget with the context menu in the editor's language."""


class TableInputAdapter(blocks.TableInputAdapter):
    def js_args(self, widget):
        options, strings = super().js_args(widget)
        menu = options.get("contextMenu")
        if isinstance(menu, list):
            options = {**options, "contextMenu": {"items": _menu_in_words(menu)}}
        return [options, strings]


register(TableInputAdapter(), TableInput)


def _menu_in_words(names):
    """The items of the context menu for Handsontable, by name, with separators."""
    items = {}
    for number, name in enumerate(names):
        if name.startswith("-"):
            items[f"line-{number}"] = name
        else:
            items[name] = {"name": str(MENU[name])} if name in MENU else {}
    return items


class TableBlock(blocks.TableBlock):
    """Wagtail's table, which takes whatever JSON it is sent; malformed content is a ``ValueError``.

    If it were stored, the page would fail whenever it is rendered.
    """

    def get_table_options(self, table_options=None):
        return super().get_table_options({"language": LANGUAGE, **(table_options or {})})

    @cached_property
    def field(self):
        field = super().field
        field.widget = TableInput(table_options=self.table_options)
        return field

    def value_from_form(self, value):
        try:
            table = json.loads(whole_characters(json.dumps(json.loads(value), ensure_ascii=False)))
        except RecursionError as error:
            raise ValueError("This is no table.") from error
        if table and not _is_table(table):
            raise ValueError("This is no table.")
        return table


def _is_table(table):
    if not isinstance(table, dict):
        return False
    texts = (table.get("table_caption"), table.get("table_header_choice"))
    return (
        all(isinstance(text, str | None) for text in texts)
        and all(isinstance(row, list) and all(map(_is_cell, row)) for row in _list(table, "data"))
        and all(map(_is_place, _list(table, "cell")))
        and all(map(_is_merger, _list(table, "mergeCells")))
    )


def _list(table, name):
    """The list of that name, or ``[None]`` where the value is not a list."""
    found = table.get(name) or []
    return found if isinstance(found, list) else [NotImplemented]


def _is_cell(cell):
    return isinstance(cell, str | int | float | None)


def _is_place(place):
    return (
        isinstance(place, dict)
        and all(isinstance(place.get(name), int) for name in ("row", "col"))
        and isinstance(place.get("className"), str | None)
    )


def _is_merger(merger):
    spans = ("rowspan", "colspan")
    return _is_place(merger) and all(
        isinstance(merger.get(name), int) and 0 < merger[name] <= MOST_SPANNED for name in spans
    )
