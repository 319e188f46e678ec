"""Readable addresses from headlines in any script."""

from anyascii import anyascii
from django.utils.text import slugify

MAX_LENGTH = 100


def make_slug(headline):
    """Return an ASCII slug of at most ``MAX_LENGTH`` characters, cut at a word, or ``""``.

    Letters of every script are transliterated (``İlkay ı`` gives ``ilkay-i``); a headline
    that holds only punctuation gives an empty string.
    """
    slug = slugify(anyascii(headline or ""))
    if len(slug) <= MAX_LENGTH:
        return slug
    cut = slug[: MAX_LENGTH + 1].rsplit("-", 1)[0]
    return cut[:MAX_LENGTH].strip("-")


def first_free(base, is_free):
    """Return ``base``, or ``base-2``, ``base-3``…: the first one that ``is_free`` accepts."""
    candidate, number = base, 1
    while not is_free(candidate):
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def is_numbered(slug, base):
    """Whether ``slug`` is what :func:`first_free` makes of ``base`` when that is taken."""
    return slug.startswith(f"{base}-") and slug[len(base) + 1 :].isdigit()
