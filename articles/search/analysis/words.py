"""The words of a text, as search compares them."""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from articles.search.analysis.folding import fold
from articles.search.analysis.patterns import pattern_of
from articles.search.analysis.stems import stem_of
from articles.search.analysis.stop_words import stop_words

#: Joins two stems to one. No stem has this letter, as folding takes it apart.
JOINT = "œ"
#: Letters of a word that count. Longer ones are no words, and no database is made for them.
LONGEST = 60


class Word(NamedTuple):
    """A word, and where it stands in the text it was read from.

    ``word`` is folded, ``spelling`` as it was written but for capitals.
    """

    start: int
    end: int
    word: str
    stem: str
    spelling: str


def main_language(language):
    """The language without its country: ``fr`` for ``fr-ch``."""
    return language.split("-")[0].lower()


def words_of(text, language):
    """Every :class:`Word` of ``text``, in order."""
    language = main_language(language)
    return [
        Word(match.start(), match.end(), *read)
        for match in pattern_of(language).finditer(text)
        if (read := _read(_what_counts(match), language))
    ]


def places_of(text, language):
    """Where the words of ``text`` begin and end: as many as it has stems."""
    return [(word.start, word.end) for word in words_of(text, language)]


def pairs_of(words, language):
    """Each two words side by side of which one is common, as one stem.

    Almost every text has the common word, few have both in a row: by their pairs, a phrase is
    found without looking at the places of words in almost every text.
    """
    common = stop_words(main_language(language))
    return [
        f"{first.stem}{JOINT}{second.stem}"
        for first, second in pairwise(words)
        if first.word in common or second.word in common
    ]


def is_common(word, language):
    """Whether a folded word is one of the stop words of ``language``."""
    return word in stop_words(main_language(language))


def _what_counts(match):
    if match.lastgroup == "spelt":
        return match["base"]
    word = match["shortened"] or match.group()
    if word[-2:] in ("'s", "’s", "'S", "’S"):
        return word[:-2]
    return word


@lru_cache(maxsize=200_000)
def _read(written, language):
    """The word, the stem and the spelling of what counts of a word, or ``None`` if nothing does.

    Remembered, as texts have the same words again and again.
    """
    word = fold(written)[:LONGEST]
    return (word, stem_of(word, language), written.lower()[: 2 * LONGEST]) if word else None
