"""Readable slugs made from headlines in any script.

Slugs have letters beyond ASCII if ``WAGTAIL_ALLOW_UNICODE_SLUGS`` allows it. Where a project does
not set it, such slugs are accepted, as by Wagtail, but none is made.
"""

import re
from unicodedata import normalize

from anyascii import anyascii
from django.conf import settings
from django.db import models
from django.utils.text import slugify

MAX_LENGTH = 100
#: The longest slug a page can have, whether typed or numbered.
LONGEST = 150

#: The apostrophe of an elision (« l’été », « qu’elle », « d’hier »), which stands before a vowel
#: or an h. Others belong to their word: "China’s" and "don’t" stay whole. Browsers read it too.
ELISION = re.compile(r"(?<=[a-z])['\u2019\u02bc](?=[aeiouyhàâäéèêëîïôöùûüæœ])", re.IGNORECASE)

_NORDIC = {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue"}
#: Letters that a language writes with others than those without a mark, in lower case. German after
#: DIN 5007-2, Danish and Norwegian after the table of ICAO Doc 9303-3. Browsers read them too.
LETTERS = {
    "de": {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"},
    "da": _NORDIC,
    "nb": _NORDIC,
    "nn": _NORDIC,
    "no": _NORDIC,
}


def letters_of(language):
    """The entry of ``LETTERS`` for a language; variants such as ``de-at`` have that of ``de``."""
    return LETTERS.get(language) or LETTERS.get((language or "").split("-")[0], {})


class UrlSlugField(models.SlugField):
    """The slug of a page in a language.

    It stores existing slugs in Unicode whatever the setting; forms accept new ones as the setting
    allows. Migrations see a plain ``SlugField``.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "allow_unicode": True})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("allow_unicode")
        return name, "django.db.models.SlugField", args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(**{"allow_unicode": accepts_unicode(), **kwargs})


def accepts_unicode():
    """Whether forms accept slugs with letters of any script."""
    return getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True)


def makes_unicode():
    """Whether slugs made from headlines keep letters of any script."""
    return getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", False)


def make_page_slug(headline, language=None):
    """:func:`make_slug`, or with the letters as they are written if the project asks for it."""
    if not makes_unicode():
        return make_slug(headline, language)
    return _cut(slugify(ELISION.sub(" ", normalize("NFC", headline or "")), allow_unicode=True))


def make_slug(headline, language=None):
    """Return an ASCII slug of at most ``MAX_LENGTH`` characters, cut at a word, or ``""``.

    Letters of every script are transliterated (``İlkay ı`` gives ``ilkay-i``), as ``language``
    does it where that differs (``über`` gives ``ueber`` in German), and an elided word stands
    apart (``L’été`` gives ``l-ete``); a headline that holds only punctuation gives an empty string.
    """
    words = ELISION.sub(" ", normalize("NFC", headline or "")).lower()
    for letter, written in letters_of(language).items():
        words = words.replace(letter, written)
    return _cut(slugify(anyascii(words)))


def _cut(slug):
    """``slug``, cut at a word if it is longer than ``MAX_LENGTH``."""
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
    """Whether ``slug`` is the one :func:`first_free` makes of ``base`` when that is taken."""
    number = slug.rpartition("-")[2]
    return number.isdigit() and slug == numbered(base or "", number)
