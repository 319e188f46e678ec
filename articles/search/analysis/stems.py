"""What the forms of a word have in common, by Snowball's algorithms."""

import threading

import snowballstemmer

from articles.search.analysis.forms import ENDINGS, PRINCIPAL, STEMS

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

#: An algorithm works on one word at a time, so each thread has its own.
_algorithms = threading.local()


def stem_of(word, language):
    """The stem of a folded word; the word itself in a language without an algorithm."""
    if not word.isalpha():
        return word
    known = STEMS.get(language, {})
    if word in known:
        return known[word]
    algorithm = _algorithm(language)
    if algorithm is None:
        return word
    principal = PRINCIPAL.get(language, {})
    if word in principal:
        word = principal[word]
    else:
        for ending, replacement in ENDINGS.get(language, ()):
            word = ending.sub(replacement, word)
    stem = algorithm.stemWord(word)
    return stem if stem.isalnum() else word


def _algorithm(language):
    if not hasattr(_algorithms, "known"):
        _algorithms.known = {}
    if language not in _algorithms.known:
        name = ALGORITHMS.get(language)
        exists = name in snowballstemmer.algorithms()
        _algorithms.known[language] = snowballstemmer.stemmer(name) if exists else None
    return _algorithms.known[language]
