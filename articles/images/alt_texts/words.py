"""Texts as they are compared."""

import re
import unicodedata

WORD = re.compile(r"[^\W\d_]+")
NO_WORD = re.compile(r"[\W_]+")
ACCENTS = re.compile(r"[\u0300-\u036f]+")


def folded(text):
    """In small letters without accents, with plain apostrophes and single spaces."""
    plain = unicodedata.normalize("NFKD", (text or "").replace("’", "'").casefold())
    return " ".join(ACCENTS.sub("", plain).split())


def words_of(text):
    """The words of a text as a string, without any sign between them."""
    return " ".join(NO_WORD.sub(" ", folded(text)).split())
