"""Which columns of a table hold numbers, and so are aligned at their end."""

import re

#: A number with an optional sign, currency, or unit of a few letters.
_NUMBER = re.compile(
    r"""[<>≈~±]?\s*(?:CHF|EUR|USD|Fr\.|[€$£¥])?\s*[+−–-]?\s*
    \d[\d\s'’.,/]*[–—-]?\s*
    (?:[%‰°€$£¥]|[^\W\d_]{1,4}[²³]?(?:/[^\W\d_]{1,3}[²³]?)?\.?)?""",
    re.X,
)
#: Texts of cells without a number.
_NOTHING = ("", "-", "–", "—", "…", "...", "?", "*")
#: The same in words: « non disponible », “not available”.
_NOT_AVAILABLE = re.compile(r"n\.?\s?[ad]\.?|n/a", re.I)


def number_columns(table):
    """The indexes of the columns of ``table``, the value of a table block, that hold numbers.

    Every cell below the header is a number or marks a missing one. A column of row headers is not
    included.
    """
    rows = table.get("data") or []
    body = rows[1:] if table.get("first_row_is_table_header") else rows
    first = 1 if table.get("first_col_is_header") else 0
    columns = range(first, max(map(len, body), default=0))
    return {each for each in columns if _holds_numbers([row[each : each + 1] for row in body])}


def _holds_numbers(cells):
    # With runs of spaces the expression would take very long.
    texts = [" ".join(str(cell).split()) for found in cells for cell in found if cell is not None]
    numbers = [each for each in texts if not _is_blank(each)]
    return bool(numbers) and all(map(_NUMBER.fullmatch, numbers))


def _is_blank(text):
    return text in _NOTHING or _NOT_AVAILABLE.fullmatch(text) is not None
