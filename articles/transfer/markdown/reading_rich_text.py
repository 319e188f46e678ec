"""Markdown within a block as rich text: paragraphs, lists, links, footnotes, passages."""

import hashlib
import html
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from markdown_it.tree import SyntaxTreeNode

from diptych.articles.imported_documents.html import nested_too_deeply
from diptych.articles.richtext.footnotes import clean_note, note_element
from diptych.articles.richtext.passages import as_tag, is_written_from_the_right
from diptych.articles.transfer.markdown.parser import DEEPEST, PARSER

ADDRESSES = ("https://", "http://", "mailto:")
MARKS = {"strong": "b", "em": "i", "sup": "sup", "sub": "sub"}
WORDS = {"text", "text_special", "code_inline"}
BREAKS = {"softbreak", "hardbreak"}
#: Characters of unparsed, that is malformed, markup in a text.
STRAY = re.compile(r"\*|\[\^|\^\[|\]\(|\]\{|^\||^:::")
#: Stands for a line break that is kept, until the other ones have become spaces.
KEPT_BREAK = "\v"
KINDS = {
    "heading": "heading",
    "paragraph": "paragraph",
    "bullet_list": "list",
    "ordered_list": "list",
    "hr": "rule",
    "blockquote": "quotation",
    "fence": "preformatted",
    "code_block": "preformatted",
    "table": "table",
}
#: The kinds of nodes that rich text can hold.
RICH = ("paragraph", "list", "rule")


class MarkdownFault(Exception):
    """Markdown that has no block; has the line and a message."""

    def __init__(self, line, message):
        super().__init__(message)
        self.line, self.message = line, message


@dataclass(frozen=True)
class Names:
    """The primary keys of what a text can refer to, by the names used in it."""

    images: dict = field(default_factory=dict)
    pages: dict = field(default_factory=dict)
    documents: dict = field(default_factory=dict)


def is_whole_address(address):
    """Whether ``address`` has a scheme that any reader can follow."""
    return address.startswith(ADDRESSES)


def rich_text(words, seed, names=None, line=1, is_address=is_whole_address, allowed=("paragraph",)):
    """Convert Markdown to rich text; keys of its paragraphs are derived from ``seed``."""
    reader = RichTextReader(words, seed, names or Names(), line, is_address)
    return reader.rich_blocks(reader.tree.children, seed, allowed)


class RichTextReader:
    """Converts one text; ``line`` is the first line of the current block."""

    def __init__(self, text, key, names, first_line, is_address):
        environment = {}
        tokens = PARSER.parse(text, environment)
        for token in tokens:
            if token.level >= DEEPEST - 2:
                raise MarkdownFault(first_line + (token.map or [0])[0], nested_too_deeply())
        self.tree = SyntaxTreeNode(tokens)
        self.key, self.names, self.is_address = key, names, is_address
        self.environment, self.rows = environment, text.split("\n")
        self.first_line, self.line = first_line, first_line
        self.inline_notes = environment.get("footnotes", {}).get("list", {})
        notes = (node for node in self.tree.walk() if node.type == "footnote_reference")
        self.notes, self.used_notes = {node.meta["label"]: node for node in notes}, set()

    def fail(self, message):
        raise MarkdownFault(self.line, message)

    def require(self, condition, message):
        if not condition:
            self.fail(message)

    def at(self, node):
        """Remember the line of ``node``, for messages; returns the node."""
        if node.map:
            self.line = self.first_line + node.map[0]
        return node

    def find(self, name, known):
        """The primary key of what is called ``name``."""
        return known[name] if name in known else self.fail(no_such(name))

    def rich_blocks(self, nodes, seed, allowed=("paragraph",)):
        """Paragraphs, and the other kinds ``allowed`` from RICH, as rich text."""
        parts = []
        for number, node in enumerate(nodes):
            kind, key = KINDS.get(self.at(node).type), f"{seed}/{number}"
            self.require(kind in allowed, no_place(node))
            if kind == "list":
                parts.append(self.rich_list(node, key))
            elif kind == "rule":
                parts.append("<hr/>")
            else:
                parts.append(f'<p data-block-key="{block_key(key)}">{self.rich(node)}</p>')
        return "".join(parts)

    def rich_list(self, node, seed):
        """A bullet or numbered list with nested lists."""
        tag = "ul" if node.type == "bullet_list" else "ol"
        self.require(node.attrs.get("start", 1) == 1, _("a numbered list begins at 1 here"))
        items = []
        for number, item in enumerate(node.children):
            self.require(self.at(item).children, _("this item is empty"))
            words, *lists = item.children
            kinds = [KINDS.get(each.type) for each in item.children]
            is_plain = kinds == ["paragraph"] + ["list"] * len(lists)
            self.require(is_plain, _("an item of a list is one paragraph, then perhaps a list"))
            key = f"{seed}/{number}"
            nested = "".join(self.rich_list(each, key) for each in lists)
            opening = f'<li data-block-key="{block_key(key)}">'
            items.append(f"{opening}{self.rich(words)}{nested}</li>")
        return f"<{tag}>{''.join(items)}</{tag}>"

    def rich(self, node, within=()):
        """The inline content of ``node`` as HTML; ``within`` are the enclosing marks."""
        return "".join(self.rich_part(child, within) for child in inline_nodes(node))

    def rich_part(self, node, within):
        """One inline node as HTML: text, a mark, a link, a footnote or a passage."""
        if node.type in WORDS:
            return html.escape(self.words(node), quote=False)  # as Wagtail's editor does
        if node.type in BREAKS:
            return " " if node.type == "softbreak" else "<br/>"
        if node.type == "footnote_ref":
            return self.footnote(node, within)
        self.require(node.type in {*MARKS, "link", "span"}, no_place(node))
        mark = node.type
        if mark == "span" and node.attrs.get("class") in MARKS and len(node.attrs) == 1:
            mark = node.attrs["class"]
        message = _("%(kind)s within %(kind)s") % {"kind": mark}
        self.require(mark not in within, message)
        content = self.rich(node, (*within, mark))
        if mark in MARKS:
            return f"<{MARKS[mark]}>{content}</{MARKS[mark]}>"
        self.require(content.strip(), _("a link or a passage without words"))
        tag = self.link(node) if node.type == "link" else self.passage(node)
        return f"<{tag}>{content}</{tag.partition(' ')[0]}>"

    def words(self, node):
        """The content of a text node; unparsed markup in it is an error."""
        if node.type == "text" and (found := STRAY.search(node.content)):
            names = {"mark": found[0], "words": node.content}
            self.fail(_("“%(mark)s” in “%(words)s” opens or closes nothing") % names)
        return node.content

    def plain(self, node, allowed=()):
        """The inline content of ``node`` as plain text; only ``allowed`` types may nest."""
        parts = []
        for child in inline_nodes(node):
            if child.type in WORDS:
                parts.append(self.words(child))
            elif child.type in BREAKS:
                parts.append("\n" if child.type == "softbreak" else KEPT_BREAK)
            elif child.type in allowed:
                parts.append(self.plain(child, allowed))
            else:
                self.fail(_("no markup here: %(kind)s") % {"kind": child.type})
        return "".join(parts)

    def footnote(self, node, within):
        """The footnote ``node`` refers to, in its stored form within rich text."""
        message = _("a note stands behind %(kind)s, not within it")
        self.require(not within, message % {"kind": "".join(within[-1:])})
        if label := node.meta.get("label"):
            self.used_notes.add(label)
            parts = self.notes[label].children
            is_plain = types_in(self.notes[label]) <= {"paragraph"}
            message = _("the footnote “%(label)s” holds more than paragraphs")
            self.require(is_plain, message % {"label": label})
        else:
            parts = [SyntaxTreeNode(self.inline_notes[node.meta["id"]]["tokens"])]
        words = " ".join(self.rich(part, ("footnote_ref",)) for part in parts)
        self.require(words.strip(), _("a note without words"))
        return note_element(clean_note(words))

    def address(self, node):
        """The URL of a link; an error for one that no link may have."""
        address = node.attrs["href"]
        message = _("“%(address)s” is not an address a link can lead to")
        self.require(self.is_address(address), message % {"address": address})
        return address

    def link(self, node):
        """The start tag of a link to a page or a document, by its name, or to a URL."""
        name, names = node.attrs["href"], self.names
        self.require(node.attrs.keys() <= {"href"}, _("a link has an address alone"))
        for kind, known in (("page", names.pages), ("document", names.documents)):
            if name in known:
                return f'a linktype="{kind}" id="{known[name]}"'
        return f'a href="{html.escape(self.address(node))}"'

    def passage(self, node):
        """The start tag of a passage in another language."""
        tag = as_tag(node.attrs.get("lang"))
        is_passage = tag and len(node.attrs) == 1
        self.require(is_passage, _("a passage in another language is like [Grüezi]{lang=gsw}"))
        return f'span lang="{tag}"' + (' dir="rtl"' if is_written_from_the_right(tag) else "")


def block_key(seed):
    """The key of a paragraph of rich text: five letters and digits, derived from ``seed``."""
    return hashlib.sha256(seed.encode()).hexdigest()[:5]


def no_such(name):
    return _("nothing is called “%(name)s”") % {"name": name}


def no_place(node):
    return _("no place here for this kind of Markdown: %(kind)s") % {"kind": node.type}


def inline_nodes(node):
    """The inline nodes of ``node``."""
    return [
        part
        for child in node.children
        for part in (child.children if child.type == "inline" else [child])
    ]


def types_in(node):
    return {child.type for child in node.children}
