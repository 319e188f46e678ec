"""Language detection, tuned against false positives: of short texts, and of whole passages.

Counts function words of each language, and for short texts words common in image descriptions.
Names are left out. A language without such words is never detected, nor doubted.
"""

import re
from functools import cache

from diptych.articles.linguistics.folding import fold_text
from diptych.articles.linguistics.languages import language_data, main_language
from diptych.articles.linguistics.tokenizer import stop_words

WORD = re.compile(r"[^\W\d_]+")

#: Particles of names: Charles de Gaulle, Ursula von der Leyen.
_WITHIN_NAMES = "de du des la le d von der van den zu di da della del dello dos das do of the"
WITHIN_NAMES = frozenset(_WITHIN_NAMES.split())

#: Minimum number of words of another language…
ENOUGH = 2
#: …and their minimum ratio to those of its own.
MARGIN = 2


def other_language(text, language, languages):
    """The one of ``languages`` that ``text`` is probably written in instead of ``language``.

    ``None`` without clear evidence.
    """
    own = _known(language)
    others = [code for code in languages if code != language and _known(code)]
    if own is None or not others:
        return None
    found, opening = _common_words(text)
    points = {
        code: _points(_telling_words(_known(code)), found, opening) for code in [language, *others]
    }
    best = max(others, key=points.get)
    if points[best] >= ENOUGH and points[best] > MARGIN * points[language]:
        return best
    return None


#: Of the words of a passage in another language, at least one in this many is a function word that
#: only that language has…
ONE_IN = 6
#: …and at least as many as this; its own language has less than one for so many of the other.
ENOUGH_OF_A_PASSAGE, MARGIN_OF_A_PASSAGE = 3, 3


def language_of_passage(text, language, languages):
    """The one of ``languages`` in which a passage of a dozen words or more reads, if not its own.

    ``None`` without clear evidence. Only function words that the other of two languages does not
    have count, so « a », « on » or « des » are ignored.
    """
    own = _known(language)
    if own is None:
        return None
    words = [fold_text(word) for word in WORD.findall(text)]
    needed = max(ENOUGH_OF_A_PASSAGE, len(words) / ONE_IN)
    best, most = None, 0
    for code in languages:
        other = _known(code)
        if other is None or other == own:
            continue
        theirs = sum(word in _only_in(other, own) for word in words)
        ours = sum(word in _only_in(own, other) for word in words)
        if theirs >= needed and theirs >= MARGIN_OF_A_PASSAGE * ours and theirs > most:
            best, most = code, theirs
    return best


@cache
def _only_in(language, other):
    """The folded function words of ``language`` that ``other`` has not."""
    return _function_words(language) - _function_words(other)


@cache
def _function_words(language):
    small_words = language_data(language).SMALL_WORDS.split()
    return frozenset(map(fold_text, small_words)) | stop_words(language)


@cache
def _telling_words(language):
    data = language_data(language)
    return frozenset((*data.SMALL_WORDS.split(), *data.PICTURE_WORDS.split()))


def _known(language):
    """The main language of ``language`` if it can be detected, ``fr`` for ``fr-ch``."""
    return main_language(language) if language_data(language).SMALL_WORDS else None


def _points(words, found, opening):
    return sum(word in words for word in found) + (opening in words)


def _common_words(text):
    """The words that are not names and, if a lower-case word follows it, the first word.

    The first word is returned by itself for "A frozen lake", not for "The Hague".
    """
    words = WORD.findall(text)
    found = [
        word.lower()
        for place, word in enumerate(words)
        if place == 0 or (word.islower() and not _is_within_name(words, place))
    ]
    opens = len(words) > 1 and words[1].islower()
    return found, words[0].lower() if opens else None


def _is_within_name(words, place):
    if words[place] not in WITHIN_NAMES:
        return False
    before = after = place
    while before > 0 and words[before] in WITHIN_NAMES:
        before -= 1
    while after < len(words) and words[after] in WITHIN_NAMES:
        after += 1
    return after < len(words) and words[before][0].isupper() and words[after][0].isupper()
