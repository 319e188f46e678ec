"""A table as a browser sends it: what could not be shown again is mended or refused."""

import json

from wagtail.contrib.table_block import blocks

from articles.characters import whole_characters

#: A cell that is wider or taller than this reaches beyond any table.
MOST_SPANNED = 1000


class TableBlock(blocks.TableBlock):
    """Wagtail's table, which takes whatever JSON it is sent; malformed content is a ``ValueError``.

    Stored once, it would make the page it stands in fail for good.
    """

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
    """The list of that name; something that is none is a list of what no list holds."""
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
