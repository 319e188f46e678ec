"""When a hyphen between two numbers means "to", and is a dash in print.

Most such hyphens mean something else: dates, scores, versions, telephone numbers. Only what is
surely a range is one: years, and numbers beside a word that says so.
"""

from themes.typography.patterns import measure_pattern, place_pattern

YEARS = range(1000, 2101)
#: As far as a word that announces a range may be away, in characters.
REACH = 12
#: No month has that number, so a year with it behind a hyphen is no date.
FIRST_THAT_IS_NO_MONTH = 13


def is_range(text, found, conventions):
    first, second = found[0].split("-")
    if _are_years(first, second):
        return True
    if int(first) >= int(second):
        return False
    before = text[max(0, found.start() - REACH) : found.start()]
    if place_pattern(conventions).search(before):
        return True
    return measure_pattern(conventions).match(text, found.end()) is not None


def _are_years(first, second):
    """Whether this is 1914-1918 or 1914-18."""
    if len(first) != len("1914") or int(first) not in YEARS:
        return False
    if len(second) == len("1918"):
        return int(second) in YEARS and int(first) < int(second)
    if len(second) != len("18") or int(second) < FIRST_THAT_IS_NO_MONTH:
        return False
    return int(second) > int(first) % 100
