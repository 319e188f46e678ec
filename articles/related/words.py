"""From text to terms: the words of a text and the pairs that stand side by side, as numbers.

Words are folded and not stemmed: pairs say enough of what endings would. A term is known by a
number of 24 bits that is the same in every process; a pair has the highest bit set.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np

BITS = 24
#: The bit that tells a pair from a word.
PAIR = np.uint32(1 << (BITS - 1))
#: Words of a text that are read; the longest novels are longer.
LONGEST = 100_000

#: Characters that are written without spaces between words: each is a word.
ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{ALONE}]|[^\W_{ALONE}]{{2,}}")
MARKS = re.compile("[\u0300-\u036f]")
SPREAD = np.uint32(0x9E3779B1)


def fold(text):
    """``text`` in small letters without accents; apostrophes part words as spaces do."""
    text = text.casefold()
    if text.isascii():
        return text
    return MARKS.sub("", unicodedata.normalize("NFKD", text)).replace("œ", "oe").replace("æ", "ae")


def words_of(text):
    """The folded words of ``text``, without what is shortened to a letter: l’, d’, s."""
    return WORD.findall(fold(text))[:LONGEST]


@lru_cache(maxsize=100_000)
def number_of(word):
    return crc32(word.encode()) & (int(PAIR) - 1)


def terms_of(words):
    """The numbers of ``words`` and of the pairs they stand in, as often as they occur."""
    singles = np.fromiter(map(number_of, words), dtype=np.uint32, count=len(words))
    return np.concatenate([singles, pairs_of(singles)])


def pairs_of(singles):
    """The number of each word with the one after it."""
    first, second = singles[:-1], singles[1:]
    mixed = (first * SPREAD) ^ (second << np.uint32(7))
    mixed ^= mixed >> np.uint32(15)
    return ((mixed * SPREAD) >> np.uint32(32 - BITS + 1)) | PAIR


def counted(parts):
    """Terms and how often they occur in ``parts``: lists of words, each with its weight.

    Returns two arrays, the terms in ascending order.
    """
    found = [each for words, weight in parts for each in [terms_of(words)] * weight]
    every = np.concatenate(found) if found else np.empty(0, dtype=np.uint32)
    return np.unique(every, return_counts=True)


def spelt(texts):
    """How each term of ``texts`` is written, by its number: as it is first found there."""
    written, names = {}, {}
    for text in texts:
        printed = WORD.findall(text)
        for word in printed:
            written.setdefault(fold(word), word)
        words = words_of(text)
        numbers = terms_of(words).tolist()
        names |= {n: written.get(word, word) for n, word in zip(numbers, words, strict=False)}
        for number, pair in zip(numbers[len(words) :], pairwise(words), strict=True):
            names.setdefault(number, " ".join(written.get(word, word) for word in pair))
    return names
