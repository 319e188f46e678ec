"""Sets of entries, as they come out of a database and are handed on."""

from dataclasses import dataclass

#: The bits of a key below the day; the number of a row fits well within.
DAY_SHIFT = 40
ROW_MASK = (1 << DAY_SHIFT) - 1


@dataclass(frozen=True)
class Matches:
    """The entries of one kind that meet a query.

    ``keys`` has a number for each, with its day above its row, so that sorting them sorts by
    date. ``facets`` has the marks of all of them, each as often as there is an entry with it.
    """

    keys: list
    facets: list


NOTHING = Matches([], [])


def row_of(key):
    return key & ROW_MASK


def numbers(text):
    """The numbers of a list that the database has joined with commas."""
    return list(map(int, text.split(","))) if text else []
