"""The words of a text, as search compares them."""

from typing import NamedTuple

from articles.search.analysis.folding import fold
from articles.search.analysis.patterns import pattern_of
from articles.search.analysis.stems import stem_of
from articles.search.analysis.stop_words import stop_words

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
        Word(start, end, word, stem_of(word, language), spelling)
        for start, end, word, spelling in _folded_words(text, language)
    ]


def places_of(text, language):
    """Where the words of ``text`` begin and end: as many as it has stems."""
    return [(start, end) for start, end, *_word in _folded_words(text, main_language(language))]


def is_common(word, language):
    """Whether a folded word is one of the stop words of ``language``."""
    return word in stop_words(main_language(language))


def _folded_words(text, language):
    for match in pattern_of(language).finditer(text):
        counts = _what_counts(match)
        word = fold(counts)[:LONGEST]
        if word:
            yield match.start(), match.end(), word, counts.lower()[: 2 * LONGEST]


def _what_counts(match):
    groups = match.groupdict()
    if groups.get("spelt"):
        return groups["base"]
    word = groups["shortened"] or match.group()
    if word[-2:].lower() in ("'s", "’s"):
        return word[:-2]
    return word
