"""The tokenizer: splits a text into words, each folded and stemmed, with its position.

:func:`tokenize` reads a text by the rules of its language, for an index of stems.
:func:`folded_words` is the quick way without language or stems, for comparing whole texts.
"""

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from diptych.articles.linguistics.folding import fold, fold_text
from diptych.articles.linguistics.languages import language_data, main_language
from diptych.articles.linguistics.stemming import principal_form, stem_of


@cache
def stop_words(language):
    """The folded stop words of ``language``; empty where there is no list."""
    return frozenset(fold(word) for word in language_data(language).STOP_WORDS.split())


#: Combining marks that belong to the letter before them.
MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
INDIC = "\u0900-\u0963\u0966-\u0dff\u0e00-\u0e7f"
#: Characters of scripts written without spaces between words: each is a word.
ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
LETTER = rf"(?:(?![{ALONE}])[^\W_]|[{MARKS}{INDIC}])"

NUMBER = r"(?<!\d)\d{1,3}(?:[ \u00a0\u2009\u202f'’.,]\d{3})+(?!\d)"
ACRONYM = r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"
WORD = rf"[^\W_]{LETTER}*(?:['’]{LETTER}+)*"
#: A word of :func:`split_words`: apostrophes end it, and single letters (l’, d’, s) are none.
PLAIN_WORD = re.compile(rf"[{ALONE}]|[^\W_{ALONE}]{{2,}}")

#: Middle dots, which only gender-inclusive spellings put into a word.
DOTS = "·•⋅‧∙・"


@cache
def pattern_of(language):
    """The regular expression that finds the words of a text in ``language``.

    Its groups: ``number`` and ``acronym`` are joined over the signs in them, of ``inclusive``
    only ``base`` is kept, ``elided`` is an article without its vowel.
    """
    data = language_data(language)
    kinds = [f"(?P<number>{NUMBER})", f"(?P<acronym>{ACRONYM})"]
    if data.INCLUSIVE_ENDINGS:
        kinds.append(_inclusive_spelling(data.INCLUSIVE_ENDINGS, data.INCLUSIVE_JOINTS))
    kinds.append(rf"(?<![^\W_])(?P<elided>{data.ELIDED})['’](?=[^\W_]{LETTER})")
    kinds += [f"[{ALONE}]", WORD]
    return re.compile("|".join(kinds), re.IGNORECASE)


def _inclusive_spelling(endings, joint):
    middle = rf"(?:[{DOTS}]{LETTER}{{1,6}})"
    joined = rf"(?:{joint}(?:{endings})(?!{LETTER}))"
    in_brackets = rf"(?:\(-?(?:{endings})\)s?(?!{LETTER}))"
    return rf"(?P<inclusive>(?P<base>{LETTER}{{3,}}?)(?:{middle}|{joined}|{in_brackets})+)"


#: Joins two stems to one token of an index. Folding leaves no such letter in a stem.
JOINT = "œ"
#: Longest word kept, in letters; the rest is cut off.
LONGEST = 60


class Token(NamedTuple):
    """A token: a word of a text and its position there.

    ``word`` is folded, ``spelling`` is the word as written.
    """

    start: int
    end: int
    word: str
    stem: str
    spelling: str


def tokenize(text, language):
    """The :class:`Token` of each word of ``text``, in order."""
    return list(tokens_of(text, language))


def tokens_of(text, language):
    """The same one by one, for reading the beginning of a long text."""
    language = main_language(language)
    for match in pattern_of(language).finditer(text):
        if read := _read(_significant_part(match), language):
            yield Token(match.start(), match.end(), *read)


def token_spans(text, language):
    """Start and end of each word that :func:`tokenize` finds in ``text``."""
    return [(word.start, word.end) for word in tokenize(text, language)]


def stop_word_bigrams(words, language):
    """Bigrams of neighbouring words of which at least one is a stop word, each as one token.

    An index finds a phrase by them without reading the positions of a stop word in every text.
    """
    common = stop_words(main_language(language))
    return [
        f"{first.stem}{JOINT}{second.stem}"
        for first, second in pairwise(words)
        if first.word in common or second.word in common
    ]


def is_stop_word(word, language):
    """Whether a folded word is a stop word of ``language``."""
    return word in stop_words(main_language(language))


def is_function_word(word, language):
    """Whether a folded word is a stop word of ``language``, or as common."""
    return is_stop_word(word, language) or word in _function_words(main_language(language))


@cache
def _function_words(language):
    return frozenset(map(fold, language_data(language).FUNCTION_WORDS.split()))


def _significant_part(match):
    if match.lastgroup == "inclusive":
        return match["base"]
    word = match["elided"] or match.group()
    if word[-2:] in ("'s", "’s", "'S", "’S"):
        return word[:-2]
    return word


@lru_cache(maxsize=200_000)
def _read(written, language):
    """The folded word, stem and spelling of a word as written; ``None`` if no letter is left."""
    word = fold(written)[:LONGEST]
    if not word:
        return None
    stem, common = stem_of(word, language), stop_words(language)
    if stem in common and word not in common:
        # Léa is not le, nor sûre sur.
        stem = principal_form(word, language)
    return word, stem, written[: 2 * LONGEST]


def split_words(text):
    """The words of ``text`` as written: runs of two or more letters or digits, in any language."""
    return PLAIN_WORD.findall(text)


def folded_words(text):
    """The folded words of ``text``, without stemming; quicker than :func:`tokenize`."""
    return split_words(fold_text(text))
