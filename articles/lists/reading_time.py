"""The length of an article in words, and the estimated time to read it."""

import re

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diptych.articles.languages.config.content import texts_of
from diptych.articles.linguistics.languages import language_data
from diptych.articles.richtext.footnotes import without_notes

_TAG = re.compile(r"<[^>]*>")


def words_to_read(lead, body):
    """The number of words of a lead and a body.

    Endnotes, which few readers read, and blocks with ``is_read = False`` are not counted.
    """
    return len((lead or "").split()) + sum(_words_of(*each) for each in _read(body))


def minutes_to_read(words, language):
    """Minutes to read so many words of ``language``; 0 for very short texts."""
    return round(words / language_data(language).WORDS_PER_MINUTE)


def length_in_words(lead, body, language):
    """The length of a text in ``language`` as editors read it; ``""`` if there is none."""
    words = words_to_read(lead, body)
    if not words:
        return ""
    number = number_format(words, force_grouping=True)
    count = ngettext("%(count)s word", "%(count)s words", words) % {"count": number}
    minutes = minutes_to_read(words, language)
    time = ngettext("%(minutes)s-minute read", "%(minutes)s-minute read", minutes)
    time = time % {"minutes": minutes} if minutes else _("less than a minute to read")
    return f"{count}, {time}"


def _read(body):
    """``(block, stored value)`` of each block of ``body`` whose words are counted."""
    known = body.stream_block.child_blocks if body else {}
    for each in body.raw_data if body else ():
        block = known.get(each["type"])
        if block is not None and getattr(block.meta, "is_read", True):
            yield block, each["value"]


def _words_of(block, stored):
    texts = texts_of(block, stored, _without_notes_and_tags)
    return sum(len(text.split()) for text in texts)


def _without_notes_and_tags(html):
    return _TAG.sub(" ", without_notes(html))
