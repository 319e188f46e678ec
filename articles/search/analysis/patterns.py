"""What a word is in running text, language by language."""

import re
from functools import cache

#: Marks that belong to the letter before them, in scripts that write vowels so.
MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
INDIC = "\u0900-\u0963\u0966-\u0dff\u0e00-\u0e7f"
#: Characters that are written without spaces between words: each is a word.
ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
LETTER = rf"(?:(?![{ALONE}])[^\W_]|[{MARKS}{INDIC}])"

NUMBER = r"(?<!\d)\d{1,3}(?:[ \u00a0\u2009\u202f'’.,]\d{3})+(?!\d)"
ACRONYM = r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"
WORD = rf"[^\W_]{LETTER}*(?:['’]{LETTER}+)*"

#: Dots in the middle of the line, which nothing but an inclusive spelling puts into a word.
DOTS = "·•⋅‧∙・"
#: What comes after a word that is spelt for all: « étudiant·e·s », « acteur/trice », „Bürger*in“.
ENDINGS = {
    "fr": (
        "[er]?s|x|e|ne|nes|le|les|te|tes|ve|ves|se|ses|sse|sses|re|res|che|ches|fe|fes"
        "|[eè]re|[eè]res|i[eè]re|i[eè]res|euse|euses|eure|eures|esse|esses|ale|ales"
        "|t?rice|t?rices|ice|ices|elle|elles|enne|ennes|lle|lles|nne|nnes|onne|onnes|tte|ttes"
    ),
    "de": "innen|in|e|n|r|en|er",
}
#: The marks that stand between the word and its ending, beside ``DOTS``.
JOINTS = {"fr": r"[.\-/]", "de": r"[*:_/]-?"}

#: What is shortened before a vowel; elsewhere an apostrophe is a part of the word.
SHORTENED = {
    "fr": "[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu",
    "it": r"[^\W\d_]+",
    "ca": "[dlmnst]",
    "oc": "[dlmnst]|qu",
}
#: In the names that every language borrows: l’Hermitage, d’Orsay.
SHORTENED_ANYWHERE = "[dl]"


@cache
def pattern_of(language):
    """The expression that finds the words of a text in ``language``, by groups.

    ``number`` and ``acronym`` are read without what is between their signs, of ``spelt`` only
    ``base`` counts, ``shortened`` is an article that has lost its vowel.
    """
    shortened = SHORTENED.get(language, SHORTENED_ANYWHERE)
    kinds = [f"(?P<number>{NUMBER})", f"(?P<acronym>{ACRONYM})"]
    if language in ENDINGS:
        kinds.append(_spelt_for_all(ENDINGS[language], JOINTS[language]))
    kinds.append(rf"(?<![^\W_])(?P<shortened>{shortened})['’](?=[^\W_]{LETTER})")
    kinds += [f"[{ALONE}]", WORD]
    return re.compile("|".join(kinds), re.IGNORECASE)


def _spelt_for_all(endings, joint):
    middle = rf"(?:[{DOTS}]{LETTER}{{1,6}})"
    joined = rf"(?:{joint}(?:{endings})(?!{LETTER}))"
    in_brackets = rf"(?:\(-?(?:{endings})\)s?(?!{LETTER}))"
    return rf"(?P<spelt>(?P<base>{LETTER}{{3,}}?)(?:{middle}|{joined}|{in_brackets})+)"
