"""The rules, applied to one passage of one language at a time.

A passage is the text of a block, such as a paragraph or a table cell. Placeholders in it represent
tags and parts that are left alone, so that rules ignore ``<em>`` and treat ``<code>`` as a word.
"""

import re

from themes.typography.characters import (
    AFTER_MARK,
    APOSTROPHE,
    BLANK,
    CLOSING,
    ELLIPSIS,
    EM_DASH,
    EN_DASH,
    NARROW,
    NO_BREAK,
    OPENING,
    SPACES,
    TAG,
    is_word,
)
from themes.typography.patterns import (
    APOSTROPHES,
    DOTS,
    measure_pattern,
    pattern_of,
    place_pattern,
    reference_pattern,
    title_pattern,
)
from themes.typography.quotation import Quotations

#: The greatest length of a word before a number or name that is kept with it, in characters.
REACH = 8
#: The greatest length of an emoji short code such as ``:smile:``.
LONGEST_CODE = 40
YEARS = range(1000, 2101)
#: The greatest length of a word before a range that marks it as one, in characters.
RANGE_REACH = 12
#: The least second number of a year range in short form; below it, it may be a month.
FIRST_NOT_A_MONTH = 13
_SHORT_CODE = re.compile(r"(?<!\w):[\w+\-]+$")
_GROUPED = re.compile(r"(?<![\d'’])\d{1,3}(?:'\d{3})+(?![\d'’])")
_DIGITS_BEFORE = re.compile(rf"[\d+)][{SPACES}]$")
_DIGITS_AFTER = re.compile(rf"[{SPACES}.\-/]\d")
_RAISED = re.compile(rf"[\dIVX]{TAG}(?:er|re|e){TAG}$")


class Passage:
    """One passage. Each rule is a method named as its group of the pattern.

    A rule takes the match and returns the replacement.
    """

    def __init__(self, text, conventions, raises_ordinals=True):
        text = APOSTROPHES.sub(APOSTROPHE, text)
        self.text = DOTS.sub(ELLIPSIS, text)
        self.conventions = conventions
        self.raises_ordinals = raises_ordinals
        self.quotations = Quotations(conventions)

    def typeset(self):
        return pattern_of(self.conventions).sub(self._replace, self.text)

    def _replace(self, found):
        return getattr(self, found.lastgroup)(found)

    # Context of a position

    def before(self, position):
        """The character before ``position`` and its position, tags skipped; "" at the start."""
        position -= 1
        while position >= 0 and self.text[position] == TAG:
            position -= 1
        return (self.text[position], position) if position >= 0 else ("", -1)

    def after(self, position):
        """The character at ``position`` and its position, tags skipped; "" at the end."""
        while position < len(self.text) and self.text[position] == TAG:
            position += 1
        return (self.text[position], position) if position < len(self.text) else ("", position)

    # Spaces before punctuation

    def gap(self, found):
        """Punctuation marks with a typed space before them."""
        typed = found[0]
        before, _ = self.before(found.start())
        if before in BLANK or before in OPENING:
            return typed
        rest = typed.lstrip(SPACES)
        marks = rest.lstrip(TAG)
        if not self._ends_something(marks, before, found.end()):
            return typed
        return f"{self._space_before(marks[0])}{rest}"

    def mark(self, found):
        """Punctuation marks without a space before them."""
        marks = found[0]
        before, _ = self.before(found.start())
        if not (is_word(before) or before in CLOSING) or before == ELLIPSIS:
            return marks
        if not self._ends_something(marks, before, found.end()):
            return marks
        if marks[0] == ":" and self._is_in_short_code(found.start()):
            return marks
        return f"{self._space_before(marks[0])}{marks}"

    def _space_before(self, mark):
        if mark == ":":
            return self.conventions.before_colon
        return self.conventions.before_high

    def _ends_something(self, marks, before, position):
        """Whether ``marks`` are punctuation, and not part of a URL, a time or an emoticon."""
        after, place = self.after(position)
        if marks[0] == ":" and len(marks) > 1 and marks.strip(":!?"):
            return False
        if marks[0] in ":;" and after == ")":
            return False
        if marks == ":":
            following = self.after(place + 1)[0] if after in BLANK else ""
            if before.isdigit() and following.isdigit():
                return False
            return after in AFTER_MARK or after in "«“‹"
        return after in AFTER_MARK

    def _is_in_short_code(self, position):
        """Whether the colon at ``position`` ends an emoji short code such as ``:smile:``."""
        return _SHORT_CODE.search(self.text, max(0, position - LONGEST_CODE), position) is not None

    # Quotation marks

    def inside(self, found):
        """The typed space before a closing guillemet."""
        _, place = self.after(found.end())
        marks = self.conventions.spaced_marks.get(self.text[place])
        before, _ = self.before(found.start())
        if marks is None or before in BLANK or before in OPENING:
            return found[0]
        return found[0] if is_word(self.after(place + 1)[0]) else marks.space

    def opening(self, found):
        typed = found[0]
        marks = self.conventions.spaced_marks.get(typed[0])
        before, _ = self.before(found.start())
        after, _ = self.after(found.end())
        inside = typed[1:]
        if is_word(before):
            return typed
        self.quotations.take_opening(typed[0], found.start())
        if marks is None or after in BLANK or after in "»›":
            return typed
        return f"{typed[0]}{marks.space}{TAG * inside.count(TAG)}"

    def closing(self, found):
        mark = found[0]
        self.quotations.take_closing(mark)
        marks = self.conventions.spaced_marks.get(mark)
        before, _ = self.before(found.start())
        if marks is None or before in BLANK or before in OPENING:
            return mark
        return f"{marks.space}{mark}"

    def curly(self, found):
        mark = found[0]
        if mark in "“‘":
            self.quotations.take_opening(mark, found.start())
        elif not is_word(self.after(found.end())[0]):
            self.quotations.take_closing(mark)
        return mark

    def double(self, found):
        return self.quotations.double(self, found.start())

    def single(self, found):
        if self.conventions.groups_with_apostrophe and self._groups_digits(found.start()):
            return APOSTROPHE
        return self.quotations.single(self, found.start())

    def _groups_digits(self, position):
        """Whether the straight mark at ``position`` separates thousands: 10'000."""
        start = position
        while start and (self.text[start - 1].isdigit() or self.text[start - 1] == "'"):
            start -= 1
        found = _GROUPED.match(self.text, start)
        return found is not None and found.end() > position

    # Dashes

    def dash(self, found):
        """One or two hyphens between words and spaces, which become a dash."""
        before, _ = self.before(found.start())
        after, _ = self.after(found.end())
        if before.isdigit() and after.isdigit():
            return found[0]
        if not (is_word(before) or before in CLOSING):
            return found[0]
        if not (is_word(after) or after in OPENING or after in "\"'"):
            return found[0]
        return f" {EN_DASH} "

    def clause(self, found):
        return EM_DASH

    def dialogue(self, found):
        return f"{found[0][0]}{NO_BREAK}"

    def range(self, found):
        if not is_range(self.text, found, self.conventions):
            return found[0]
        return found[0].replace("-", EN_DASH)

    # Numbers

    def groups(self, found):
        """Digits in groups of three, unless part of a longer number, such as a telephone number."""
        start, end = found.span()
        if _DIGITS_BEFORE.search(self.text[max(0, start - 2) : start]):
            return found[0]
        if _DIGITS_AFTER.match(self.text, end):
            return found[0]
        return found[0].replace(" ", NARROW)

    def unit(self, found):
        if not self.before(found.start())[0].isdigit():
            return found[0]
        if self.after(found.end())[0] not in "%‰":
            return NO_BREAK
        return (
            "" if self.conventions.closes_percent else self.conventions.before_percent or NO_BREAK
        )

    def minutes(self, found):
        return NO_BREAK

    def percent(self, found):
        return f"{self.conventions.before_percent}{found[0]}"

    def sign(self, found):
        return f"{self.conventions.before_sign}{found[0]}"

    def title(self, found):
        before = self.text[max(0, found.start() - REACH) : found.end()]
        return NO_BREAK if title_pattern(self.conventions).search(before) else found[0]

    def reference(self, found):
        before = self.text[max(0, found.start() - REACH) : found.start()]
        is_reference = reference_pattern(self.conventions).search(before)
        return NO_BREAK if is_reference else found[0]

    def century(self, found):
        """The space after an ordinal whose ending is marked up as superscript."""
        before = self.text[max(0, found.start() - REACH) : found.start()]
        return NO_BREAK if _RAISED.search(before) else found[0]

    def ordinal(self, found):
        """An ordinal, whose ending becomes superscript in HTML and stays as it is in plain text."""
        typed = found[0].rstrip(" ")
        space = NO_BREAK if typed != found[0] else ""
        if not self.raises_ordinals:
            return f"{typed}{space}"
        figures = typed.rstrip("ersnd")
        return f"{figures}<sup>{typed[len(figures) :]}</sup>{space}"

    roman = ordinal


def is_range(text, found, conventions):
    """Whether a hyphen between two numbers means "to": years, or numbers next to certain words.

    Other hyphens occur in dates, scores, versions and telephone numbers.
    """
    first, second = found[0].split("-")
    if _are_years(first, second):
        return True
    if int(first) >= int(second):
        return False
    before = text[max(0, found.start() - RANGE_REACH) : found.start()]
    if place_pattern(conventions).search(before):
        return True
    return measure_pattern(conventions).match(text, found.end()) is not None


def _are_years(first, second):
    """Whether two strings of digits are a range of years: 1914-1918 or 1914-18."""
    if len(first) != len("1914") or int(first) not in YEARS:
        return False
    if len(second) == len("1918"):
        return int(second) in YEARS and int(first) < int(second)
    if len(second) != len("18") or int(second) < FIRST_NOT_A_MONTH:
        return False
    return int(second) > int(first) % 100
