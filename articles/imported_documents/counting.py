"""The words of a source and of the blocks that were made of it, counted apart from how it is read.

A word of the source that is in no block is missing, unless it stands in one of the texts that were
left out by a rule (``Losses.leave_out``).
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from html import unescape

from wagtail.blocks import RichTextBlock

from diptych.articles.blocks import BodyBlock
from diptych.articles.languages.config.content import mapped

#: A tag of HTML, with what may stand in quotation marks in it.
TAG = re.compile(r"</?(?:[a-zA-Z][\w:-]*+)(?:\"[^\"<]*\"|'[^'<]*'|[^<>\"']|[\"'])*+>")
_DECLARATION = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>?", re.S)
_WORD = re.compile(r"\w+")
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff\u2060]")
#: How many words that seem missing are looked for in words that stand together.
MOST_LOOKED_FOR = 500
#: How many missing words are shown.
SHOWN = 30


def words_in(text):
    """The words of ``text`` in order, however they are written."""
    return _WORD.findall(_INVISIBLE.sub("", text).casefold())


def text_of_html(html):
    """All text of ``html``, also what browsers run or hide; each tag parts what is beside it."""
    return unescape(TAG.sub(" ", _DECLARATION.sub(" ", html)))


def text_of_blocks(blocks):
    """The text of ``(type, stored value)`` pairs of a body."""
    texts = []

    def leaf(block, value):
        _add_texts(value, isinstance(block, RichTextBlock), texts)
        return value

    known = _body_block().child_blocks
    for kind, value in blocks:
        mapped(known[kind], value, leaf)
    return " ".join(texts)


@cache
def _body_block():
    return BodyBlock()


def _add_texts(value, is_rich, texts):
    """Add the strings within a stored value to ``texts``."""
    if isinstance(value, str):
        texts.append(text_of_html(value) if is_rich else value)
    elif isinstance(value, dict):
        for each in value.values():
            _add_texts(each, is_rich, texts)
    elif isinstance(value, list):
        for each in value:
            _add_texts(each, is_rich, texts)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many words went in and came out, and those that are missing without a rule, in order."""

    before: int = 0
    after: int = 0
    missing: list = field(default_factory=list)

    @property
    def shown(self):
        """The first missing words, in one line."""
        return " ".join(self.missing[:SHOWN]) + (" …" if self.missing[SHOWN:] else "")


def counted(source, made, left_out=()):
    """The :class:`Counted` of the text ``source``, of which the text ``made`` was made."""
    words, there = words_in(source), words_in(made)
    explained = Counter(word for text in left_out for word in words_in(text))
    missing = _beyond(words, Counter(there) + explained)
    added = _beyond(there, Counter(words)) if missing else []
    return Counted(len(words), len(there), _without_joined(missing, added))


def _beyond(words, known):
    """The ``words`` that are more than ``known`` has of them, in order."""
    free, beyond = Counter(known), []
    for word in words:
        if free[word]:
            free[word] -= 1
        else:
            beyond.append(word)
    return beyond


def _without_joined(missing, added):
    """The ``missing`` words without those that ``added`` ones hold: joined or parted otherwise."""
    joined, found = "".join(added), []
    for number, word in enumerate(missing):
        place = joined.find(word) if number < MOST_LOOKED_FOR else -1
        if place < 0:
            found.append(word)
        else:
            joined = f"{joined[:place]}\0{joined[place + len(word) :]}"
    return found
