"""What the forms of a word have in common, by Snowball's algorithms."""

import re
import threading
from functools import lru_cache

import snowballstemmer

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

#: Endings that the algorithm knows by their accents, or takes for words of their own: each is
#: brought to the ending of the masculine, whose stem is that of all forms.
FORMS = {
    "fr": [
        (re.compile(r"(?<=.{2})ees?$"), "e"),
        (re.compile(r"(?<=.{3})ieres?$"), "ier"),
        (re.compile(r"(?<=g)eres?$|(?<=ch)eres?$"), "er"),
        (re.compile(r"(?<=..)trices?$"), "teur"),
        (re.compile(r"(?<=.{3})(?:euses?|eux)$"), "eur"),
    ],
    "de": [(re.compile(r"(?<=.{3})innen$"), "")],
}
#: Forms that no rule leads to one another.
IRREGULAR = {
    "fr": {
        "aveux": "aveu",
        "bel": "beau",
        "belle": "beau",
        "belles": "beau",
        "beaux": "beau",
        "cheveux": "cheveu",
        "cieux": "ciel",
        "coraux": "corail",
        "emaux": "email",
        "enjeux": "enjeu",
        "milieux": "milieu",
        "neveux": "neveu",
        "nouvel": "nouveau",
        "nouvelle": "nouveau",
        "nouvelles": "nouveau",
        "nouveaux": "nouveau",
        "soupiraux": "soupirail",
        "travaux": "travail",
        "vieil": "vieux",
        "vieille": "vieux",
        "vieilles": "vieux",
        "vitraux": "vitrail",
        "voeux": "voeu",
        "yeux": "oeil",
    },
    "en": {
        "children": "child",
        "feet": "foot",
        "geese": "goose",
        "knives": "knife",
        "leaves": "leaf",
        "lives": "life",
        "men": "man",
        "mice": "mouse",
        "shelves": "shelf",
        "teeth": "tooth",
        "wives": "wife",
        "wolves": "wolf",
        "women": "woman",
    },
}
#: Words whose stem would be that of another word.
WHOLE = {
    "fr": {
        "francais": "francais",
        "francaise": "francais",
        "francaises": "francais",
        "mere": "mere",
        "meres": "mere",
        "musee": "musee",
        "musees": "musee",
    }
}

#: An algorithm works on one word at a time, so each thread has its own.
_algorithms = threading.local()


@lru_cache(maxsize=100_000)
def stem_of(word, language):
    """The stem of a folded word; the word itself in a language without an algorithm."""
    if not word.isalpha():
        return word
    whole = WHOLE.get(language, {})
    if word in whole:
        return whole[word]
    algorithm = _algorithm(language)
    if algorithm is None:
        return word
    word = IRREGULAR.get(language, {}).get(word, word)
    for ending, replacement in FORMS.get(language, ()):
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
