"""The regular expressions of the rules, compiled once for each set of conventions."""

import re
from functools import lru_cache

from themes.typography import vocabulary
from themes.typography.characters import BREAK, SPACES, TAG

S = f"[{SPACES}]"
T = f"{TAG}*"

#: Replaced by one character in every language.
APOSTROPHES = re.compile(r"'(?<=[^\W\d_]')(?=[^\W\d_])")
DOTS = re.compile(r"\.\.\.(?<!\.{4})(?![./\\])")

#: The first characters of all other matches. A pattern that starts with a character class is many
#: times faster than one that starts with alternatives, so the alternatives below look back at it.
FIRST = rf"""[{SPACES}'";:!?«»‹›“”‘’0-9OTHERS]"""

#: The name of each group is a method of :class:`themes.typography.passage.Passage`.
SPACE = rf"""
    (?<=[{SPACES}]) (?:
        (?=[;:!?»›{SPACES}{TAG}0-9\-]) (?:
            (?P<gap> {S}*{T}[;:!?]++ )
          | (?P<inside> {S}*(?={T}[»›]) )
          | (?P<dash> (?<=\S[ ])-{{1,2}}[ ](?=\S) )
          | (?P<reference> (?<=[.°º§FRDPos$€£][ ])(?=\d) )
          | (?P<minutes> (?<=\d{S}h[ ])(?=\d\d(?!\d)) )
        )
      | (?<=[0-9{TAG}][ ])(?P<unit> (?={T}(?:UNITS)(?![\w'’\-])) )
      | (?<=[.erst][ ])(?P<title> (?=[^\W\d_a-zà-ÿ]) )
      MORE
    )
"""
COMMON = rf"""
    | (?<![{SPACES}]) (?:
      (?<=')(?P<single>)
    | (?<=[;:!?])(?P<mark> [;:!?]*+ )
    | (?<=")(?P<double>)
    | (?<=[0-9])(?<!\w.)(?:
          (?P<groups> (?<=[1-9])(?<![.,+/\-].)\d{{0,2}}(?:[ ]\d{{3}})+(?!\d) )
        | (?P<range> (?<![.,:/+\-–—].)\d{{0,3}}-\d{{1,4}}(?![\w/+\-–—]|[.,:]\d) )
        MORE
      )
    | (?<=[«‹])(?P<opening> {S}*{T}{S}* )
    | (?<=[»›])(?P<closing>)
    | (?<=[“”‘’])(?P<curly> (?<!’)|(?!\w) )
"""

CENTURY = rf"| (?<={TAG}[ ])(?P<century> (?=(?:CENTURIES)\b) )"
ORDINAL = r"""
        | (?P<ordinal> (?<![.,#].)(?<!\d[\-–].)
            (?: (?<=1)(?:ers?|res?) | (?<=2)(?:nde?s?|de) | (?<=[1-9])\d{0,3}es? )
            (?![\w'’]) (?:[ ](?=(?:CENTURIES|MONTHS)\b))? )
"""
FRENCH = rf"""
    | (?<=[IVX])(?P<roman> (?<![\w.,#].)
        (?: [IVX]+es? | (?<=I)(?:er|re) | (?<=[VX])e(?={S}(?:CENTURIES)\b) )
        (?![\w'’]) (?:[ ](?=(?:CENTURIES)\b))? )
    | (?P<dialogue> (?<=[—–])(?<![^\n{BREAK}].)[ ](?={T}[\w«“"'‘(]) )
"""
PERCENT = r"| (?P<percent> (?<=\d[%‰])(?!\w) )"
SIGN = r"| (?P<sign> (?<=\d€)(?!\w) | (?<=\d°)(?=[CF](?!\w)) )"
EM_DASH = r"| (?P<clause> (?<=\w-)-(?=\w) )"


def _any_of(words):
    """Alternatives for ``words``, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=8)
def pattern_of(conventions):
    """The pattern that matches every place of a passage a rule may change."""
    is_french = conventions.raises_ordinals
    parts = [
        FIRST.replace("OTHERS", _other_beginnings(conventions)),
        "(?:",
        SPACE.replace("MORE", CENTURY if is_french else ""),
        COMMON.replace("MORE", ORDINAL if is_french else ""),
        FRENCH if is_french else "",
        PERCENT if conventions.before_percent else "",
        SIGN if conventions.before_sign else "",
        EM_DASH if conventions.joins_clauses_with_em_dash else "",
        "))",
    ]
    words = {
        "UNITS": [*vocabulary.UNITS, *conventions.units, *conventions.months],
        "CENTURIES": vocabulary.CENTURIES,
        "MONTHS": conventions.months,
    }
    pattern = "".join(parts)
    for name, group in words.items():
        pattern = pattern.replace(name, _any_of(group))
    return re.compile(pattern, re.VERBOSE)


def _other_beginnings(conventions):
    """The further first characters of matches in one set of conventions."""
    beginnings = ""
    if conventions.raises_ordinals:
        beginnings += "IVX–—"
    if conventions.before_percent:
        beginnings += "%‰"
    if conventions.before_sign:
        beginnings += "€°"
    if conventions.joins_clauses_with_em_dash:
        beginnings += r"\-"
    return beginnings


@lru_cache(maxsize=8)
def reference_pattern(conventions):
    """Words and signs kept with the number that follows: ``p.``, ``n°``, ``CHF``."""
    words = _any_of([*vocabulary.PREFIXES, *conventions.references])
    return re.compile(rf"(?<!\w)(?:{words})$")


@lru_cache(maxsize=8)
def title_pattern(conventions):
    """Titles kept with the name that follows: ``Mme``, ``Dr.``."""
    return re.compile(rf"(?<![\w.’'\-])(?:{_any_of(conventions.titles)}) $")


@lru_cache(maxsize=8)
def place_pattern(conventions):
    """Words before two numbers with a hyphen that mark them as a range."""
    words = [*vocabulary.PREFIXES[:5], *conventions.references, *conventions.places]
    if conventions.month_comes_first:
        words += conventions.months
    return re.compile(rf"(?<!\w)(?:{_any_of(words)}){S}$")


@lru_cache(maxsize=8)
def measure_pattern(conventions):
    """Words after two numbers with a hyphen that mark them as a range."""
    words = [*vocabulary.UNITS, *conventions.units, *conventions.counted, *conventions.months]
    return re.compile(rf"{S}?(?:{_any_of(words)})(?![\w'’\-])")
