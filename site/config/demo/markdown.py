"""Converts Markdown to the stored value of a body, a StreamField of `articles.blocks.BodyBlock`.

The dialect is CommonMark without HTML and code, with tables, footnotes (``[^1]`` or
``^[words]``), ``H~2~O``, ``m^2^`` and passages in another language (``[Grüezi]{lang=gsw}``).
A paragraph of one image, ``![alternative text](name "caption")``, becomes an image block;
``{.decorative}`` after it marks it as decorative. A quotation ends with ``— attribution``, which
may be a link to the source. Blocks without Markdown syntax are containers, closed by a line of
three colons::

    ::: note Title          ::: gallery Caption         ::: embed Title
    ::: pull_quote          ::: table Caption           ::: article name
    ::: question Why?
"""

import hashlib
import html
import re
import uuid
from collections import Counter

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from articles.richtext.footnotes import clean_note, note_element
from articles.richtext.passages import as_tag, is_written_from_the_right
from config.demo.errors import ContentError

NAMESPACE = uuid.UUID("6f0f6d0c-7c1e-5a55-9d0b-3f5f6f3c1d11")
ADDRESSES = ("https://", "http://", "mailto:")
MARKS = {"strong": "b", "em": "i", "sup": "sup", "sub": "sub"}
WORDS = {"text", "text_special"}
BREAKS = {"softbreak", "hardbreak"}
#: Characters of unparsed, that is malformed, markup in a text.
STRAY = re.compile(r"\*|\[\^|\^\[|\]\(|\]\{|^\||^:::")
CELLS = re.compile(r"(?<!\\)\|")
DASH = "— "
PICTURE = {"src", "alt", "title"}

PARSER = MarkdownIt("commonmark").enable("table").disable("text_join")
PARSER.use(footnote_plugin, move_to_end=False).use(attrs_plugin, spans=True)
PARSER.use(superscript_plugin).use(sub_plugin)
PARSER.use(container_plugin, "block", validate=lambda *_: True)
#: Links are checked by :meth:`_Reader.address`, which raises an error for those not allowed.
PARSER.validateLink = lambda _address: True


def read_body(text, path, key, images, articles, first_line=1):
    """Convert the Markdown ``text`` to stored blocks, a list of dictionaries.

    ``images`` and ``articles`` are primary keys by the names used in the text. The id of a block is
    derived from ``key``, its kind and its number among its kind, so it is the same in all
    languages of a page. Markdown that has no block raises :class:`ContentError` with ``path`` and
    the line, counted from ``first_line``.
    """
    return _Reader(text, path, key, images, articles, first_line).blocks()


def rich_text(words, path, seed, line=1):
    """Convert Markdown to rich text; keys of its paragraphs are derived from ``seed``."""
    reader = _Reader(words, path, seed, {}, {}, line)
    return reader.rich_blocks(reader.tree.children, seed)


def block_id(*parts):
    """The id of a block, derived from ``parts``."""
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts)))


def _block_key(seed):
    """The key of a paragraph of rich text: five letters and digits, derived from ``seed``."""
    return hashlib.sha256(seed.encode()).hexdigest()[:5]


class _Reader:
    """Converts one text; ``line`` is the first line of the current block."""

    def __init__(self, text, path, key, images, articles, first_line):
        environment = {}
        self.tree = SyntaxTreeNode(PARSER.parse(text, environment))
        self.path, self.key = path, key
        self.images, self.articles = images, articles
        self.rows, self.first_line, self.line = text.splitlines(), first_line, first_line
        self.inline_notes = environment.get("footnotes", {}).get("list", {})
        notes = (node for node in self.tree.walk() if node.type == "footnote_reference")
        self.notes, self.used_notes = {node.meta["label"]: node for node in notes}, set()

    def fail(self, message):
        raise ContentError(self.path, self.line, message)

    def require(self, condition, message):
        if not condition:
            self.fail(message)

    def at(self, node):
        """Remember the line of ``node``, for messages; returns the node."""
        if node.map:
            self.line = self.first_line + node.map[0]
        return node

    def find(self, name, known):
        """The primary key of the image or article called ``name``."""
        return known[name] if name in known else self.fail(f"nothing is called {name!r}")

    def blocks(self):
        """The stored blocks of the whole text."""
        counted, data = Counter(), []
        for node in self.tree.children:
            if self.at(node).type == "footnote_reference":
                continue
            kind = self.kind_of(node)
            seed = f"{self.key}/{kind}/{counted[kind]}"
            counted[kind] += 1
            stored = "paragraph" if kind in RICH else kind
            value = getattr(self, f"read_{stored}")(node, seed)
            data.append({"type": stored, "value": value, "id": block_id(seed)})
        for label in self.notes.keys() - self.used_notes:
            self.at(self.notes[label])
            self.fail(f"nothing refers to the footnote {label!r}")
        return data or self.fail("the text is empty")

    def kind_of(self, node):
        """The kind of ``node``: a type of block, ``list`` or ``rule``."""
        if node.type == "container_block":
            kind = node.info.strip().partition(" ")[0]
            known = ", ".join(CONTAINERS)
            self.require(kind in CONTAINERS, f"there is no block {kind!r}, only {known}")
            is_closed = ":::" in "".join(self.rows[node.map[1] : node.map[1] + 1])
            self.require(is_closed, "this block is never closed")
            return kind
        if node.type == "paragraph" and [each.type for each in _inline(node)] == ["image"]:
            return "image"
        is_known = node.type in KINDS
        self.require(is_known, f"there is no block for this kind of Markdown: {node.type}")
        return KINDS[node.type]

    # Blocks

    def read_heading(self, node, _seed):
        self.require(node.tag in ("h2", "h3"), "a heading is ## or ###, then its words")
        return {"text": self.plain(node), "level": node.tag}

    def read_paragraph(self, node, seed):
        return self.rich_blocks([node], seed, RICH)

    def read_quotation(self, node, _seed):
        self.require(node.children, "this quotation is empty")
        self.require(_types(node) == {"paragraph"}, "a quotation holds paragraphs alone")
        links = [each for each in node.children[-1].walk() if each.type == "link"]
        words = "\n\n".join(self.plain(child, ("link",)) for child in node.children)
        text, _dash, attribution = words.rpartition(f"\n{DASH}")
        if not text:
            text, attribution = words, ""
        is_source = attribution and len(links) == 1
        self.require(is_source or not links, "the only link of a quotation is who said it")
        source = self.address(links[0]) if links else ""
        return {"text": _unfolded(text), "attribution": attribution.strip(), "source": source}

    def read_table(self, node, _seed):
        caption, table, source = "", node, ""
        if node.type == "container_block":
            caption = _title(node)
            table, *others = node.children or [node]
            self.require(table.type == "table", "this block holds a table, with a row of hyphens")
            is_source = [each.type for each in others] in ([], ["paragraph"])
            self.require(is_source, "one paragraph at most follows the table: its source")
            source = self.plain(others[0]) if others else ""
        rows = [self.cells(row) for part in table.children for row in part.children]
        self.require(rows[1:], "a table has a first row, a row of hyphens and at least one more")
        value = {
            "data": rows,
            "cell": [],
            "mergeCells": [],
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "table_header_choice": "both",
            "table_caption": "",
        }
        return {"caption": caption, "table": value, "source": source}

    def cells(self, row):
        """The text of each cell of ``row``; the parser drops cells beyond the last column."""
        cells = [self.plain(cell) for cell in self.at(row).children]
        written = CELLS.split(self.rows[row.map[0]].strip().removeprefix("|").removesuffix("|"))
        is_whole = len(written) == len(cells)
        self.require(is_whole, f"{len(written)} cells instead of {len(cells)}")
        return cells

    def read_pull_quote(self, node, _seed):
        is_one = [each.type for each in node.children] == ["paragraph"] and not _title(node)
        self.require(is_one, "a pull quote is one paragraph, without a title")
        return {"text": _unfolded(self.plain(node.children[0]))}

    def read_note(self, node, seed):
        self.require(node.children, "this note is empty")
        allowed = ("paragraph", "list")
        return {"title": _title(node), "text": self.rich_blocks(node.children, seed, allowed)}

    def read_question(self, node, seed):
        is_whole = _title(node) and node.children
        self.require(is_whole, "a question stands behind the colons, its answer below")
        return {"question": _title(node), "answer": self.rich_blocks(node.children, seed)}

    def read_image(self, node, _seed):
        return self.picture(_inline(node)[0])

    def read_gallery(self, node, seed):
        children = [each for part in node.children for each in _inline(part)]
        pictures = [each for each in children if each.type == "image"]
        is_whole = len(pictures) > 1 and {each.type for each in children} <= {"image", *BREAKS}
        self.require(is_whole, "a gallery holds two pictures at least, and nothing else")
        items = [
            {"type": "item", "value": self.picture(each), "id": block_id(seed, number)}
            for number, each in enumerate(pictures)
        ]
        return {"pictures": items, "caption": _title(node)}

    def read_embed(self, node, _seed):
        links = [each for each in node.walk() if each.type == "link"]
        is_whole = _title(node) and len(links) == len(node.children) == 1
        self.require(is_whole, "an embed is a title and, below, one address in angle brackets")
        return {"embed": self.address(links[0]), "title": _title(node)}

    def read_article(self, node, _seed):
        is_whole = _title(node) and not node.children
        self.require(is_whole, "a link to an article is the name of one, and nothing else")
        return {"article": self.find(_title(node), self.articles)}

    def picture(self, node):
        """The stored value of an image block, from the alternative text and caption of ``node``."""
        attributes = {name: each for name, each in node.attrs.items() if name not in PICTURE}
        is_decorative = attributes == {"class": "decorative"}
        self.require(is_decorative or not attributes, "a picture may have {.decorative} alone")
        return {
            "image": self.find(node.attrs["src"], self.images),
            "alt": self.plain(node),
            "caption": node.attrs.get("title", ""),
            "decorative": is_decorative,
        }

    # Rich text

    def rich_blocks(self, nodes, seed, allowed=("paragraph",)):
        """Paragraphs, and the other kinds ``allowed`` from RICH, as rich text."""
        parts = []
        for number, node in enumerate(nodes):
            kind, key = KINDS.get(self.at(node).type), f"{seed}/{number}"
            self.require(kind in allowed, f"no place here for this kind of Markdown: {node.type}")
            if kind == "list":
                parts.append(self.rich_list(node, key))
            elif kind == "rule":
                parts.append("<hr/>")
            else:
                parts.append(f'<p data-block-key="{_block_key(key)}">{self.rich(node)}</p>')
        return "".join(parts)

    def rich_list(self, node, seed):
        """A bullet or numbered list with nested lists."""
        tag = "ul" if node.type == "bullet_list" else "ol"
        items = []
        for number, item in enumerate(node.children):
            self.require(self.at(item).children, "this item is empty")
            words, *lists = item.children
            kinds = [KINDS.get(each.type) for each in item.children]
            is_plain = kinds == ["paragraph"] + ["list"] * len(lists)
            self.require(is_plain, "an item of a list is one paragraph, then perhaps a list")
            key = f"{seed}/{number}"
            nested = "".join(self.rich_list(each, key) for each in lists)
            opening = f'<li data-block-key="{_block_key(key)}">'
            items.append(f"{opening}{self.rich(words)}{nested}</li>")
        return f"<{tag}>{''.join(items)}</{tag}>"

    def rich(self, node, within=()):
        """The inline content of ``node`` as HTML; ``within`` are the enclosing marks."""
        return "".join(self.rich_part(child, within) for child in _inline(node))

    def rich_part(self, node, within):
        """One inline node as HTML: text, a mark, a link, a footnote or a passage."""
        if node.type in WORDS:
            return html.escape(self.words(node), quote=False)  # as Wagtail's editor does
        if node.type in BREAKS:
            return " " if node.type == "softbreak" else "<br/>"
        if node.type == "footnote_ref":
            return self.footnote(node, within)
        is_known = node.type in {*MARKS, "link", "span"}
        self.require(is_known, f"no place in a text for this kind of Markdown: {node.type}")
        self.require(node.type not in within, f"{node.type} within {node.type}")
        content = self.rich(node, (*within, node.type))
        if node.type in MARKS:
            return f"<{MARKS[node.type]}>{content}</{MARKS[node.type]}>"
        self.require(content.strip(), "a link or a passage without words")
        tag = self.link(node) if node.type == "link" else self.passage(node)
        return f"<{tag}>{content}</{tag.partition(' ')[0]}>"

    def words(self, node):
        """The content of a text node; unparsed markup in it is an error."""
        if node.type == "text" and (found := STRAY.search(node.content)):
            self.fail(f"{found[0]!r} in {node.content!r} opens or closes nothing")
        return node.content

    def plain(self, node, allowed=()):
        """The inline content of ``node`` as plain text; only ``allowed`` types may nest."""
        parts = []
        for child in _inline(node):
            if child.type in WORDS:
                parts.append(self.words(child))
            elif child.type in BREAKS:
                parts.append("\n")
            elif child.type in allowed:
                parts.append(self.plain(child, allowed))
            else:
                self.fail(f"no markup here: {child.type}")
        return "".join(parts)

    def footnote(self, node, within):
        """The footnote ``node`` refers to, in its stored form within rich text."""
        self.require(not within, f"a note stands behind {''.join(within[-1:])}, not within it")
        if label := node.meta.get("label"):
            self.used_notes.add(label)
            parts = self.notes[label].children
            is_plain = _types(self.notes[label]) <= {"paragraph"}
            self.require(is_plain, f"the footnote {label!r} holds more than paragraphs")
        else:
            parts = [SyntaxTreeNode(self.inline_notes[node.meta["id"]]["tokens"])]
        words = " ".join(self.rich(part, ("footnote_ref",)) for part in parts)
        self.require(words.strip(), "a note without words")
        return note_element(clean_note(words))

    def address(self, node):
        """The URL of a link; an error for schemes other than those in ADDRESSES."""
        address = node.attrs["href"]
        is_known = address.startswith(ADDRESSES)
        self.require(is_known, f"{address!r} is not an address a link can lead to")
        return address

    def link(self, node):
        """The start tag of a link to an article, by its name, or to a URL."""
        if (name := node.attrs["href"]) in self.articles:
            return f'a linktype="page" id="{self.articles[name]}"'
        return f'a href="{html.escape(self.address(node))}"'

    def passage(self, node):
        """The start tag of a passage in another language."""
        tag = as_tag(node.attrs.get("lang"))
        is_passage = tag and len(node.attrs) == 1
        self.require(is_passage, "a passage in another language is like [Grüezi]{lang=gsw}")
        return f'span lang="{tag}"' + (' dir="rtl"' if is_written_from_the_right(tag) else "")


def _inline(node):
    """The inline nodes of ``node``."""
    return [
        part
        for child in node.children
        for part in (child.children if child.type == "inline" else [child])
    ]


def _types(node):
    return {child.type for child in node.children}


def _title(node):
    """The title of a container, after its kind."""
    return node.info.strip().partition(" ")[2].strip()


def _unfolded(text):
    """``text`` with single line breaks as spaces."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text).strip()


CONTAINERS = ("pull_quote", "note", "question", "table", "gallery", "embed", "article")
KINDS = {
    "heading": "heading",
    "paragraph": "paragraph",
    "bullet_list": "list",
    "ordered_list": "list",
    "hr": "rule",
    "blockquote": "quotation",
    "table": "table",
}
#: The kinds of nodes that rich text can hold.
RICH = ("paragraph", "list", "rule")
