"""Stemming by Snowball's algorithms, with the word forms they miss.

Without the package snowballstemmer (the extra ``search``) words are their own stems.
"""

import re
import threading
from functools import cache

from diptych.articles.linguistics.languages import language_data

#: A stemmer is not thread-safe, so each thread has its own.
_stemmers = threading.local()


def stem_of(word, language):
    """The stem of a folded word; the word itself in a language without a stemmer."""
    if not word.isalpha():
        return word
    known = _whole_words(language)
    if word in known:
        return known[word]
    stemmer = _stemmer(language)
    if stemmer is None:
        return word
    word = principal_form(word, language)
    stem = stemmer.stemWord(word)
    return stem if stem.isalnum() else word


def form_of(word, language):
    """A folded word without number and gender: nearer to what is written than its stem.

    *houses* has the form of *house* and not that of *housing*; all three have one stem.
    """
    if not word.isalpha():
        return word
    word = _whole_words(language).get(word) or principal_form(word, language)
    for ending, replacement in _inflections(language):
        word = ending.sub(replacement, word)
    return word


def principal_form(word, language):
    """The first form of an irregular word; another word with regular endings."""
    principal = _principal_forms(language)
    if word in principal:
        return principal[word]
    for ending, replacement in _endings(language):
        word = ending.sub(replacement, word)
    return word


@cache
def _principal_forms(language):
    data = language_data(language)
    plurals = {f"{word}s": word for word in data.PLURALS.split()}
    return _first_of_line(data.IRREGULAR) | plurals


@cache
def _whole_words(language):
    return _first_of_line(language_data(language).WHOLE)


@cache
def _endings(language):
    return _compiled(language_data(language).ENDINGS)


@cache
def _inflections(language):
    return _compiled(language_data(language).INFLECTIONS)


def _compiled(replacements):
    return [(re.compile(ending), replacement) for ending, replacement in replacements]


def _first_of_line(words):
    """A dictionary from each form to the first one of its line."""
    lines = [line.split() for line in words.strip().splitlines()]
    return {form: first for first, *others in lines for form in (first, *others)}


@cache
def snowball():
    """Snowball's package, loaded when a word is first stemmed; ``None`` where it is missing."""
    try:
        import snowballstemmer
    except ImportError:
        return None
    return snowballstemmer


def _stemmer(language):
    if not hasattr(_stemmers, "known"):
        _stemmers.known = {}
    if language not in _stemmers.known:
        name = language_data(language).STEMMER
        exists = snowball() is not None and name in snowball().algorithms()
        _stemmers.known[language] = snowball().stemmer(name) if exists else None
    return _stemmers.known[language]
