"""Stemming by Snowball's algorithms, with the word forms they miss.

Without the package snowballstemmer (the extra ``search``) words are their own stems.
"""

import threading
from functools import cache

from diptych.articles.linguistics.word_forms import ENDINGS, INFLECTIONS, PRINCIPAL, STEMS

#: The algorithm for a language.
ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}

#: A stemmer is not thread-safe, so each thread has its own.
_stemmers = threading.local()


def stem_of(word, language):
    """The stem of a folded word; the word itself in a language without a stemmer."""
    if not word.isalpha():
        return word
    known = STEMS.get(language, {})
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
    word = STEMS.get(language, {}).get(word) or principal_form(word, language)
    for ending, replacement in INFLECTIONS.get(language, ()):
        word = ending.sub(replacement, word)
    return word


def principal_form(word, language):
    """The first form of an irregular word; another word with regular endings."""
    principal = PRINCIPAL.get(language, {})
    if word in principal:
        return principal[word]
    for ending, replacement in ENDINGS.get(language, ()):
        word = ending.sub(replacement, word)
    return word


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
        name = ALGORITHMS.get(language)
        exists = snowball() is not None and name in snowball().algorithms()
        _stemmers.known[language] = snowball().stemmer(name) if exists else None
    return _stemmers.known[language]
