"""Readable addresses from headlines in any script."""

import re

from anyascii import anyascii
from django.utils.text import slugify

MAX_LENGTH = 100
#: The longest slug a page can have, whether typed or numbered.
LONGEST = 150

#: The apostrophe of an elision (« l’été », « qu’elle », « d’hier »), which stands before a vowel
#: or an h. Others belong to their word: "China’s" and "don’t" stay whole. Browsers read it too.
ELISION = re.compile(r"(?<=[a-z])['\u2019\u02bc](?=[aeiouyhàâäéèêëîïôöùûüæœ])", re.IGNORECASE)


def make_slug(headline):
    """Return an ASCII slug of at most ``MAX_LENGTH`` characters, cut at a word, or ``""``.

    Letters of every script are transliterated (``İlkay ı`` gives ``ilkay-i``), and an elided
    word stands apart (``L’été`` gives ``l-ete``); a headline that holds only punctuation gives
    an empty string.
    """
    slug = slugify(anyascii(ELISION.sub(" ", headline or "")))
    if len(slug) <= MAX_LENGTH:
        return slug
    cut = slug[: MAX_LENGTH + 1].rsplit("-", 1)[0]
    return cut[:MAX_LENGTH].strip("-")


def first_free(base, is_free):
    """Return ``base``, or ``base-2``, ``base-3``…: the first one that ``is_free`` accepts."""
    candidate, number = base, 1
    while not is_free(candidate):
        number += 1
        candidate = numbered(base, number)
    return candidate


def numbered(base, number, longest=LONGEST):
    """``base`` with a number behind it, cut so that both fit into ``longest`` characters."""
    ending = f"-{number}"
    return base[: longest - len(ending)] + ending


def is_numbered(slug, base):
    """Whether ``slug`` is what :func:`first_free` makes of ``base`` when that is taken."""
    number = slug.rpartition("-")[2]
    return number.isdigit() and slug == numbered(base or "", number)
