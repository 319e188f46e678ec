"""The terms of a text: its words and bigrams (two words side by side), as 32-bit numbers.

Words are folded and not stemmed. A term has the same number in every process; two terms that share
one by chance are counted as one.
"""

from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np

from diptych.articles.linguistics.folding import fold
from diptych.articles.linguistics.tokenizer import folded_words, split_words

#: The highest bit of a number tells a bigram from a word.
BIGRAM = np.uint32(1 << 31)
#: Words of a text that are read, and terms of it that are kept: the most frequent.
MAX_WORDS, MAX_TERMS = 100_000, 10_000
#: Highest count that is stored.
MAX_COUNT = 255
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@lru_cache(maxsize=100_000)
def word_number(word):
    """The number of a folded word."""
    return crc32(word.encode()) & ~int(BIGRAM)


def bigram_numbers(words):
    """The number of each word with the next one, from the numbers of the words in order."""
    first, second = words[:-1].astype(np.uint64), words[1:].astype(np.uint64)
    mixed = ((first << np.uint64(32)) | second) * MULTIPLIER
    return (mixed >> np.uint64(33)).astype(np.uint32) | BIGRAM


def term_numbers(words):
    """The numbers of folded ``words`` in order, then those of their bigrams."""
    numbers = np.fromiter(map(word_number, words), dtype=np.uint32, count=len(words))
    return np.concatenate([numbers, bigram_numbers(numbers)])


def count_terms(texts):
    """The terms of several texts together, in ascending order, and how often each occurs."""
    found = [term_numbers(folded_words(text)[:MAX_WORDS]) for text in texts]
    terms, counts = np.unique(
        np.concatenate([np.empty(0, dtype=np.uint32), *found]), return_counts=True
    )
    if len(terms) > MAX_TERMS:
        kept = np.sort(np.argsort(-counts, kind="stable")[:MAX_TERMS])
        terms, counts = terms[kept], counts[kept]
    return terms, np.minimum(counts, MAX_COUNT).astype(np.uint8)


def spellings(texts):
    """How each term of ``texts`` is written, by its number: as it first occurs."""
    written, names = {}, {}
    for text in texts:
        for word in split_words(text):
            written.setdefault(fold(word), word)
        words = folded_words(text)[:MAX_WORDS]
        numbers = term_numbers(words).tolist()
        for number, word in zip(numbers, words, strict=False):
            names[number] = written.get(word, word)
        for number, pair in zip(numbers[len(words) :], pairwise(words), strict=True):
            names.setdefault(number, " ".join(written.get(word, word) for word in pair))
    return names
