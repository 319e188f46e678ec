"""Dates of a text and their months, by the conventions of each language."""

import re
from dataclasses import dataclass
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_ALT

#: 2024-03-05 and 2024/03/05; 5.3.2024, 05/03/24 and, in English, 03/05/2024.
_YEAR_FIRST = re.compile(r"(?<![\d.,/-])\d{4}([./-])(\d{1,2})\1\d{1,2}(?!\d)")
_YEAR_LAST = re.compile(r"(?<![\d.,/-])(\d{1,2})([./-])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)")
_BEHIND_DAY = r"(?:er|st|nd|rd|th|[.ºª°])?\s+(?:of\s+|de\s+)?"
_BEFORE_NUMBER = r",?\s+(?:the\s+|of\s+|de\s+)?"


@dataclass(frozen=True)
class Date:
    """A date as it is ``written``, and the numbers of the ``months`` that it may mean."""

    written: str
    months: frozenset


def wrong_months(source, target):
    """As written, the dates of ``source`` of which ``target`` has another month instead.

    Both have ``words`` and a ``language``.
    """
    here, there = (dates_of(each.words, each.language) for each in (target, source))
    if not here or not there:
        return []
    named = {month for each in here for month in each.months} | _mentioned(target)
    known = {month for each in there for month in each.months} | _mentioned(source)
    others = sum(each.months.isdisjoint(known) for each in here)
    missing = [each.written for each in there if each.months.isdisjoint(named)]
    return missing[:others]


def dates_of(text, language):
    """Every :class:`Date` in ``text``: those in digits, then those with the name of a month."""
    found = [Date(each[0], frozenset([int(each[2])])) for each in _YEAR_FIRST.finditer(text)]
    for each in _YEAR_LAST.finditer(text):
        first, second = int(each[1]), int(each[3])
        may_be_first = _base(language) == "en" and each[2] == "/"
        found.append(Date(each[0], frozenset([first, second] if may_be_first else [second])))
    numbers, _names, pattern = _months(_base(language))
    for each in pattern.finditer(text):
        name = each["before"] or each["behind"]
        found.append(Date(each[0], frozenset([numbers[name.casefold()]])))
    return found


def _mentioned(text):
    """The months that are named anywhere."""
    numbers, names, _pattern = _months(_base(text.language))
    return {numbers[each.casefold()] for each in names.findall(text.words)}


def _base(language):
    return language.partition("-")[0]


@cache
def _months(language):
    """``({name: number}, a pattern of the names, one of dates with them)``."""
    with translation.override(language):
        names = [*MONTHS.items(), *MONTHS_ALT.items()]
        numbers = {str(name).casefold(): number for number, name in names}
    any_name = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    day_first = rf"\b\d{{1,2}}{_BEHIND_DAY}(?P<before>{any_name})\b"
    name_first = rf"\b(?P<behind>{any_name}){_BEFORE_NUMBER}\d{{1,4}}(?:st|nd|rd|th)?\b"
    pattern = re.compile(f"{day_first}|{name_first}", re.IGNORECASE)
    return numbers, re.compile(rf"\b(?:{any_name})\b", re.IGNORECASE), pattern
