"""The pieces of a segment as markup for a machine, and back."""

import re
from html import escape
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from diptych.articles.translation_tools.importing import Refused
from diptych.articles.translation_tools.segments import Code, joined_strings


def written(pieces):
    """The markup of strings and codes."""
    return "".join(
        escape(each, quote=False) if isinstance(each, str) else _tag(each) for each in pieces
    )


def _tag(code):
    if code.part == "alone":
        return f'<x id="{code.number}"/>'
    return "</g>" if code.part == "end" else f'<g id="{code.number}">'


def read(markup):
    """The strings and codes in the answer of a machine; raises :class:`Refused`."""
    reader = _Reader()
    try:
        reader.feed(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", markup))
        reader.close()
    except AssertionError as error:  # of older versions of Python, for unknown declarations
        raise Refused(_("It has a code that is not in the source.")) from error
    if reader.open:
        raise Refused(_("Its codes cross each other."))
    return tuple(joined_strings(reader.pieces))


class _Reader(HTMLParser):
    """Reads `g` and `x`; what else looks like an element was made up."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces, self.open = [], []

    def handle_data(self, data):
        self.pieces.append(data)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag == "g":
            self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        number = dict(attrs).get("id") or ""
        if tag not in ("g", "x") or not re.fullmatch("[0-9]{1,6}", number):
            raise Refused(_("It has a code that is not in the source."))
        self.pieces.append(Code(int(number), "start" if tag == "g" else "alone", ""))
        if tag == "g":
            self.open.append(int(number))

    def handle_endtag(self, tag):
        if tag == "x":
            return
        if tag != "g":
            raise Refused(_("It has a code that is not in the source."))
        if not self.open:
            raise Refused(_("Its codes cross each other."))
        self.pieces.append(Code(self.open.pop(), "end", ""))

    def _made_up(self, _text):
        raise Refused(_("It has a code that is not in the source."))

    handle_comment = handle_decl = handle_pi = unknown_decl = _made_up
