"""The rules: one passage of one language, set in one go.

A passage is what is read in one breath, a paragraph or a cell. Signs stand in it for the tags and
for what is not to be touched, so that a rule sees past ``<em>`` and stops at ``<code>``.
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
    pattern_of,
    reference_pattern,
    title_pattern,
)
from themes.typography.quotation import Quotations
from themes.typography.ranges import is_range

#: As far back as a word may begin that a number belongs to, in characters.
REACH = 8
#: As far back as the name of a sign, ``:smile:``, may begin.
LONGEST_CODE = 40
_SHORT_CODE = re.compile(r"(?<!\w):[\w+\-]+$")
_GROUPED = re.compile(r"(?<![\d'’])\d{1,3}(?:'\d{3})+(?![\d'’])")
_DIGITS_BEFORE = re.compile(rf"[\d+)][{SPACES}]$")
_DIGITS_AFTER = re.compile(rf"[{SPACES}.\-/]\d")
_RAISED = re.compile(rf"[\dIVX]{TAG}(?:er|re|e){TAG}$")


class Passage:
    """One passage; each rule is a method and returns what stands in place of what was found."""

    def __init__(self, text, conventions, raises_ordinals=True):
        text = APOSTROPHES.sub(APOSTROPHE, text)
        self.text = DOTS.sub(ELLIPSIS, text)
        self.conventions = conventions
        self.raises_ordinals = raises_ordinals
        self.quotations = Quotations(conventions)

    def set(self):
        return pattern_of(self.conventions).sub(self._replace, self.text)

    def _replace(self, found):
        return getattr(self, found.lastgroup)(found)

    # What stands around a place

    def before(self, position):
        """The character before a position and where it is; "" at the beginning."""
        position -= 1
        while position >= 0 and self.text[position] == TAG:
            position -= 1
        return (self.text[position], position) if position >= 0 else ("", -1)

    def after(self, position):
        """The character at a position or after the tags there, and where it is; "" at the end."""
        while position < len(self.text) and self.text[position] == TAG:
            position += 1
        return (self.text[position], position) if position < len(self.text) else ("", position)

    # Spaces before punctuation

    def gap(self, found):
        """Marks with a space that was typed before them."""
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
        """Marks without a space before them."""
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
        """Whether marks are punctuation: no address, no time, no face made of signs."""
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
        """Whether a colon ends the name of a sign, ``:smile:``."""
        return _SHORT_CODE.search(self.text, max(0, position - LONGEST_CODE), position) is not None

    # Quotation marks

    def inside(self, found):
        """The space that was typed before a closing guillemet."""
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
        """Whether a straight mark stands between thousands: 10'000."""
        start = position
        while start and (self.text[start - 1].isdigit() or self.text[start - 1] == "'"):
            start -= 1
        found = _GROUPED.match(self.text, start)
        return found is not None and found.end() > position

    # Dashes

    def dash(self, found):
        """A hyphen, or two, between spaces and words is a dash."""
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

    # Numbers and what belongs to them

    def groups(self, found):
        """Thousands, unless the figures are part of something longer, such as a telephone's."""
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
        """The space after an ordinal whose ending was raised by hand."""
        before = self.text[max(0, found.start() - REACH) : found.start()]
        return NO_BREAK if _RAISED.search(before) else found[0]

    def ordinal(self, found):
        """Figures with a raised ending; a text without markup keeps it as it is."""
        typed = found[0].rstrip(" ")
        space = NO_BREAK if typed != found[0] else ""
        if not self.raises_ordinals:
            return f"{typed}{space}"
        figures = typed.rstrip("ersnd")
        return f"{figures}<sup>{typed[len(figures) :]}</sup>{space}"

    roman = ordinal
