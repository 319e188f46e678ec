"""Numbers of a text, written alike whatever the conventions of its language."""

import re
from collections import Counter
from dataclasses import dataclass

_DATE = re.compile(r"(?<![\d.,])(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?![\d])")
#: Groups of three digits and decimals; a time such as 12:30 is two numbers.
_NUMBER = re.compile(
    r"\d{1,3}(?:[.,'’\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE} ]\d{3})+(?!\d)(?:[.,]\d+)?"
    r"|\d+(?:[.,]\d+)?"
)
#: A time as nothing else is written, and what is one only if the other text has its minutes.
_TIME = re.compile(r"(?<!\d)\d{1,2}(?:\s?h\s?|:)([0-5]\d)(?!\d)")
_TIME_WITH_POINT = re.compile(r"(?<![\d.,])(\d|[01]\d|2[0-4])\.([0-5]\d)(?![\d%])(?![.,]\d)")
_SEPARATORS = re.compile(r"\D")
_AFTERNOON = re.compile(r"(?:\D\d\d)?\s?p\.?\s?m\b", re.IGNORECASE)
_ORDINAL = re.compile(r"st\b|nd\b|rd\b|th\b|e\b|er\b|re\b|è?mes?\b|º|ª|°")
#: German ordinals have a point, which ends a sentence as well.
_ORDINAL_WITH_POINT = re.compile(r"\.\s?(?=[A-Za-zÀ-ÿ])")
_DECADE = re.compile(r"['’]?s\b|er\b")
#: Between the first and the last number of a range.
_TO = re.compile(r"\s?[-\N{NON-BREAKING HYPHEN}\N{EN DASH}/]\s?['’]?")
#: The first number of a range whose last one is shortened has so many digits.
_SHORTEST_BEGINNING = 3
#: Up to this number, and as tens, hundreds and thousands, numbers are often written in words.
_LARGEST_IN_WORDS = 20


@dataclass(frozen=True)
class Number:
    """A number as it is ``written``, and the ``digits`` that it may have in another language.

    ``may_be_words`` says whether a translation may have it in words or in Roman numerals.
    """

    written: str
    digits: frozenset
    may_be_words: bool


def numbers_of(text, other=""):
    """Every :class:`Number` in ``text``, in order; ``other`` is the text in another language."""
    text, numbers, before = _split(_with_colons(text, other)), [], None
    for found in _NUMBER.finditer(text):
        is_range = before and _TO.fullmatch(text, before.end(), found.start())
        whole = _unshortened(before[0], found[0]) if is_range else None
        numbers.append(_number(found[0], text[found.end() :], whole))
        before = found
    return numbers


def missing_numbers(source, target):
    """As written, the numbers of ``source`` that ``target`` has neither in digits nor in words.

    One that may be written in words, or that ``target`` has less often, is missing only if
    ``target`` has a number of its own instead.
    """
    here, there = numbers_of(target, source), numbers_of(source, target)
    left = Counter(digits for each in here for digits in each.digits)
    present, known = {*left}, {digits for each in there for digits in each.digits}
    others = sum(each.digits.isdisjoint(known) for each in here)
    missing = []
    for number in there:
        found = next((digits for digits in number.digits if left[digits]), None)
        if found is not None:
            left[found] -= 1
        elif not number.may_be_words and number.digits.isdisjoint(present):
            missing.append(number.written)
        elif others:
            others -= 1
            missing.append(number.written)
    return missing


def _with_colons(text, other):
    """``text`` with a colon in the times that it has with a point, as in 6.40 a.m. for 6 h 40."""
    minutes = {*_TIME.findall(other)}
    return _TIME_WITH_POINT.sub(
        lambda time: ":".join(time.groups()) if time[2] in minutes else time[0], text
    )


def _split(text):
    """``text`` with the parts of dates in digits apart, in whichever order a language has them."""
    return _DATE.sub(lambda date: " ; ".join(date.groups()), text)


def _unshortened(first, last):
    """The digits of the last number of a range that lacks the first ones: 1881 of 1880–81."""
    left_out = len(first) - len(last)
    if not (first + last).isdigit() or len(first) < _SHORTEST_BEGINNING or left_out < 1:
        return None
    whole = int(first[:left_out] + last)
    return str(whole if whole > int(first) else whole + 10 ** len(last))


def _number(written, behind, whole=None):
    digits = _SEPARATORS.sub("", written).lstrip("0") or "0"
    readings, value = {digits, whole or digits}, int(digits)
    if value < 13 and _AFTERNOON.match(behind):
        readings.add(str(value + 12))
    if len(digits) == 4 and _DECADE.match(behind):
        readings.add(digits[2:])
    is_round = value <= 1000 and str(value).rstrip("0") in {*"123456789"}
    is_ordinal = _ORDINAL.match(behind) or (value < 100 and _ORDINAL_WITH_POINT.match(behind))
    may_be_words = value <= _LARGEST_IN_WORDS or is_round or bool(is_ordinal)
    return Number(written, frozenset(readings), may_be_words)
