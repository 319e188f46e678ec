"""A language, a term and a text as one number."""

import numpy as np

from articles.related.words import BITS

ROW_BITS = 31
ROW = (1 << ROW_BITS) - 1
TERM_BITS = ROW_BITS + BITS


def keys_of(number, terms, row_id):
    """The keys of a text, that of the row ``row_id``, under each of ``terms``.

    ``number`` is that of its language.
    """
    return _start(number, terms) | row_id


def ranges_of(number, terms):
    """The least and the greatest key there can be for each of ``terms``."""
    first = _start(number, terms)
    return first, first | ROW


def range_of_language(number):
    """The least and the greatest key there can be for a language."""
    return number << TERM_BITS, ((number + 1) << TERM_BITS) - 1


def _start(number, terms):
    return (terms.astype(np.int64) << ROW_BITS) | (number << TERM_BITS)


def rows_of(keys):
    """The rows of the texts that ``keys`` lead to."""
    return keys & ROW


def rows_between(keys, first, last, most=None):
    """The rows that ``keys``, in ascending order, lead to from each of ``first`` to ``last``.

    Of more than ``most`` the newest.
    """
    starts, ends = np.searchsorted(keys, first), np.searchsorted(keys, last, side="right")
    if most:
        starts = np.maximum(starts, ends - most)
    return [rows_of(keys[start:end]) for start, end in zip(starts, ends, strict=True)]
