"""Markdown as the stored value of a body, a StreamField of `diptych.articles.blocks.BodyBlock`.

The dialect is CommonMark without HTML, where code within a line is its words, with tables,
footnotes (``[^1]`` or ``^[words]``), ``H~2~O``, ``m^2^`` and passages in another language
(``[Grüezi]{lang=gsw}``). A paragraph of one image, ``![alternative text](name "caption")``, becomes
an image block; ``{.decorative}`` after it marks it as decorative. A quotation ends with ``—
attribution``, which may be a link to the source. Blocks without Markdown syntax are containers,
closed by a line of three colons::

    ::: note Title          ::: gallery Caption         ::: embed Title
    ::: pull_quote          ::: table Caption           ::: article name
    ::: question Why?       ::: paragraph

A line ``{#id}`` before a block is its id. The whole is described in ``docs/markdown.md``.
"""

import hashlib
import html
import re
import uuid
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from markdown_it.tree import SyntaxTreeNode

from diptych.articles.imported_documents.html import nested_too_deeply
from diptych.articles.richtext.footnotes import clean_note, note_element
from diptych.articles.richtext.passages import as_tag, is_written_from_the_right
from diptych.articles.transfer.markdown import data, tables
from diptych.articles.transfer.markdown.parser import DEEPEST, PARSER, tokens_within

NAMESPACE = uuid.UUID("6f0f6d0c-7c1e-5a55-9d0b-3f5f6f3c1d11")
ADDRESSES = ("https://", "http://", "mailto:")
MARKS = {"strong": "b", "em": "i", "sup": "sup", "sub": "sub"}
WORDS = {"text", "text_special", "code_inline"}
BREAKS = {"softbreak", "hardbreak"}
#: Characters of unparsed, that is malformed, markup in a text.
STRAY = re.compile(r"\*|\[\^|\^\[|\]\(|\]\{|^\||^:::")
CELLS = re.compile(r"(?<!\\)\|")
DASH = "— "
#: Stands for a line break that is kept, until the other ones have become spaces.
KEPT_BREAK = "\v"
PICTURE = {"src", "alt", "title"}


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


def read_body(
    text, key, names, first_line=1, is_address=is_whole_address, rescue=None, counted=None
):
    """Convert the Markdown ``text`` to stored blocks, a list of dictionaries.

    The id of a block that names none is derived from ``key``, its kind and its number among its
    kind, so it is the same in all languages of a page. Markdown that has no block raises
    :class:`MarkdownFault`, with a line counted from ``first_line``; or it is given as HTML to
    ``rescue(html, fault)``, which returns ``(type, value)`` pairs. ``counted`` are the numbers of
    blocks before this text, by kind.
    """
    return _Reader(text, key, names, first_line, is_address).blocks(rescue, counted)


def rich_text(words, seed, names=None, line=1, is_address=is_whole_address, allowed=("paragraph",)):
    """Convert Markdown to rich text; keys of its paragraphs are derived from ``seed``."""
    reader = _Reader(words, seed, names or Names(), line, is_address)
    return reader.rich_blocks(reader.tree.children, seed, allowed)


def block_id(*parts):
    """The id of a block, derived from ``parts``."""
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts)))


def _block_key(seed):
    """The key of a paragraph of rich text: five letters and digits, derived from ``seed``."""
    return hashlib.sha256(seed.encode()).hexdigest()[:5]


class _Reader:
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
        return known[name] if name in known else self.fail(_no_such(name))

    def blocks(self, rescue=None, counted=None):
        """The stored blocks of the whole text."""
        counted, stored = Counter() if counted is None else counted, []
        for node in self.tree.children:
            if self.at(node).type == "footnote_reference":
                continue
            try:
                stored.append(self.block(node, counted))
            except MarkdownFault as fault:
                if rescue is None:
                    raise
                stored += self.rescued(node, counted, rescue, fault)
        for label in self.notes.keys() - self.used_notes if rescue is None else ():
            self.at(self.notes[label])
            self.fail(_("nothing refers to the footnote “%(label)s”") % {"label": label})
        return stored

    def block(self, node, counted):
        """The stored block that is made of ``node``; ``counted`` are the blocks before by kind."""
        kind = self.kind_of(node)
        seed = node.attrs.get("id") or f"{self.key}/{kind}/{counted[kind]}"
        counted[kind] += 1
        stored = "paragraph" if kind in (*RICH, "several") else kind
        if kind == "data":
            return self.read_data(node, seed)
        value = getattr(self, f"read_{kind if kind == 'several' else stored}")(node, seed)
        return {"type": stored, "value": value, "id": node.attrs.get("id") or block_id(seed)}

    def rescued(self, node, counted, rescue, fault):
        """The blocks that ``rescue`` makes of the HTML of ``node``."""
        markup = self.rendered(node.to_tokens()) + self.rendered_notes(node)
        blocks = []
        for kind, value in rescue(markup, fault):
            seed = f"{self.key}/rescued/{counted['rescued']}"
            counted["rescued"] += 1
            blocks.append({"type": kind, "value": value, "id": block_id(seed)})
        return blocks

    def rendered(self, tokens):
        """The HTML of ``tokens``."""
        for token in tokens_within(tokens):
            if token.type == "text_special":
                token.type = "text"  # the parser joins them otherwise
        return PARSER.renderer.render(tokens, PARSER.options, self.environment)

    def rendered_notes(self, node):
        """The footnotes of ``node`` as a list in HTML, each with links back to its signs."""
        texts, links = {}, {}
        for sign in (each for each in node.walk() if each.type == "footnote_ref"):
            number, again = sign.meta["id"] + 1, sign.meta.get("subId")
            if label := sign.meta.get("label"):
                self.used_notes.add(label)
                texts[number] = self.rendered(self.notes[label].to_tokens()[1:-1])
            else:
                inline = self.inline_notes[sign.meta["id"]]["tokens"]
                texts[number] = PARSER.renderer.renderInline(
                    inline, PARSER.options, self.environment
                )
            place = f"{number}:{again}" if again else number
            links[number] = links.get(number, "") + f' <a href="#fnref{place}"></a>'
        items = (f'<li id="fn{each}">{text}{links[each]}</li>' for each, text in texts.items())
        return f"<ol>{''.join(items)}</ol>" if texts else ""

    def kind_of(self, node):
        """The kind of ``node``: a type of block, ``list``, ``rule``, ``several`` or ``data``."""
        if node.type == "container_block":
            kind = node.info.strip().partition(" ")[0]
            self.require(kind in CONTAINERS, _no_block(kind))
            is_closed = ":::" in "".join(self.rows[node.map[1] : node.map[1] + 1])
            self.require(is_closed, _("this block is never closed"))
            return "several" if kind == "paragraph" else kind
        if node.type == "paragraph" and [each.type for each in _inline(node)] == ["image"]:
            return "image"
        if node.type == "fence" and node.info.startswith(data.MARK):
            return "data"
        self.require(node.type in KINDS, _no_place(node))
        return KINDS[node.type]

    # Blocks

    def read_data(self, node, seed):
        """A block written as data, in YAML."""
        kind = node.info.removeprefix(data.MARK).strip()
        try:
            value = data.value_of(kind, node.content, self.names)
        except ValueError as error:
            self.fail(str(error))
        return {"type": kind, "value": value, "id": node.attrs.get("id") or block_id(seed)}

    def read_heading(self, node, _seed):
        self.require(node.tag in ("h2", "h3"), _("a heading is ## or ###, then its words"))
        return {"text": self.plain(node), "level": node.tag}

    def read_paragraph(self, node, seed):
        return self.rich_blocks([node], seed, RICH)

    def read_several(self, node, seed):
        self.require(node.children, _("this block is empty"))
        return self.rich_blocks(node.children, seed, RICH)

    def read_quotation(self, node, _seed):
        self.require(node.children, _("this quotation is empty"))
        is_plain = _types(node) == {"paragraph"}
        self.require(is_plain, _("a quotation holds paragraphs alone"))
        links = [each for each in node.children[-1].walk() if each.type == "link"]
        words = "\n\n".join(self.plain(child, ("link",)) for child in node.children)
        text, _dash, attribution = words.rpartition(f"\n{DASH}")
        if not text:
            text, attribution = words, ""
        is_source = attribution and len(links) == 1
        is_only = is_source or not links
        self.require(is_only, _("the only link of a quotation is who said it"))
        source = self.address(links[0]) if links else ""
        return {"text": _unfolded(text), "attribution": attribution.strip(), "source": source}

    def read_table(self, node, _seed):
        caption, table, source = "", node, ""
        if node.type == "container_block":
            caption = _title(node)
            table, *others = node.children or [node]
            is_table = table.type == "table"
            self.require(is_table, _("this block holds a table, with a row of hyphens"))
            is_source = [each.type for each in others] in ([], ["paragraph"])
            self.require(is_source, _("one paragraph at most follows the table: its source"))
            source = self.plain(others[0]) if others else ""
        rows = [self.cells(row) for part in table.children for row in part.children]
        is_whole = len(rows) > 1
        message = _("a table has a first row, a row of hyphens and at least one more")
        self.require(is_whole, message)
        try:
            value = {"data": rows, **tables.settings_of(node.attrs)}
        except ValueError as error:
            self.fail(str(error))
        return {"caption": caption, "table": value, "source": source}

    def cells(self, row):
        """The text of each cell of ``row``; the parser drops cells beyond the last column."""
        cells = [self.plain(cell) for cell in self.at(row).children]
        written = CELLS.split(self.rows[row.map[0]].strip().removeprefix("|").removesuffix("|"))
        numbers = {"found": len(written), "columns": len(cells)}
        message = _("%(found)d cells instead of %(columns)d") % numbers
        self.require(len(written) == len(cells), message)
        return cells

    def read_preformatted(self, node, _seed):
        kind = "verse" if node.info.strip() == "verse" else "code"
        return {"text": node.content.removesuffix("\n"), "kind": kind}

    def read_pull_quote(self, node, _seed):
        is_one = [each.type for each in node.children] == ["paragraph"] and not _title(node)
        self.require(is_one, _("a pull quote is one paragraph, without a title"))
        return {"text": _unfolded(self.plain(node.children[0]))}

    def read_note(self, node, seed):
        self.require(node.children, _("this note is empty"))
        allowed = ("paragraph", "list")
        return {"title": _title(node), "text": self.rich_blocks(node.children, seed, allowed)}

    def read_question(self, node, seed):
        is_whole = _title(node) and node.children
        self.require(is_whole, _("a question stands behind the colons, its answer below"))
        return {"question": _title(node), "answer": self.rich_blocks(node.children, seed)}

    def read_image(self, node, _seed):
        return self.picture(_inline(node)[0])

    def read_gallery(self, node, seed):
        children = [each for part in node.children for each in _inline(part)]
        pictures = [each for each in children if each.type == "image"]
        is_whole = len(pictures) > 1 and {each.type for each in children} <= {"image", *BREAKS}
        self.require(is_whole, _("a gallery holds two pictures at least, and nothing else"))
        items = []
        for number, each in enumerate(pictures):
            own_id = each.attrs.pop("id", None) or block_id(seed, number)
            items.append({"type": "item", "value": self.picture(each), "id": own_id})
        return {"pictures": items, "caption": _title(node)}

    def read_embed(self, node, _seed):
        links = [each for each in node.walk() if each.type == "link"]
        is_whole = _title(node) and len(links) == len(node.children) == 1
        message = _("an embed is a title and, below, one address in angle brackets")
        self.require(is_whole, message)
        return {"embed": self.address(links[0]), "title": _title(node)}

    def read_article(self, node, _seed):
        is_whole = _title(node) and not node.children
        message = _("a link to an article is the name of one, and nothing else")
        self.require(is_whole, message)
        return {"article": self.find(_title(node), self.names.pages)}

    def picture(self, node):
        """The stored value of an image block, from the alternative text and caption of ``node``."""
        attributes = {name: each for name, each in node.attrs.items() if name not in PICTURE}
        is_decorative = attributes == {"class": "decorative"}
        message = _("a picture may have {.decorative} alone")
        self.require(is_decorative or not attributes, message)
        return {
            "image": self.find(node.attrs["src"], self.names.images),
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
            self.require(kind in allowed, _no_place(node))
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
        self.require(node.type in {*MARKS, "link", "span"}, _no_place(node))
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
        for child in _inline(node):
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
            is_plain = _types(self.notes[label]) <= {"paragraph"}
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


def _no_such(name):
    return _("nothing is called “%(name)s”") % {"name": name}


def _no_block(kind):
    names = {"kind": kind, "known": ", ".join(CONTAINERS)}
    return _("there is no block “%(kind)s”, only %(known)s") % names


def _no_place(node):
    return _("no place here for this kind of Markdown: %(kind)s") % {"kind": node.type}


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
    """``text`` with single line breaks as spaces, but for those that are kept."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text).strip().replace(KEPT_BREAK, "\n")


CONTAINERS = ("paragraph", "pull_quote", "note", "question", "table", "gallery", "embed", "article")
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
