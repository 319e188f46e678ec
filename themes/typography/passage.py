"""The rules, applied to one passage of one language at a time.

A passage is the text of a block, such as a paragraph or a table cell. Placeholders in it represent
tags and parts that are left alone, so that rules ignore ``<em>`` and treat ``<code>`` as a word.
"""

import re

from diptych.themes.typography.characters import (
    AFTER_MARK,
    APOSTROPHE,
    BLANK,
    BREAK,
    CLOSING,
    DOUBLE_PRIME,
    ELLIPSIS,
    EM_DASH,
    EN_DASH,
    NARROW,
    NO_BREAK,
    OPENING,
    PRIME,
    SPACES,
    TAG,
    is_word,
)
from diptych.themes.typography.patterns import (
    APOSTROPHES,
    DOTS,
    INITIALS,
    MINUTES,
    RAISED_ENDING,
    measure_pattern,
    pattern_of,
    place_pattern,
    title_pattern,
)
from diptych.themes.typography.quotation import Quotations

#: The greatest length of a word before a number or name that is kept with it, in characters.
REACH = 12
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
_LAST_WORD = re.compile(r"""[^\s(\[«‹“‘"'’;:!?…]*$""")
_NEXT_WORD = re.compile(r"[\w’']*")
_TITLE_AFTER = re.compile(rf"[{SPACES}{TAG}]+[^\W\d_a-zà-ÿ]")
_DAY = re.compile(r"\d{1,2}(?!\d)")
_FIGURES = re.compile(r"[0-9IVX ]+")
#: The first letters of names with a click, such as ǃKung, which is written !Kung.
CLICKS = "KX"
#: How many figures a telephone number has.
FIGURES_OF_TELEPHONES = range(9, 16)
#: The Roman numerals of monarchs and popes.
_MONARCH = re.compile(r"[IVX]+(?:er|re)?(?!\w)")
#: Words before the ordinal Ire: the name of a queen, or the article.
_BEFORE_FIRST = re.compile(rf"(?:(?<![\w’'\-])[Ll]a|[A-ZÀ-ÞĀ-Ž][\w\-]*[a-zà-ÿ])[{SPACES}{TAG}]+$")
#: The least length of a name before a Roman numeral.
SHORTEST_NAME = 3
#: The least length of an ending of an ordinal that is not abbreviated.
SHORTEST_LONG_ENDING = 3
#: The short form of the ending of an ordinal, by its last letters.
_ENDINGS = {"mes": "es", "me": "e", "ère": "re", "ere": "re", "ères": "res", "eres": "res"}


class Passage:
    """One passage. Each rule is a method named as its group of the pattern.

    A rule takes the match and returns the replacement.
    """

    def __init__(self, text, conventions, raises_ordinals=True):
        text = APOSTROPHES.sub(APOSTROPHE, text)
        text = DOTS.sub(ELLIPSIS, text)
        text = MINUTES.sub(_with_primes, text) if "°" in text else text
        if conventions.raises_ordinals and TAG in text:
            text = RAISED_ENDING.sub(lambda found: f"{TAG}{_short(found[0])}", text)
        self.text = text
        self.conventions = conventions
        self.raises_ordinals = raises_ordinals
        self.quotations = Quotations(text, conventions)

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

    def face(self, found):
        """An emoticon with the space before it, which stays as it is."""
        return found[0]

    emoticon = face

    def gap(self, found):
        """Punctuation marks with a typed space before them."""
        typed = found[0]
        before, _ = self.before(found.start())
        if before in BLANK or before in OPENING:
            return typed
        rest = typed.lstrip(SPACES)
        marks = rest.lstrip(TAG)
        if self._ends_something(marks, before, found.end()):
            missing = self._missing_after(before, found.end()) if marks == ":" else ""
        elif self._lacks_the_space_after(marks, before, found.end()):
            missing = " "
        else:
            return typed
        return f"{self._space_before(marks[0])}{rest}{missing}"

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
        missing = self._missing_after(before, found.end()) if marks == ":" else ""
        return f"{self._space_before(marks[0])}{marks}{missing}"

    def _missing_after(self, before, position):
        """The space between a colon and a quotation: ``dit:« Oui »``.

        Before a straight mark, which may open none, it is added with the quotation.
        """
        if not self.conventions.before_colon or not is_word(before):
            return ""
        self.quotations.after_colon = position
        return " " if self.text[position : position + 1] in ("«", "“", "‹") else ""

    def _lacks_the_space_after(self, marks, before, position):
        """Whether a word follows marks that end a sentence: ``Trop tard ;il``, ``Qui ?Quoi``."""
        if ":" in marks or not self.conventions.before_high or not is_word(before):
            return False
        after = self.text[position : position + 1]
        if marks == ";":
            return after.isalpha()
        return after.isupper() and not (marks[-1] == "!" and after in CLICKS)

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
        elif prime := self.quotations.prime(found.start()):
            return prime
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

    def hours(self, found):
        """A range of hours: 20h-22h, 9 a.m.-5 p.m."""
        return found[0].replace("-", EN_DASH).replace(" ", NO_BREAK)

    def price(self, found):
        """A price without centimes, 20.-, unless it numbers a paragraph."""
        is_first = self.before(found.start())[0] in ("", BREAK)
        if is_first and _TITLE_AFTER.match(self.text, found.end()):
            return found[0]
        return found[0].replace("-", EN_DASH)

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
        if self.text[end - 1].isdigit() and _DIGITS_AFTER.match(self.text, end):
            return found[0]
        if found[0].rstrip(" ")[-1].isalpha():
            return self.ordinal(found)
        number = found[0].replace(" ", NARROW)
        return number.replace("-", EN_DASH) if self.conventions.has_round_prices else number

    def telephone(self, found):
        if sum(map(str.isdigit, found[0])) not in FIGURES_OF_TELEPHONES:
            return found[0]
        return found[0].replace(" ", NO_BREAK)

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
        if title_pattern(self.conventions).search(before):
            return NO_BREAK
        if not INITIALS.search(before):
            return found[0]
        following = _NEXT_WORD.match(self.text, found.end())[0]
        return found[0] if following in self.conventions.starts else NO_BREAK

    def reference(self, found):
        """The space between a word or sign and the number that it belongs to."""
        word, conventions = self._word_before(found), self.conventions
        if word in conventions.words_before_numbers:
            return NO_BREAK
        if word.lower() in conventions.parts:
            return NO_BREAK
        is_day = word in conventions.words_before_days and _DAY.match(self.text, found.end())
        return NO_BREAK if is_day else found[0]

    def numeral(self, found):
        """The space before a Roman numeral: chapitre IV, Louis XIV."""
        word = self._word_before(found)
        if word.lower() in self.conventions.parts:
            return NO_BREAK
        monarch = _MONARCH.match(self.text, found.end())
        # The pronoun "I" is a numeral to no name.
        if monarch and word[:1].isupper() and len(word) >= SHORTEST_NAME and monarch[0] != "I":
            return NO_BREAK
        return self.title(found)

    def licence(self, found):
        return NO_BREAK

    def _word_before(self, found):
        before = self.text[max(0, found.start() + 1 - REACH) : found.start()]
        return _LAST_WORD.search(before)[0]

    def century(self, found):
        """The space after an ordinal whose ending is marked up as superscript."""
        before = self.text[max(0, found.start() - REACH) : found.start()]
        return NO_BREAK if _RAISED.search(before) else found[0]

    def ordinal(self, found):
        """An ordinal, whose ending becomes superscript in HTML and stays as it is in plain text."""
        typed = found[0].rstrip(" ")
        space = NO_BREAK if typed != found[0] else ""
        figures = _FIGURES.match(typed)[0]
        ending = _short(typed[len(figures) :])
        figures = figures.replace(" ", NARROW)
        if not self.raises_ordinals:
            return f"{figures}{ending}{space}"
        return f"{figures}<sup>{ending}</sup>{space}"

    def roman(self, found):
        """An ordinal in Roman numerals. Elsewhere than after a name or "la", Ire is a noun."""
        start = found.start()
        if found[0].startswith("Ire") and not _BEFORE_FIRST.search(
            self.text[max(0, start - REACH) : start]
        ):
            return found[0]
        return self.ordinal(found)


def _short(ending):
    """The ending of an ordinal as it is abbreviated: e for ème, re for ère."""
    if len(ending) < SHORTEST_LONG_ENDING:
        return ending
    for last, short in _ENDINGS.items():
        if ending.endswith(last):
            return short
    return ending


def _with_primes(found):
    """The minutes and seconds of an angle, held together.

    Seconds without a letter keep their mark, which may close a quotation.
    """
    angle = found[0].replace("'", PRIME).replace("’", PRIME).replace(" ", NO_BREAK)
    if not found["compass"] and not found.string[found.end() : found.end() + 1].isalpha():
        return angle
    return angle.replace('"', DOUBLE_PRIME).replace("”", DOUBLE_PRIME)


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
