"""HTML tables as the value of a table block."""

from diptych.articles.languages.config.primary_keys import DIGITS
from diptych.articles.richtext.parsing import topmost

#: Larger tables are left out; the editor could not show them.
MOST_CELLS, MOST_COLUMNS = 5000, 60


class TooLarge(Exception):
    """The table has more cells than a table block can hold."""


def rows_of(table):
    """The rows of ``table`` itself, without those inside its cells."""
    return topmost(table, ("tr",), without=("table",))


def cells_of(row):
    return row(["td", "th"], recursive=False)


def is_layout(table, rows):
    """Whether a table only places its content: it has one cell, or says so."""
    return table.get("role") == "presentation" or sum(len(cells_of(row)) for row in rows) <= 1


def table_value(table, rows, text_of):
    """``(stored value of a table block, whether cells were merged)``.

    ``rows`` are those of :func:`rows_of`. ``text_of`` gives the text of a cell. The editor has no
    merged cells: the first holds the text, the others are empty, as are those that short rows lack.
    """
    texts, is_merged = _grid(rows, text_of)
    header_row = bool(table.find("thead")) or any(_all_headings(cells_of(row)) for row in rows[:1])
    body = [cells_of(row) for row in rows[1 if header_row else 0 :]]
    header_column = bool(body) and all(cells and cells[0].name == "th" for cells in body)
    value = {
        "data": texts,
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": header_row,
        "first_col_is_header": header_column,
        "table_header_choice": _CHOICES[header_row, header_column],
        "table_caption": "",
    }
    return value, is_merged


_CHOICES = {
    (False, False): "neither",
    (True, False): "row",
    (False, True): "column",
    (True, True): "both",
}


def _all_headings(cells):
    return bool(cells) and all(cell.name == "th" for cell in cells)


def _grid(rows, text_of):
    """The texts of all cells as rows of one length, and whether any were merged."""
    texts, is_merged = {}, False
    for row, tag in enumerate(rows):
        column = 0
        for cell in cells_of(tag):
            while (row, column) in texts:
                column += 1
            height = min(_span(cell, "rowspan"), len(rows) - row)
            width = _span(cell, "colspan")
            _check(len(rows), column + width)
            places = [
                (row + down, column + over) for down in range(height) for over in range(width)
            ]
            texts |= dict.fromkeys(places, "")
            texts[row, column] = text_of(cell)
            is_merged = is_merged or height > 1 or width > 1
            column += width
    columns = max((column for _row, column in texts), default=-1) + 1
    lines = [
        [texts.get((row, column), "") for column in range(columns)] for row in range(len(rows))
    ]
    return lines, is_merged


def _check(rows, columns):
    if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise TooLarge


def _span(cell, name):
    value = str(cell.get(name) or "").strip()
    is_number = value.isascii() and value.isdecimal() and len(value) <= DIGITS
    return max(1, int(value)) if is_number else 1
