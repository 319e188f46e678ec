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

import re
import uuid
from collections import Counter

from django.utils.translation import gettext as _

from diptych.articles.transfer.markdown import data, tables
from diptych.articles.transfer.markdown.parser import PARSER, tokens_within
from diptych.articles.transfer.markdown.reading_rich_text import (
    BREAKS,
    KEPT_BREAK,
    KINDS,
    RICH,
    MarkdownFault,
    RichTextReader,
    inline_nodes,
    is_whole_address,
    no_place,
    types_in,
)

NAMESPACE = uuid.UUID("6f0f6d0c-7c1e-5a55-9d0b-3f5f6f3c1d11")
CELLS = re.compile(r"(?<!\\)\|")
DASH = "— "
PICTURE = {"src", "alt", "title"}


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
    return BodyReader(text, key, names, first_line, is_address).blocks(rescue, counted)


def block_id(*parts):
    """The id of a block, derived from ``parts``."""
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts)))


class BodyReader(RichTextReader):
    """Converts one text to the blocks of a body."""

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
        if node.type == "paragraph" and [each.type for each in inline_nodes(node)] == ["image"]:
            return "image"
        if node.type == "fence" and node.info.startswith(data.MARK):
            return "data"
        self.require(node.type in KINDS, no_place(node))
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
        is_plain = types_in(node) == {"paragraph"}
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
        return self.picture(inline_nodes(node)[0])

    def read_gallery(self, node, seed):
        children = [each for part in node.children for each in inline_nodes(part)]
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


def _no_block(kind):
    names = {"kind": kind, "known": ", ".join(CONTAINERS)}
    return _("there is no block “%(kind)s”, only %(known)s") % names


def _title(node):
    """The title of a container, after its kind."""
    return node.info.strip().partition(" ")[2].strip()


def _unfolded(text):
    """``text`` with single line breaks as spaces, but for those that are kept."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text).strip().replace(KEPT_BREAK, "\n")


CONTAINERS = ("paragraph", "pull_quote", "note", "question", "table", "gallery", "embed", "article")
