"""The parser of Markdown: CommonMark with the extensions that a body is written in."""

import re

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

#: How many elements may stand inside each other; the parser drops what is deeper.
DEEPEST = 100
#: Shortcodes of Hugo, tags of Liquid, and attributes of kramdown, which readers never see.
DIRECTIVE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|(?P<attributes>\{:[^{}\n]*\})")


def _read_directive(state, silent):
    """A rule of the parser: a directive within a line is text as it stands."""
    found = DIRECTIVE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent and not found["attributes"]:
        state.push("text", "", 0).content = found[0]
    state.pos = found.end()
    return True


def _read_line_of_directive(state, start, _end, silent):
    """A rule of the parser: a directive alone in its line is a paragraph, and no attributes."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].strip()
    found = None if state.is_code_block(start) else DIRECTIVE.fullmatch(line)
    if found is None:
        return False
    if not silent and not found["attributes"]:
        for kind, nesting in (("paragraph_open", 1), ("inline", 0), ("paragraph_close", -1)):
            token = state.push(kind, "p" if nesting else "", nesting)
            token.map = [start, start + 1]
        state.tokens[-2].content, state.tokens[-2].children = line, []
    state.line = start + 1
    return True


PARSER = MarkdownIt("commonmark", {"maxNesting": DEEPEST})
PARSER.enable(["table", "strikethrough"]).disable("text_join")
PARSER.use(footnote_plugin, move_to_end=False).use(attrs_plugin, spans=True)
PARSER.use(attrs_block_plugin).use(superscript_plugin).use(sub_plugin)
PARSER.use(container_plugin, "block", validate=lambda *_: True)
PARSER.block.ruler.before("attr", "directive", _read_line_of_directive)
PARSER.inline.ruler.before("html_inline", "directive", _read_directive)
#: Links are checked by :meth:`_Reader.address`, which raises an error for those not allowed.
PARSER.validateLink = lambda _address: True
#: Addresses stay as they were written.
PARSER.normalizeLink = lambda address: address


def tokens_within(tokens):
    """``tokens``, and those inside them, in order."""
    for token in tokens:
        yield token
        yield from tokens_within(token.children or ())
