"""The passages of a unit: the leaf texts that readers read.

They are the paragraphs, headings and items of lists of a rich text, the notes in it, the cells of a
table and the lines of a plain text. A unit is translated once all its passages are; which are not
is found by :mod:`diptych.articles.languages.translations.leftovers`.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape

from wagtail import blocks, hooks

from diptych.articles.languages.config.content import (
    count_words,
    fingerprint,
    is_of_any_language,
    leaves_of,
)
from diptych.articles.languages.config.language_config import available_languages

#: The hook for who can tell the language of a passage: a function called with its text, the
#: language of its column and all languages of the site. It returns the one in which the passage
#: reads, ``None`` if that is its own or not clear.
DETECTION = "register_diptych_language_detection"

#: How many words a passage has at least whose language is looked at.
LONG_ENOUGH = 12

_NAMES = (
    "abbr acronym bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike"
    " strong sub sup tt u var wbr a b img embed"
)
#: Elements within a passage. The text of any other stands apart, as that of a note.
INLINE = frozenset(_NAMES.split())
#: Elements whose text is not in the language of the text around it, or need not be.
_NOT_ITS_OWN = frozenset(["blockquote", "q", "cite", "code", "kbd", "samp", "var", "pre"])
#: Elements of titles and foreign words, which are also used for emphasis.
_EMPHASIS = frozenset(("i", "em"))
_WITHOUT_END = frozenset(["br", "hr", "img", "embed", "wbr"])

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*+)([^<>]*)>")
_LANGUAGE = re.compile(r"\blang\s*=")
_QUOTED = re.compile(
    r"«[^«»]*»|“[^“”]*”|„[^„“”]*[“”]|\"[^\"]*\"|(?<!\w)‘\w[^‘’]{4,}’(?!\w)|(?<!\w)'\w[^']{4,}'(?!\w)"
)
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?…])\s+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)[^\s@]+@[^\s@]+\.\w+")


@dataclass(frozen=True)
class Passage:
    """A ``text`` in one line; ``own`` is the part of it that has to be in the column's language."""

    text: str
    own: str
    #: Whether it may be in another language than its column, as a quotation.
    is_of_any_language: bool = False

    @cached_property
    def fingerprint(self):
        return fingerprint(_comparable(self.text))[:10]

    @cached_property
    def words(self):
        return count_words(self.own)

    @cached_property
    def may_be_the_same(self):
        """Whether it may stand word for word in another language.

        Quotations are left out, unless the whole passage is one: then it is a title if it is short.
        """
        text = _without_quotations(self.own)
        if not count_words(text) and self.words >= LONG_ENOUGH:
            text = self.own
        return count_words(text) < 2 or _is_of_names(text) or _is_code(text)

    def language_besides(self, language):
        """The language detected in it, if that is another than ``language``; else ``None``."""
        if self.words < LONG_ENOUGH or self.is_of_any_language:
            return None
        return _language_besides(self.own, language, tuple(available_languages()))

    def part_besides(self, language):
        """``(language, text)`` of the first sentences in it that are in another language.

        They are all of it if it reads as another language as a whole; ``None`` if none are.
        """
        if found := self.language_besides(language):
            return found, self.text
        if self.words < 2 * LONG_ENOUGH or self.is_of_any_language:
            return None
        return _part_besides(self.own, language, tuple(available_languages()))


@lru_cache(maxsize=8192)
def _language_besides(text, language, languages):
    """The first language other than ``language`` that a detector of :data:`DETECTION` finds."""
    text = _without_quotations(text)
    if count_words(text) < LONG_ENOUGH or _is_of_names(text) or _is_code(text):
        return None
    found = (detect(text, language, languages) for detect in hooks.get_hooks(DETECTION))
    return next(filter(None, found), None)


@lru_cache(maxsize=8192)
def _part_besides(text, language, languages):
    for part in _runs_of_sentences(_without_quotations(text)):
        found = _language_besides(part, language, languages)
        if found and not _is_a_title(part):
            return found, part
    return None


def _runs_of_sentences(text):
    """As few sentences from each on as have :data:`LONG_ENOUGH` words."""
    sentences = _BETWEEN_SENTENCES.split(text)
    for number in range(len(sentences)):
        words, end = 0, number
        while words < LONG_ENOUGH and end < len(sentences):
            words, end = words + count_words(sentences[end]), end + 1
        yield " ".join(sentences[number:end])


def passages_of(unit):
    """The passages of a unit with words, in the order in which readers read them."""
    if unit.block is None:
        read = _passages_of_html if unit.is_rich else _passages_of_lines
        return read(str(unit.stored))
    return tuple(
        passage
        for block, text in leaves_of(unit.block, unit.stored)
        for passage in _passages_in(block, text)
    )


def _passages_in(block, text):
    if isinstance(block, blocks.RichTextBlock):
        return _passages_of_html(text)
    if is_of_any_language(block):
        line = _in_one_line(text)
        return (Passage(line, line, is_of_any_language=True),) if count_words(line) else ()
    return _passages_of_lines(text)


@lru_cache(maxsize=2048)
def _passages_of_lines(text):
    lines = map(_in_one_line, text.splitlines())
    return tuple(Passage(line, line) for line in lines if count_words(line))


@lru_cache(maxsize=2048)
def _passages_of_html(html):
    reader = _Reader()
    place = 0
    for tag in _TAG.finditer(html):
        reader.read(html[place : tag.start()])
        place = tag.end()
        reader.turn(tag[2].lower(), bool(tag[1]), tag[3])
    reader.read(html[place:])
    found = (each.passage for each in reader.passages)
    return tuple(passage for passage in found if count_words(passage.text))


class _Reader:
    """Collects the passages of a rich text; one within another interrupts it."""

    def __init__(self):
        outermost = _Collected()
        self.passages = [outermost]
        #: The open elements, each with its passage and whether its text is not its own.
        self.open = [("", outermost, "")]
        #: How many elements of each name are open.
        self.names = Counter()

    def read(self, text):
        if text:
            _name, passage, kind = self.open[-1]
            passage.add(unescape(text), kind)

    def turn(self, name, is_end, attributes):
        if name == "br":
            self.open[-1][1].break_line()
        elif is_end:
            self._close(name)
        elif name not in _WITHOUT_END and not attributes.endswith("/"):
            _name, passage, kind = self.open[-1]
            if name not in INLINE:
                passage = _Collected()
                self.passages.append(passage)
            self.open.append((name, passage, kind or _kind_of(name, attributes)))
            self.names[name] += 1

    def _close(self, name):
        """Close the innermost element of that name, with those left open in it."""
        while self.names[name]:
            closed = self.open.pop()[0]
            self.names[closed] -= 1
            if closed == name:
                return


def _kind_of(name, attributes):
    if name in _NOT_ITS_OWN or _LANGUAGE.search(attributes):
        return "other"
    return "emphasis" if name in _EMPHASIS else ""


class _Collected:
    """The text of one passage while it is read, in pieces with the kind of each."""

    def __init__(self):
        self.pieces = []

    def add(self, text, kind):
        self.pieces.append((text, kind))

    def break_line(self):
        self.pieces.append((" ", ""))

    @property
    def passage(self):
        """Emphasis over all of it is no title."""
        text = _in_one_line("".join(text for text, _kind in self.pieces))
        own = _in_one_line("".join(" " if kind else text for text, kind in self.pieces))
        if not count_words(own):
            own = _in_one_line("".join(text for text, kind in self.pieces if kind != "other"))
        return Passage(text, own)


def _in_one_line(text):
    return " ".join(text.split())


# Passages that need no translation


_WORD = re.compile(r"[^\W\d_]+")
#: Words within names and titles of several languages, written small.
_SMALL = (
    "d de del della di da do dos das du des la le les l el von van der den zu y e et and of the al"
    " ibn bin"
)
_PARTICLES = frozenset(_SMALL.split())
_SEPARATORS = re.compile(r"[,;:()\[\]]|\.(?=\s|$)|[–—/|]")
#: Characters of programs and formulas.
_CODE = re.compile(r"[{}=<>\\|$#@^~*+]|_\w|\w_|\w\(|\)\.|\w\.\w|--?\w+=|;$")
#: A reference has so many capital words, and so many words for a separator, at least.
CAPITALS, CAPITALS_WITHOUT_A_NUMBER, WORDS_FOR_A_SEPARATOR = 0.4, 0.6, 4
LONG_REFERENCE = 6


def _is_of_names(text):
    """Whether ``text`` is names, or a bibliographic reference, which is not translated."""
    words = _WORD.findall(_ADDRESS.sub(" ", text))
    capital = [word for word in words if word[0].isupper()]
    if all(word[0].isupper() or word in _PARTICLES for word in words):
        return True
    has_number = re.search(r"\d", text) is not None
    least = CAPITALS if has_number else CAPITALS_WITHOUT_A_NUMBER
    if len(capital) < least * len(words) or not (has_number or len(words) >= LONG_REFERENCE):
        return False
    return len(_SEPARATORS.findall(text)) * WORDS_FOR_A_SEPARATOR >= len(words)


def _is_a_title(text):
    """Whether ``text``, taken out of a longer one, is a title or of names, by its capital words."""
    words = _WORD.findall(text)
    return sum(word[0].isupper() for word in words) >= CAPITALS * len(words)


def _is_code(text):
    """Whether ``text`` is a line of a program, a formula or an address."""
    without = _ADDRESS.sub(" ", text)
    return count_words(without) < 2 or len(_CODE.findall(without)) * 4 >= len(without.split())


def _without_quotations(text):
    return _in_one_line(_QUOTED.sub(" ", text))


def _comparable(text):
    """``text`` as it is compared: any apostrophe and any space are the same."""
    return text.replace("’", "'")
