"""The stored value of a body as Markdown; :mod:`diptych.articles.transfer.markdown.reading` reads
it again.

What is written is read back at once. A block that Markdown does not give back exactly is written as
data, so that nothing is lost.
"""

import re
from collections import Counter

from wagtail import blocks

from diptych.articles.languages.config.content import is_table, normalised
from diptych.articles.transfer.markdown import data, tables
from diptych.articles.transfer.markdown.inline import (
    NotWritable,
    RichText,
    destination,
    escaped,
    guarded,
)
from diptych.articles.transfer.markdown.reading import DASH, block_id, read_body
from diptych.articles.transfer.markdown.reading_rich_text import MarkdownFault, Names, rich_text

_ID = re.compile(r"[A-Za-z0-9_:-]+")
_EMPTY = re.compile(r"<p></p>")
#: How a block is written, the most readable way first.
WAYS = ("marks", "spans", "data")


def write_body(stored, key, names):
    """Markdown of the ``stored`` blocks of the page called ``key``.

    ``names`` are those of what blocks refer to, by primary key. The reverse of ``read_body``.
    """
    used = _Used(names)
    expected = [_normal_block(each, used) for each in stored]
    for with_ids, ways in ((False, WAYS), (True, WAYS), (True, ("data",))):
        text = _Writer(key, used, with_ids, ways).body(stored)
        if _read(text, key, used) == _with_ids(expected, key, text, used):
            return text
    return text


def write_rich_text(html, names, seed="", allowed=("paragraph",)):
    """Markdown of a rich text field; ``data`` where that does not give it back."""
    used = _Used(names)
    expected = _normal_html(html, used)
    for spans in (False, True):
        try:
            text = "\n\n".join(words for _kind, words in RichText(used, spans).blocks(html))
            read = rich_text(text, seed, used.found, is_address=bool, allowed=allowed)
        except (NotWritable, MarkdownFault):
            continue
        if _normal_html(read, used) == expected:
            return text
    return None


class _Used:
    """Names by primary key; those asked for are ``found``, the other way round."""

    def __init__(self, names):
        self.found = Names({}, {}, {})
        for kind in ("images", "pages", "documents"):
            setattr(self, kind, _UsedNames(getattr(names, kind), getattr(self.found, kind)))


class _UsedNames:
    def __init__(self, known, found):
        self.known, self.found = known, found

    def get(self, key):
        name = self.known.get(key) if key is not None else None
        if name is not None:
            self.found[name] = key
        return name


def _read(text, key, used, counted=None):
    """What Markdown is read as, in normal form; ``None`` if it is no Markdown of ours."""
    try:
        stored = read_body(text, key, used.found, is_address=bool, counted=counted)
    except MarkdownFault:
        return None
    return [_normal_block(each, used) for each in stored]


def _with_ids(expected, key, text, used):
    """``expected``, with the ids that blocks without one are given when ``text`` is read."""
    if all(each["id"] for each in expected):
        return expected
    read = _read(text, key, used) or []
    ids = [each["id"] for each in read] + [None] * len(expected)
    return [{**each, "id": each["id"] or own} for each, own in zip(expected, ids, strict=False)]


# Normal form


def _normal_block(stored, used):
    """A stored block in the form in which two that say the same are equal."""
    kind, value = stored["type"], stored["value"]
    block = data.body_block().child_blocks.get(kind)
    if block is not None:
        value = _normal(block, value, used)
    return {"type": kind, "value": value, "id": stored.get("id")}


def _normal(block, value, used):
    if isinstance(block, blocks.StructBlock):
        value = value or {}
        return {
            name: _normal(child, value.get(name, child.get_default()), used)
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, blocks.ListBlock):
        return [
            {**each, "value": _normal(block.child_block, each["value"], used)}
            for each in value or ()
            if "value" in each
        ]
    if isinstance(block, blocks.StreamBlock):
        return [
            {**each, "value": _normal(block.child_blocks[each["type"]], each["value"], used)}
            for each in value or ()
            if each["type"] in block.child_blocks
        ]
    return _normal_leaf(block, value, used)


def _normal_leaf(block, value, used):
    if isinstance(block, blocks.RichTextBlock):
        return _normal_html(str(value or ""), used)
    if is_table(value):
        return _normal_table(value)
    for kind, known in data.CHOOSERS:
        if isinstance(block, kind):
            return value if getattr(used, known).get(value) is not None else None
    return value or ""


def _normal_html(html, used):
    """Rich text without empty paragraphs and links that lead nowhere."""

    def target(kind, key):
        known = used.pages if kind == "page" else used.documents
        return key if key.isdecimal() and known.get(int(key)) is not None else None

    return _EMPTY.sub("", normalised(data.with_targets(html, target)))


def _normal_table(table):
    settings = tables.settings_of(tables.attributes_of(table))
    return {"data": [[_cell(each) for each in row] for row in table["data"] or ()], **settings}


def _cell(value):
    return "" if value is None else value


# Writing


class _Writer:
    """Writes the blocks of a body; ``with_ids`` also ids that are derived from their places."""

    def __init__(self, key, used, with_ids, ways):
        self.key, self.used, self.with_ids, self.ways = key, used, with_ids, ways
        self.counted = Counter()

    def body(self, stored):
        texts = [self.block(each) for each in stored]
        return "\n\n".join(texts) + "\n" if texts else ""

    def block(self, stored):
        """The text of one block, in the first way that gives it back."""
        normal = _normal_block(stored, self.used)
        for way in self.ways:
            before = Counter(self.counted)
            try:
                text, kind = self.written(stored, way)
            except (NotWritable, KeyError, TypeError, AttributeError):
                continue
            if way == "data" or _read(text, self.key, self.used, Counter(before)) == [normal]:
                self.counted[kind] += 1
                return text
        text, kind = self.written(stored, "data")
        self.counted[kind] += 1
        return text

    def written(self, stored, way):
        """``(text, kind)`` of a block, with its attributes on a line of their own before it."""
        kind, value = stored["type"], stored["value"]
        if way == "data":
            words, counted = self.as_data(kind, value), "data"
        else:
            rich = RichText(self.used, spans=way == "spans")
            words, counted = getattr(self, f"write_{kind}")(value, rich, stored.get("id"))
        attributes = self.own_id(stored.get("id"), counted)
        if kind == "table" and way != "data":
            attributes += [f'{name}="{_quoted(each)}"' for name, each in self.table_settings(value)]
        line = f"{{{' '.join(attributes)}}}\n" if attributes else ""
        return f"{line}{words}", counted

    def own_id(self, stored_id, kind):
        derived = block_id(f"{self.key}/{kind}/{self.counted[kind]}")
        if not stored_id or (stored_id == derived and not self.with_ids):
            return []
        return [f"#{stored_id}" if _ID.fullmatch(stored_id) else f'id="{_quoted(stored_id)}"']

    def as_data(self, kind, value):
        return _fenced(f"{data.MARK}{kind}", data.text_of(kind, value, self.used))

    # Blocks

    def write_heading(self, value, _rich, _id):
        mark = {"h2": "##", "h3": "###"}[value.get("level") or "h2"]
        return f"{mark} {_heading(value['text'])}", "heading"

    def write_paragraph(self, value, rich, _id):
        parts = rich.blocks(str(value))
        if not parts:
            raise NotWritable
        if len(parts) == 1:
            kind, words = parts[0]
            return words, kind
        inner = "\n\n".join(words for _kind, words in parts)
        return f"::: paragraph\n{inner}\n:::", "several"

    def write_quotation(self, value, _rich, _id):
        lines = _plain_lines(value["text"])
        if said := value.get("attribution"):
            words = escaped(said)
            if source := value.get("source"):
                words = f"[{words}]({destination(source)})"
            lines.append(f"{DASH}{words}")
        elif value.get("source"):
            raise NotWritable
        return "\n".join(f"> {line}".rstrip() for line in lines), "quotation"

    def write_pull_quote(self, value, _rich, _id):
        return _container("pull_quote", "", "\n".join(_plain_lines(value["text"]))), "pull_quote"

    def write_note(self, value, rich, _id):
        return _container("note", value.get("title"), self.rich(value["text"], rich)), "note"

    def write_preformatted(self, value, _rich, _id):
        said = "verse" if value.get("kind") == "verse" else ""
        return _fenced(said, f"{value['text']}\n"), "preformatted"

    def write_question(self, value, rich, _id):
        answer = self.rich(value["answer"], rich)
        return _container("question", value["question"], answer), "question"

    def rich(self, html, rich):
        return "\n\n".join(words for _kind, words in rich.blocks(html or ""))

    def write_image(self, value, _rich, _id):
        return self.picture(value), "image"

    def write_gallery(self, value, _rich, stored_id):
        derived = block_id(f"{self.key}/gallery/{self.counted['gallery']}")
        is_own = stored_id and (stored_id != derived or self.with_ids)
        seed = stored_id if is_own else f"{self.key}/gallery/{self.counted['gallery']}"
        lines = []
        for number, item in enumerate(value["pictures"]):
            own = "" if item["id"] == block_id(seed, number) else item["id"]
            lines.append(self.picture(item["value"], own))
        return _container("gallery", value.get("caption"), "\n".join(lines)), "gallery"

    def picture(self, value, own_id=""):
        name = self.used.images.get(value["image"])
        if name is None:
            raise NotWritable
        caption = f' "{_title(value["caption"])}"' if value.get("caption") else ""
        attributes = [f"#{own_id}"] if own_id else []
        attributes += [".decorative"] if value.get("decorative") else []
        suffix = f"{{{' '.join(attributes)}}}" if attributes else ""
        return f"![{escaped(value.get('alt') or '')}]({destination(name)}{caption}){suffix}"

    def write_embed(self, value, _rich, _id):
        return _container("embed", value["title"], f"<{value['embed']}>"), "embed"

    def write_article(self, value, _rich, _id):
        name = self.used.pages.get(value["article"])
        if name is None:
            raise NotWritable
        return f"::: article {name}\n:::", "article"

    def write_table(self, value, _rich, _id):
        rows = [[_in_cell(each) for each in row] for row in value["table"]["data"]]
        if len(rows) < 2 or not rows[0]:
            raise NotWritable
        lines = [f"| {' | '.join(row)} |" for row in rows]
        lines.insert(1, "|" + "---|" * len(rows[0]))
        table = "\n".join(lines)
        if not (value.get("caption") or value.get("source")):
            return table, "table"
        source = f"\n\n{guarded(escaped(value['source']))}" if value.get("source") else ""
        return _container("table", value.get("caption"), table + source), "table"

    def table_settings(self, value):
        return tables.attributes_of(value["table"]).items()


def _fenced(info, text):
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{info}\n{text}{fence}"


def _container(kind, title, inner):
    title = title or ""
    if "\n" in title:
        raise NotWritable
    return f"::: {kind} {title}".rstrip() + f"\n{inner}\n:::"


def _heading(text):
    """A heading's text, whose trailing number signs would be taken away."""
    if "\n" in text:
        raise NotWritable
    words = escaped(text)
    return re.sub(r"(^| )(#+)$", r"\1\\\2", words)


def _plain_lines(text):
    """The lines of a plain text; line breaks within a paragraph are kept."""
    lines = []
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            lines.append("")
        parts = [guarded(escaped(line)) for line in paragraph.split("\n")]
        lines += [f"{part}\\" for part in parts[:-1]] + parts[-1:]
    return lines


def _in_cell(value):
    if value is None:
        return ""
    if not isinstance(value, str) or "\n" in value:
        raise NotWritable
    return escaped(value)


def _title(text):
    if "\n" in text:
        raise NotWritable
    return re.sub(r'(["\\])|&(?=#?\w+;)', lambda found: f"\\{found[0]}", text)


def _quoted(text):
    """A value of an attribute. Backslashes in it would stay, so it may have no quotation marks."""
    if '"' in text or "\\" in text or "\n" in text:
        raise NotWritable
    return text
