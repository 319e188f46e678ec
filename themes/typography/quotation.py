"""Replaces straight quotation marks by opening and closing ones.

Typographic marks in the text are kept; they only change the level of quotation.
"""

import re
from collections import Counter
from functools import cached_property

from diptych.themes.typography.characters import (
    AMBIGUOUS,
    APOSTROPHE,
    BLANK,
    BREAK,
    CLOSING,
    DOUBLE_PRIME,
    NEVER_FIRST,
    OPENING,
    PRIME,
    SPACES,
    TAG,
    is_word,
)
from diptych.themes.typography.vocabulary import CLIPPED

#: A straight single mark that may be a closing mark.
_MATE = re.compile(r"[^\s'(\[{«“‘]'(?!\w)")
#: A word or a year with an initial apostrophe: ’tis, ’90s.
_CLIPPED = re.compile(rf"'(?:\d\ds?|(?:{'|'.join(CLIPPED)}))(?!\w)", re.IGNORECASE)
#: Feet or minutes before the mark of inches or seconds, and the mark of the former: 5'10".
_INCHES = re.compile(
    rf"(?<!\d)(?<!\d['’])\d{{1,3}}['’]\d{{1,2}}$|\d{PRIME}[{SPACES}]?\d{{1,2}}(?:[.,]\d{{1,4}})?$"
)
_BEFORE_FEET = re.compile(r"(?<!\d)(?<!\d['’])\d{1,3}$")
#: The length of the longest match of the former, including its lookbehind.
_REACH = 10
_FEET = re.compile(r"\d{1,2}[\"”]")
#: Characters before a straight double mark that may be a closing mark.
_BEFORE_DOUBLE_MATE = re.compile(r'\S(?="(?!\w))')
#: The text up to the next straight double mark, where that opens a quotation.
_REOPENING = re.compile(rf"""[^"]*+(?:(?<=[\s{BREAK}])|(?<=[\s{BREAK}]{TAG}))"{TAG}*(?=\w)""")
_OPENING_OF = {"»": "«", "›": "‹", "”": "“", "’": "‘"}


class Quotations:
    """The stack of open quotations of a passage.

    Each entry is the opening mark and the straight mark it replaced, "" if none. The time that
    all marks of a passage take is in proportion to its length.
    """

    def __init__(self, text, conventions):
        self.text = text
        self.conventions = conventions
        self.open = []
        #: How many open quotations have a mark, opening or replaced.
        self.counts = Counter()
        self.opened_at = -1
        #: The position after a colon that a space has to follow if a quotation opens there.
        self.after_colon = -1
        self.seen_any = False

    @property
    def innermost(self):
        return self.open[-1][0] if self.open else ""

    def take_opening(self, mark, position):
        """Open a quotation with a typographic mark."""
        self._push(mark, "", position)

    def take_closing(self, mark):
        self.seen_any = True
        self._close(_OPENING_OF[mark])

    def _push(self, opening, typed, position):
        self.open.append((opening, typed))
        self.counts.update((opening, typed))
        self.opened_at = position
        self.seen_any = True

    def _close(self, mark):
        """Close the innermost quotation with ``mark``, opening or replaced, and those inside it.

        Returns its opening mark; ``None`` if no quotation that is open has the mark.
        """
        is_open = self.counts[mark] > 0
        while is_open:
            entry = self.open.pop()
            self.counts.subtract(entry)
            if mark in entry:
                return entry[0]
        return None

    @cached_property
    def _last_mate(self):
        """The position of the last straight single mark that may close a quotation, or -1."""
        return max((found.start() for found in _MATE.finditer(self.text)), default=-1)

    @cached_property
    def _last_double_mate(self):
        """The position before the last straight double mark that may close a quotation, or -1."""
        before = (found.start() for found in _BEFORE_DOUBLE_MATE.finditer(self.text))
        return max(before, default=-1)

    def _is_closed_after(self, position):
        """Whether a straight double mark after ``position`` may close the open quotation."""
        return self._last_double_mate >= position and not _REOPENING.match(self.text, position)

    @cached_property
    def _first_curly(self):
        """The position of the first “; that of the end of the passage if there is none."""
        found = self.text.find("“")
        return len(self.text) if found < 0 else found

    def prime(self, position):
        """The prime for the mark at ``position`` if it is part of 5'10", "" otherwise.

        Where it may as well close a quotation, it is no prime.
        """
        text, mark = self.text, position
        if not text[mark - 1 : mark].isdigit():
            return ""
        if text[mark] in "'’":
            found = _FEET.match(text, mark + 1)
            if found is None or not _BEFORE_FEET.search(text[max(0, mark - _REACH) : mark]):
                return ""
            mark = found.end() - 1
        elif not _INCHES.search(text[max(0, mark - _REACH) : mark]):
            return ""
        if text[mark + 1 : mark + 2].isalpha():
            return ""
        if text[mark] == "”":
            is_closing = self._first_curly < position
        else:
            is_closing = self.counts['"'] > 0 and not self._is_closed_after(mark + 1)
        if is_closing:
            return ""
        return PRIME if mark > position else DOUBLE_PRIME

    def double(self, passage, position):
        """The replacement of the straight double mark at ``position``."""
        before, after = self._around(passage, position)
        if before.isdigit() and (prime := self.prime(position)):
            return prime
        if self._can_open(before, after):
            marks = self.conventions.next_quotation(self.innermost)
            return self._begin(marks, '"', position)
        if before in BLANK or before in OPENING:
            return self._leave('"')
        marks = self._end('"')
        if marks is None and self._closes_an_earlier_paragraph(before, after):
            marks = self.conventions.quotations[0]
        self.seen_any = True
        return f"{marks.space}{marks.closing}" if marks else '"'

    def single(self, passage, position):
        """The replacement of the straight single mark at ``position``, often an apostrophe."""
        if prime := self.prime(position):
            return prime
        before, after = self._around(passage, position)
        if is_word(before) and is_word(after):
            return "'" if before.isdigit() and after.isdigit() else APOSTROPHE
        if before in BLANK or before in OPENING or before in AMBIGUOUS:
            return self._opening_single(position, after)
        marks = self._end("'")
        if marks is not None:
            return f"{marks.space}{marks.closing}"
        return APOSTROPHE if before.isalpha() else "'"

    def _opening_single(self, position, after):
        if not is_word(after) and after not in OPENING and after not in "\"'":
            return "'"
        if not after:
            return "'"
        if _CLIPPED.match(self.text, position):
            return APOSTROPHE
        if self._last_mate <= position:
            return APOSTROPHE if is_word(after) else "'"
        marks = self.conventions.single
        if self.innermost:
            marks = self.conventions.next_quotation(self.innermost)
        return self._begin(marks, "'", position)

    def _around(self, passage, position):
        """The characters before and after a mark; after a replaced opening mark, “ before."""
        before, place = passage.before(position)
        if place == self.opened_at and before in ("'", '"'):
            before = "“"
        return before, passage.after(position + 1)[0]

    def _can_open(self, before, after):
        if after in BLANK or after in NEVER_FIRST:
            return False
        if before in AMBIGUOUS:
            return is_word(after)
        return before in BLANK or before in OPENING

    def _begin(self, marks, typed, position):
        self._push(marks.opening, typed, position)
        missing = " " if position == self.after_colon and marks.opening in "«“‹" else ""
        return f"{missing}{marks.opening}{marks.space}"

    def _end(self, typed):
        """Close the innermost quotation opened by ``typed``; its marks, or ``None``."""
        opening = self._close(typed)
        return None if opening is None else self.conventions.marks_by_opening[opening]

    def _closes_an_earlier_paragraph(self, before, after):
        """Whether a mark closes a quotation that started in an earlier passage."""
        if self.seen_any or before.isdigit():
            return False
        return not is_word(after) and (before.isalpha() or before in CLOSING)

    def _leave(self, mark):
        self.seen_any = True
        return mark
