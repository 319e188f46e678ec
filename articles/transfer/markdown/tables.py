"""The settings of a table as attributes before it: headers, merged cells, alignment.

Cells are named as in a spreadsheet: ``{header=row merge="A1:B1 C2:C4" align="B2:htRight"}``. A
table without attributes has headers in its first row and its first column.
"""

import re

from django.utils.translation import gettext as _

#: What ``header`` may say: the headers of first row and first column, and the choice of the editor.
HEADERS = {
    "both": (True, True, "both"),
    "row": (True, False, "row"),
    "column": (False, True, "column"),
    "none": (False, False, "neither"),
}
_CELL = re.compile(r"([A-Z]+)([1-9][0-9]{0,4})")
_ATTRIBUTES = {"id", "header", "merge", "align", "caption"}
MOST_MERGED = 1000


def settings_of(attributes):
    """The settings of a stored table; a ``ValueError`` says what is wrong with ``attributes``."""
    if unknown := attributes.keys() - _ATTRIBUTES:
        raise ValueError(_("a table has no “%(name)s”") % {"name": min(unknown)})
    header = attributes.get("header", "both")
    if header not in HEADERS:
        known = {"name": header, "known": ", ".join(HEADERS)}
        raise ValueError(_("“%(name)s” is none of the headers %(known)s") % known)
    is_row, is_column, choice = HEADERS[header]
    return {
        "cell": [_aligned(each) for each in attributes.get("align", "").split()],
        "mergeCells": [_merged(each) for each in attributes.get("merge", "").split()],
        "first_row_is_table_header": is_row,
        "first_col_is_header": is_column,
        "table_header_choice": choice,
        "table_caption": attributes.get("caption", ""),
    }


def attributes_of(table):
    """The attributes, by name, that say the settings of a stored ``table``."""
    found = {}
    stored = (bool(table.get("first_row_is_table_header")), bool(table.get("first_col_is_header")))
    header = next(name for name, said in HEADERS.items() if said[:2] == stored)
    if header != "both":
        found["header"] = header
    if merged := table.get("mergeCells"):
        found["merge"] = " ".join(_range_of(each) for each in merged)
    aligned = [each for each in table.get("cell") or () if each.get("className")]
    if aligned:
        found["align"] = " ".join(
            f"{_name(each['row'], each['col'])}:{each['className'].replace(' ', '.')}"
            for each in aligned
        )
    if table.get("table_caption"):
        found["caption"] = table["table_caption"]
    return found


def _aligned(text):
    cell, _colon, classes = text.partition(":")
    row, column = _place(cell)
    return {"row": row, "col": column, "className": classes.replace(".", " ")}


def _merged(text):
    start, _colon, end = text.partition(":")
    (row, column), (last_row, last_column) = _place(start), _place(end)
    rows, columns = last_row - row + 1, last_column - column + 1
    if not (0 < rows <= MOST_MERGED and 0 < columns <= MOST_MERGED):
        raise ValueError(_("“%(cells)s” are no cells to merge") % {"cells": text})
    return {"row": row, "col": column, "rowspan": rows, "colspan": columns}


def _range_of(merged):
    last_row, last_column = (
        merged["row"] + merged["rowspan"] - 1,
        merged["col"] + merged["colspan"] - 1,
    )
    return f"{_name(merged['row'], merged['col'])}:{_name(last_row, last_column)}"


def _place(cell):
    """``(row, column)``, counted from 0, of a cell such as B2."""
    found = _CELL.fullmatch(cell)
    if found is None or len(found[1]) > 3:
        raise ValueError(_("“%(cell)s” is no cell such as B2") % {"cell": cell})
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _name(row, column):
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
