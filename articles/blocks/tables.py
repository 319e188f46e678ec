"""Table blocks that repair or reject malformed JSON."""

import json

from django.forms import Media
from django.utils.functional import cached_property
from wagtail.contrib.table_block import blocks

from diptych.articles.richtext.fields import whole_characters

#: The largest row and column span that is accepted.
MOST_SPANNED = 1000

#: The only language in Wagtail's copy of Handsontable; others raise an error there.
LANGUAGE = "en-US"


class TableInput(blocks.TableInput):
    """Wagtail's widget with the context menu in the editor's language, redrawn when shown."""

    @property
    def media(self):
        return super().media + Media(js=["diptych_languages/wagtail/tables.js"])


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
        if table and not is_whole_table(table):
            raise ValueError("This is no table.")
        return table


def is_whole_table(table):
    """Whether ``table`` has the form of a stored table."""
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
    """The list of that name, or one that no check accepts where it is no list."""
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
