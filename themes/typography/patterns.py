"""The regular expressions of the rules, compiled once for each set of conventions."""

import re
from functools import lru_cache

from diptych.themes.typography import vocabulary
from diptych.themes.typography.characters import BREAK, SPACES, TAG

S = f"[{SPACES}]"
T = f"{TAG}*"

#: Replaced by one character in every language.
APOSTROPHES = re.compile(r"'(?<=[^\W\d_]')(?=[^\W\d_])")
DOTS = re.compile(r"\.\.\.(?<!\.{4})(?![./\\])")
#: The long ending of an ordinal that is marked up as superscript.
RAISED_ENDING = re.compile(rf"{TAG}(?<=[0-9IVX]{TAG})(?:i?[eè]mes?|[eè]res?)(?={TAG})")
#: Degrees with minutes, and seconds, of an angle: 46°31'10"N.
MINUTES = re.compile(
    rf"""
    ° (?<=\d°) {S}? \d{{1,2}}(?:[.,]\d+)?['’′]
    (?: {S}? \d{{1,2}}(?:[.,]\d+)? ["”″] )?
    (?P<compass> {S}? [NSEWO](?![\w'’]) )?
    """,
    re.VERBOSE,
)

#: Emoticons after their eyes: :-) ;-) :'( :] ;D
MOUTH = r"(?:['’,]?[\-o^]?[()\[\]{}/\\|](?![\w/])|-?[DPpOo](?!\w))"

#: The first characters of all other matches. A pattern that starts with a character class is many
#: times faster than one that starts with alternatives, so the alternatives below look back at it.
FIRST = rf"""[{SPACES}'";:!?«»‹›“”‘’0-9+OTHERS]"""

#: The name of each group is a method of :class:`diptych.themes.typography.passage.Passage`.
SPACE = rf"""
    (?<=[{SPACES}])(?<![{SPACES}]{{2}}) (?:
        (?=[;:!?»›{SPACES}{TAG}0-9\-]) (?:
            (?P<face> {S}*[:;]MOUTH )
          | (?P<gap> {S}*{T}[;:!?]++ )
          | (?P<inside> {S}*(?={T}[»›]) )
          | (?P<dash> (?<=\S[ ])-{{1,2}}[ ](?=\S) )
          | (?P<minutes> (?<=\d{S}h[ ])(?=\d\d(?!\d)) )
          | (?P<reference> (?=\d)(?:(?<=(?:NUMBERED)[ ])|(?<=[§$€£][ ])) )
        )
      | (?<=[0-9{TAG}][ ])(?P<unit> (?={T}(?:UNITS)(?![\w'’]|-(?!-))) )
      | (?=[A-ZÀ-ÞĀ-Ž]) (?:
            (?P<numeral> (?=[IVXLC]+(?:er|re)?(?![\w'’.\-]|{T}(?:e|i?[eè]me)))(?<=[^\W\d_][ ]) )
          | (?P<title> (?<=[.erst][ ]) )
          | (?P<licence> (?<=CC[ ])(?=BY) )
        )
      MORE
    )
"""
COMMON = rf"""
    | (?<![{SPACES}]) (?:
      (?<=')(?P<single>)
    | (?<=[:;])(?<!\w.)(?P<emoticon> MOUTH )
    | (?<=[;:!?])(?P<mark> [;:!?]*+ )
    | (?<=")(?P<double>)
    | (?<=[0-9])(?<!\w.)(?:
          (?P<groups> (?<=[1-9])(?<![.,+/\-—].)\d{{0,2}}(?:[ ]\d{{3}})+
              (?!\d) (?:\.-(?![\w\-–—])|ENDING)? )
        | (?P<range> (?<![.,:/+\-–—].)\d{{0,3}}-\d{{1,4}}(?![\w/+–—]|-(?!COMPOUNDS)|[.,:]\d) )
        MORE
      )
    | (?<=[0+])(?<![\w.,:/+\-–—{TAG}].)(?P<telephone>
          (?<=0)\d{{1,4}}(?:{S}\d{{2,4}}){{2,4}}(?!{S}?\d)
        | (?<=\+)\d{{1,3}}(?:{S}(?:\(0\){S}?)?\d{{1,4}}){{2,6}}(?!\d)
      )
    | (?<=[«‹])(?P<opening> {S}*{T}{S}* )
    | (?<=[»›])(?P<closing>)
    | (?<=[“”‘’])(?P<curly> (?<!’)|(?!\w)|(?<=\d’)(?=\d{{1,2}}”) )
"""

CENTURY = rf"| (?<={TAG}[ ])(?P<century> (?=(?:CENTURIES)\b) )"
#: The ending of an ordinal with figures in groups of three: 10 000e.
ENDING = r"(?:es?|i?[eè]mes?)(?!['’]?\w)(?:[ ](?=(?:CENTURIES)\b))?"
ORDINAL = r"""
        | (?P<ordinal> (?<![.,:#].)(?<!\d[\-–].)
            (?: (?<=1)(?:ers?|[eè]?res?)
              | (?<=2)(?:nde?s?|de)
              | (?<=[1-9])\d{0,3}(?:es?|i?[eè]mes?) )
            (?!['’]?\w) (?:[ ](?=(?:CENTURIES|MONTHS)\b))? )
"""
FRENCH = rf"""
    | (?<=[IVX])(?P<roman> (?<![\w.,:#].)
        (?: [IVX]+(?:es?|i?[eè]mes?)
          | (?<=I)(?:er|[eè]?re)
          | (?<=[VX])(?:e(?={S}(?:CENTURIES)\b)|i?èmes?) )
        (?!['’]?\w) (?:[ ](?=(?:CENTURIES)\b))? )
    | (?P<dialogue> (?<=[—–])(?<![^\n{BREAK}].)[ ](?={T}[\w«“"'‘(]) )
"""
HOURS = rf"| (?P<hours> (?<![\-–—:].)\d?{S}?h(?:\d\d)?-\d{{1,2}}{S}?h(?:\d\d)?(?![\w\-–]) )"
CLOCK = rf"""
        | (?P<hours> (?<![\-–—].)\d?{S}?[ap](?:\.m\.|m)
              -\d{{1,2}}(?::\d\d)?{S}?[ap](?:\.m\.|m)(?![\w\-–]) )
"""
ROUND_PRICE = rf"| (?P<price> (?<![\-–—].)\d*\.-(?![^\s,;:!?.)»›'’\"”{TAG}{BREAK}]) )"
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
    ending = ENDING if is_french else ""
    parts = [
        FIRST.replace("OTHERS", _other_beginnings(conventions)),
        "(?:",
        SPACE.replace("MORE", CENTURY if is_french else ""),
        COMMON.replace("MORE", _after_a_number(conventions)).replace("ENDING", ending),
        FRENCH if is_french else "",
        PERCENT if conventions.before_percent else "",
        SIGN if conventions.before_sign else "",
        EM_DASH if conventions.joins_clauses_with_em_dash else "",
        "))",
    ]
    words = {
        "UNITS": [*vocabulary.UNITS, *conventions.units, *conventions.months],
        "CENTURIES": conventions.centuries,
        "MONTHS": conventions.months,
        "COMPOUNDS": vocabulary.COMPOUND_UNITS,
        "NUMBERED": _endings_of(conventions.words_before_numbers | conventions.words_before_days),
    }
    pattern = "".join(parts).replace("MOUTH", MOUTH)
    for name, group in words.items():
        pattern = pattern.replace(name, _any_of(group))
    return re.compile(pattern, re.VERBOSE)


def _endings_of(words):
    """The last two characters of ``words``; signs of one character are left out."""
    return {word[-2:] for word in words if len(word) > 1}


def _after_a_number(conventions):
    """The rules of one set of conventions for matches that start with a digit."""
    rules = HOURS + ORDINAL if conventions.raises_ordinals else CLOCK
    return rules + (ROUND_PRICE if conventions.has_round_prices else "")


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
def title_pattern(conventions):
    """Titles kept with the name that follows: ``Mme``, ``Dr.``."""
    return re.compile(rf"(?<![\w.’'])(?<!(?<!-)-)(?:{_any_of(conventions.titles)}) $")


#: Initials before a name: ``J.``, ``J.-P.``, ``J.R.R.``
INITIALS = re.compile(r"(?<![\w.])(?<!(?<!-)-)(?:[^\W\d_a-zà-ÿ]\.-?)+ $")


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
    compounds = _any_of(vocabulary.COMPOUND_UNITS)
    return re.compile(rf"{S}?(?:{_any_of(words)})(?![\w'’\-])|-(?:{compounds})s?(?!\w)")
