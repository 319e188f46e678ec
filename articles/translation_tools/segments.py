"""The segments of a unit: the paragraphs, lines and cells that translators translate one by one.

The markup inside a paragraph becomes numbered codes, so that no program changes it. What stands
around segments, such as elements of lists or the pictures of a block, is kept as it is stored.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html import escape, unescape
from itertools import count

from wagtail import blocks

from diptych.articles.languages.config.content import count_words, is_table, mapped
from diptych.articles.languages.translations.passages import INLINE, Passage

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*+)([^<>]*)>")
_LINES = re.compile(r"(\r?\n)")
#: Elements around paragraphs; any other that is not inline has a text of its own inside one.
_OUTER = frozenset(
    [
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "hr"),
        *("blockquote", "pre", "div", "section", "figure", "figcaption"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    ]
)
_TEXTS = (blocks.RichTextBlock, blocks.CharBlock, blocks.TextBlock)
_WITHOUT_END = frozenset(["br", "hr", "img", "embed", "wbr"])
#: What a program shows of elements, as XLIFF names it.
KINDS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "a": "link", "br": "lb"}


@dataclass(frozen=True)
class Code:
    """A tag in a segment: the ``"start"`` or ``"end"`` of an element, or one ``"alone"``.

    Both tags of an element have the same ``number``.
    """

    number: int
    part: str
    name: str
    html: str = field(default="", compare=False)

    @property
    def is_note(self):
        """Whether it stands for an element with a text of its own, such as a footnote."""
        return self.name not in INLINE and self.name not in _WITHOUT_END

    @property
    def kind(self):
        """What it does, as XLIFF names it."""
        return KINDS.get(self.name, f"x-html-{self.name}")


@dataclass
class Segment:
    """One paragraph, line or cell; its ``pieces`` are strings and :class:`Code` in order."""

    pieces: tuple
    is_rich: bool = False
    #: The block that it stands in, or ``None``.
    block: object = None
    #: The name of the element around it in a rich text, as ``"li"``.
    element: str = ""

    @cached_property
    def text(self):
        """Its plain text in one line, as that of the passage it is."""
        parts = (
            each if isinstance(each, str) else " " * (each.name == "br") for each in self.pieces
        )
        return " ".join("".join(parts).split())

    @cached_property
    def fingerprint(self):
        return Passage(self.text, self.text).fingerprint

    @property
    def has_words(self):
        return count_words(self.text) > 0

    @property
    def keeps_spaces(self):
        """Whether several spaces are part of it, as in a poem or a program."""
        return not getattr(getattr(self.block, "field", None), "strip", True)

    @property
    def codes(self):
        return [each for each in self.pieces if isinstance(each, Code)]

    @property
    def numbers(self):
        return {each.number for each in self.codes}

    @property
    def has_marks(self):
        """Whether its text alone lacks something: links, bold words or notes."""
        return any(each.name != "br" for each in self.codes)


def segments_of(unit):
    """Every :class:`Segment` of a unit, in order."""
    found = []
    rewritten(unit, unit.stored, found.append)
    return found


def rewritten(unit, stored, write):
    """``stored``, a value of ``unit``, with each of its segments written anew.

    ``write`` is called with each :class:`Segment` in turn, and returns the pieces in its place,
    ``None`` to leave it as it is.
    """
    if unit.block is None:
        return _rich(stored, write) if unit.is_rich else _plain(stored, write)
    return mapped(unit.block, stored, lambda block, value: _leaf(block, value, write), True)


def texts_in(unit):
    """``(block, value)`` of every text of a unit of blocks, empty ones too, in order."""
    found = []
    with_texts(unit, {}, found.append)
    return found


def with_texts(unit, values, note=None):
    """The stored unit with ``values`` in place of some texts, by their place in :func:`texts_in`.

    ``note`` is called with ``(block, value)`` of each text.
    """
    places = count()

    def write(block, value):
        if not isinstance(block, _TEXTS) and not is_table(value):
            return value
        if note:
            note((block, value))
        return values.get(next(places), value)

    return mapped(unit.block, unit.stored, write, True)


def segments_in(block, value):
    """Every :class:`Segment` of one text of :func:`texts_in`."""
    found = []
    _leaf(block, value, found.append)
    return found


def _leaf(block, value, write):
    if isinstance(block, blocks.RichTextBlock):
        return _rich(value, write, block) if value else value
    if isinstance(block, _TEXTS):
        return _plain(value, write, block) if value else value
    if is_table(value):
        rows = [
            [_plain(cell, write, block) if isinstance(cell, str) and cell else cell for cell in row]
            for row in value["data"] or ()
        ]
        return {**value, "data": rows}
    return value


# Plain texts


def _plain(text, write, block=None):
    return "".join(_line(line, write, block) for line in _LINES.split(str(text)))


def _line(line, write, block):
    inner = line.strip()
    if not inner:
        return line
    pieces = write(Segment((inner,), block=block))
    if pieces is None:
        return line
    return line.replace(inner, "".join(each for each in pieces if isinstance(each, str)), 1)


# Rich texts


@dataclass
class _Tag:
    """A tag in a paragraph, or a note from its opening tag to its ``closing`` one."""

    part: str
    name: str
    html: str
    inner: str | None = None
    closing: str = ""


def _rich(html, write, block=None):
    written, run = [], []
    for token in _tokens(str(html)):
        if isinstance(token, _Tag) and token.name in _OUTER:
            written += [_paragraph(run, write, block, token.name), token.html]
            run = []
        else:
            run.append(token)
    return "".join([*written, _paragraph(run, write, block)])


def _tokens(html):
    """Strings of HTML without tags, and a :class:`_Tag` for each tag or whole note."""
    place = 0
    while tag := _TAG.search(html, place):
        if tag.start() > place:
            yield html[place : tag.start()]
        name, place = tag[2].lower(), tag.end()
        if name in _WITHOUT_END or tag[3].endswith("/"):
            yield _Tag("alone", name, tag[0])
        elif name in INLINE or name in _OUTER:
            yield _Tag("end" if tag[1] else "start", name, tag[0])
        else:
            token, place = _note(html, tag, name)
            yield token
    if place < len(html):
        yield html[place:]


def _note(html, tag, name):
    """``(token, place behind it)`` of an element with a text of its own, such as a footnote."""
    closing = re.compile(rf"</{name}\s*>", re.I).search(html, tag.end())
    if tag[1] or closing is None:
        return _Tag("alone", name, tag[0]), tag.end()
    inner = html[tag.end() : closing.start()]
    return _Tag("alone", name, tag[0], inner, closing[0]), closing.end()


def _paragraph(run, write, block, element=""):
    """The HTML of what stands between two outer tags, the second of them of an ``element``."""
    first, last = _without_space(run)
    inner = run[first:last]
    pieces, codes = _pieces_of(inner)
    new = None
    if any(isinstance(each, str) for each in inner):
        new = write(Segment(pieces, True, block, element))
    tags = {id(each): _html_of(each, write, block) for each in run if isinstance(each, _Tag)}

    def stored(tokens):
        return [each if isinstance(each, str) else tags[id(each)] for each in tokens]

    if new is None:
        return "".join(stored(run))
    own = {id(code): tags[id(tag)] for code, tag in codes}
    written = [
        escape(each, quote=False) if isinstance(each, str) else own.get(id(each), each.html)
        for each in new
    ]
    return "".join([*stored(run[:first]), *_spaced(inner, written), *stored(run[last:])])


def _without_space(run):
    """The first and last place of ``run`` between strings of space alone."""
    first, last = 0, len(run)
    while first < last and isinstance(run[first], str) and not run[first].strip():
        first += 1
    while last > first and isinstance(run[last - 1], str) and not run[last - 1].strip():
        last -= 1
    return first, last


def _spaced(inner, written):
    """``written`` with the space at the ends that the paragraph had."""
    before = inner[0][: len(inner[0]) - len(inner[0].lstrip())] if _is_text(inner[0]) else ""
    behind = inner[-1][len(inner[-1].rstrip()) :] if _is_text(inner[-1]) else ""
    return [before, *written, behind]


def _is_text(token):
    return isinstance(token, str)


def _html_of(tag, write, block):
    """The HTML of a tag, with the segments of the note that it may be."""
    if tag.inner is None:
        return tag.html
    return f"{tag.html}{_rich(tag.inner, write, block)}{tag.closing}"


def _numbered(inner):
    """``(token, number, part)`` of each tag; both ends of an element have the same number."""
    open_, number, found = [], 0, []
    for token in inner:
        if not isinstance(token, _Tag):
            continue
        if token.part == "end" and open_ and open_[-1][0] == token.name:
            found.append((token, open_.pop()[1], "end"))
            continue
        number += 1
        if token.part == "start":
            open_.append((token.name, number))
        found.append((token, number, "alone" if token.part == "end" else token.part))
    unclosed = {each for _name, each in open_}
    return [(token, n, "alone" if n in unclosed else part) for token, n, part in found]


def _pieces_of(inner):
    """``(pieces of a segment, [(code, tag)])``."""
    numbers = {id(token): (number, part) for token, number, part in _numbered(inner)}
    pieces, codes = [], []
    for token in inner:
        if isinstance(token, str):
            pieces.append(unescape(token))
            continue
        number, part = numbers[id(token)]
        html = token.html if token.inner is None else f"{token.html}{token.inner}{token.closing}"
        codes.append((Code(number, part, token.name, html), token))
        pieces.append(codes[-1][0])
    return _stripped(joined_strings(pieces)), codes


def joined_strings(pieces):
    """``pieces`` with strings that follow one another as one."""
    joined = []
    for each in pieces:
        if isinstance(each, str) and joined and isinstance(joined[-1], str):
            joined[-1] += each
        else:
            joined.append(each)
    return joined


def _stripped(pieces):
    """``pieces`` without space at both ends."""
    pieces = list(pieces)
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0].lstrip()
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] = pieces[-1].rstrip()
    return tuple(each for each in pieces if each != "")
