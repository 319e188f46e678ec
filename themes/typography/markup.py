"""Splits HTML into passages of one language, typesets these, and leaves code and tags alone."""

import re
from html import unescape

from diptych.themes.typography.characters import (
    BREAK,
    NARROW,
    NO_BREAK,
    OBJECT,
    PLACEHOLDERS,
    TAG,
    has_placeholders,
)
from diptych.themes.typography.conventions import FRANCE, conventions_for
from diptych.themes.typography.headlines import hold_together
from diptych.themes.typography.passage import Passage
from diptych.themes.typography.protection import protect

#: A comment, an element with raw text, a tag, or a character reference. It starts with a character
#: class, since a search is half as fast if it starts with alternatives.
_TOKEN = re.compile(
    r"""
    [<&] (?:
        (?<=<) (?:
            !--.*?(?:-->|\Z)
          | (?P<raw>script|style|textarea|title)\b
              (?:[^<>"']|"[^"]*"|'[^']*')*+ > .*? (?:</(?P=raw)\s*>|\Z)
          | /?(?P<name>[a-zA-Z][^\s<>/]*+) (?:[^<>"']|"[^"]*"|'[^']*')*+ >
          | ![^>]*>
        )
      | (?<=&)(?P<entity>(?:[a-zA-Z][a-zA-Z0-9]*|\#[0-9]+|\#[xX][0-9a-fA-F]+);)
    )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_SIGN = re.compile(f"[{PLACEHOLDERS}]")

_TRANSPARENT, _OPAQUE, _BREAK, _OBJECT, _BLOCK = range(5)
_NAMES = {
    # Inline elements: a word or a quotation may start inside and end outside.
    _TRANSPARENT: (
        "a abbr b bdi bdo big cite del dfn em font i ins label mark nobr q s small span strike"
        " strong sub sup time tt u wbr"
    ),
    # Elements whose content is left alone.
    _OPAQUE: (
        "audio canvas code data iframe kbd math object output picture pre samp select svg"
        " template var video"
    ),
    _BREAK: "br",
    # Elements that count as a word.
    _OBJECT: "img input embed",
}
#: The kinds of elements by name. All others are blocks, which end a passage.
KINDS = {name: kind for kind, names in _NAMES.items() for name in names.split()}
#: Elements without an end tag.
VOID = frozenset(["area", "base", "col", "hr", "link", "meta", "source", "track", "wbr"])
HEADLINES = frozenset(["h1", "h2", "h3", "h4"])
#: How the class of a headline ends that is no heading of its page.
HEADLINE_CLASS = '__headline"'
INVISIBLE = frozenset(["script", "style"])
#: The characters that are typeset even if written as character references.
DECODED = frozenset(f"\"'«»‹›“”‘’…–—{NO_BREAK}{NARROW}")


def typeset_html(html, conventions, french=FRANCE):
    """``html`` with ``conventions`` applied, or those of ``lang`` attributes in their elements.

    ``french`` are the conventions of ``lang="fr"``.
    """
    if has_placeholders(html):
        return html
    return _Walk(conventions, french).through(html)


def typeset_text(text, conventions):
    """``text``, without markup, with ``conventions`` applied; no markup is added."""
    if conventions is None or has_placeholders(text):
        return text
    part = _Part(conventions, raises_ordinals=False)
    part.pieces.append(text)
    return part.finish()


class _Part:
    """A part of HTML in one language: an element with ``lang``, or the whole.

    ``name`` is the name of the element; ``depth`` counts open elements of that name.
    """

    def __init__(self, conventions, name="", raises_ordinals=True):
        self.conventions = conventions
        self.name = name
        self.depth = 1
        self.raises_ordinals = raises_ordinals
        self.is_headline = name in HEADLINES
        self.finished = []
        self.pieces = []
        self.kept = []

    def keep(self, markup, sign):
        """Add ``markup`` to the passage unchanged, represented by the placeholder ``sign``."""
        self.pieces.append(sign)
        self.kept.append(markup)

    def interrupt(self, markup):
        """End the passage and add ``markup``."""
        self.finish_passage()
        self.finished.append(markup)

    def finish_passage(self):
        if not self.pieces:
            return
        text = "".join(self.pieces)
        if self.conventions is not None and not text.isspace():
            text = protect(text, self.kept)
            text = Passage(text, self.conventions, self.raises_ordinals).typeset()
            if self.is_headline:
                text = hold_together(text, self.conventions)
        if self.kept:
            around = _SIGN.split(text)
            text = around[0] + "".join(
                f"{kept}{piece}" for kept, piece in zip(self.kept, around[1:], strict=True)
            )
        self.finished.append(text)
        self.pieces, self.kept = [], []

    def finish(self):
        self.finish_passage()
        return "".join(self.finished)


class _Walk:
    """Processes HTML from tag to tag, with a stack of parts by language."""

    def __init__(self, conventions, french):
        self.french = french
        self.parts = [_Part(conventions)]
        #: The name of the skipped element, its depth of nesting, and its start.
        self.skipped, self.depth, self.skipped_from = "", 0, 0

    def through(self, html):
        position = 0
        for found in _TOKEN.finditer(html):
            start, end = found.span()
            if self.skipped:
                self._look_for_end(found, html)
            else:
                part = self.parts[-1]
                if start > position:
                    part.pieces.append(html[position:start])
                name = found["name"]
                if name:
                    self._take_tag(part, found[0], name.lower(), start)
                else:
                    self._take_other(part, found)
            position = end
        if self.skipped:
            self.parts[-1].keep(html[self.skipped_from :], OBJECT)
        elif position < len(html):
            self.parts[-1].pieces.append(html[position:])
        while len(self.parts) > 1:
            self._leave_part()
        return self.parts[0].finish()

    def _take_tag(self, part, markup, name, start):
        kind = KINDS.get(name, _BLOCK)
        if markup[1] == "/":
            self._take_end(part, markup, name, kind)
        elif kind in (_TRANSPARENT, _BLOCK):
            self._take_start(part, markup, name, kind)
        elif kind == _OPAQUE:
            self.skipped, self.depth, self.skipped_from = name, 1, start
        else:
            part.keep(markup, BREAK if kind == _BREAK else OBJECT)

    def _take_start(self, part, markup, name, kind):
        if name == part.name:
            part.depth += 1
        conventions = self._conventions_of(markup, part)
        if conventions is not part.conventions and name not in VOID:
            inner = _Part(conventions, name)
            inner.finished.append(markup)
            self.parts.append(inner)
        elif kind == _TRANSPARENT:
            part.keep(markup, TAG)
        else:
            part.interrupt(markup)
            part.is_headline = name in HEADLINES or HEADLINE_CLASS in markup

    def _take_end(self, part, markup, name, kind):
        if name == part.name:
            part.depth -= 1
            if part.depth == 0:
                part.interrupt(markup)
                self._leave_part()
                return
        if kind == _TRANSPARENT:
            part.keep(markup, TAG)
        else:
            part.interrupt(markup)
            part.is_headline = False

    def _take_other(self, part, found):
        markup = found[0]
        if found["entity"]:
            self._take_entity(part, markup)
        elif found["raw"] and found["raw"].lower() not in INVISIBLE:
            part.keep(markup, OBJECT)
        else:
            part.keep(markup, TAG)

    def _take_entity(self, part, markup):
        character = unescape(markup)
        if part.conventions is None:
            part.pieces.append(markup)
        elif character in DECODED:
            part.pieces.append(character)
        else:
            part.keep(markup, OBJECT)

    def _leave_part(self):
        """Finish the innermost part; an inline element continues the passage around it."""
        inner = self.parts.pop()
        if KINDS.get(inner.name) == _TRANSPARENT:
            self.parts[-1].keep(inner.finish(), OBJECT)
        else:
            self.parts[-1].interrupt(inner.finish())

    def _conventions_of(self, markup, part):
        if "lang" not in markup and "lang" not in markup.lower():
            return part.conventions
        for name, *values in _ATTRIBUTE.findall(markup, 1):
            if name.lower() == "lang":
                return conventions_for("".join(values), self.french)
        return part.conventions

    def _look_for_end(self, found, html):
        if (found["name"] or "").lower() != self.skipped:
            return
        self.depth += -1 if found[0][1] == "/" else 1
        if self.depth == 0:
            part = self.parts[-1]
            markup = html[self.skipped_from : found.end()]
            if self.skipped == "pre":
                part.interrupt(markup)
            else:
                part.keep(markup, OBJECT)
            self.skipped = ""
