"""Normalisation of texts for comparison."""

import re
import unicodedata

WORD = re.compile(r"[^\W\d_]+")
NO_WORD = re.compile(r"[\W_]+")
ACCENTS = re.compile(r"[\u0300-\u036f]+")


def folded(text):
    """``text`` in lower case without accents, with straight apostrophes and single spaces."""
    plain = unicodedata.normalize("NFKD", (text or "").replace("’", "'").casefold())
    return " ".join(ACCENTS.sub("", plain).split())


def words_of(text):
    """The words of a text joined by spaces, without punctuation."""
    return " ".join(NO_WORD.sub(" ", folded(text)).split())
