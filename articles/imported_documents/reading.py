"""Read the tree of an HTML document from beginning to end into parts of text."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from urllib.parse import parse_qs, unquote, urlsplit

from bs4.element import NavigableString, PreformattedString, Tag
from django.utils.html import strip_tags

from diptych.articles.imported_documents import tables
from diptych.articles.imported_documents.inline import (
    PLAIN,
    Marks,
    Run,
    beginning_of,
    end_of,
    lines_of,
    marks_within,
    notes_in,
    plain_text,
    split_at_empty_lines,
    styles_of,
    tidied,
    without_start,
)
from diptych.articles.imported_documents.losses import last_words
from diptych.articles.imported_documents.notes import SIGN, TAKEN, TEXT
from diptych.articles.richtext.links import public_href
from diptych.articles.richtext.passages import as_tag, is_written_from_the_right

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog"),
    *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr"),
    *("html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody"),
    *("caption", "td", "tfoot", "th", "thead", "tr", "ul", *HEADINGS),
}
#: Elements without words of the text.
SILENT = {
    *("script", "style", "head", "title", "meta", "link", "template", "noscript", "svg", "canvas"),
    *("button", "input", "select", "textarea", "datalist", "nav", "xml", "map", "area", "base"),
}
#: Elements that are read at once, by the name of the method.
SINGLE = {
    "br": "break",
    "hr": "rule",
    "img": "picture",
    "table": "table",
    SIGN: "note",
    **dict.fromkeys(("iframe", "embed", "object", "video", "audio"), "frame"),
    **dict.fromkeys(("math", "m:omath", "m:omathpara"), "equation"),
}
#: Classes of what pages show and nobody means to copy.
UNPRINTED = {"mw-editsection", "noprint", "navbox"}
#: Elements around a whole page: their language is that of the page.
WHOLE_PAGES = {"html", "body", "main", "article", "section", "div", "b"}
QUOTES = {"msoquote", "msointensequote", "quotations", "quotations-western"}
TITLES = {
    **dict.fromkeys(("msotitle", "title"), "title"),
    **dict.fromkeys(("msosubtitle", "subtitle", "standfirst", "chapo"), "lead"),
}
CAPTIONS = {"msocaption", "caption", "caption-western", "wp-caption-text"}
BULLET = re.compile(r"[•▪◦‣·]\s+")
NUMBER = re.compile(r"\(?(?:\d+|[a-z]|[ivxlc]+)[.)]", re.I)
#: Deepest level of a list that the editor shows, from 0.
DEEPEST_ITEM = 4
#: Tables inside as many tables are read as text.
TABLES_IN_TABLES = 4


@dataclass
class Part:
    """A heading, paragraph, item of a list, quotation, picture, table…, as it comes."""

    kind: str
    runs: list = field(default_factory=list)
    level: int = 0
    ordered: bool = False
    #: What parts of one item, list or quotation have in common.
    group: object = None
    #: The list that an item belongs to, with the lists inside it.
    root: object = None
    value: object = None

    @property
    def is_rich(self):
        """Whether it is stored as rich text, which can hold notes and links."""
        return self.kind in ("paragraph", "item")


@dataclass(frozen=True)
class Place:
    """Where the reader is: what the text is a part of, and how it is set."""

    kind: str = "paragraph"
    marks: Marks = PLAIN
    level: int = 0
    ordered: bool = False
    group: object = None
    root: object = None
    tables: int = 0
    keeps_spaces: bool = False
    #: Whether the ends of lines in the source are line breaks of the text.
    keeps_lines: bool = False


class Reader:
    """Collects the parts of a document in ``parts``, and what it leaves out in ``losses``.

    ``language`` is that of the text: passages in others are marked. ``is_office`` says that the
    document comes from a word processor, which marks the language of every word.
    """

    #: Elements whose language is not marked.
    without_language = WHOLE_PAGES

    def __init__(self, losses, language="", is_office=False):
        self.losses, self.language, self.is_office = losses, language, is_office
        self.parts, self.runs, self.place = [], [], Place()

    def read(self, root):
        """The parts of ``root``; walked with a stack of its own, as documents nest without end."""
        outer = self.place
        stack = [(iter(root.contents), outer, True)]
        while stack:
            children, place, is_block = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if is_block:
                    self.flush(place)
            elif isinstance(child, Tag):
                within = self._enter(child, place)
                if within is not None:
                    stack.append((iter(child.contents), *within))
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self._text(str(child), place)
        return self.parts

    def inner(self):
        """A reader of a place that holds no tables, such as a note or a cell."""
        reader = type(self)(self.losses, self.language, self.is_office)
        reader.place = Place(tables=TABLES_IN_TABLES)
        return reader

    def runs_of(self, element):
        """The runs of all text in ``element``, its paragraphs and cells joined by spaces."""
        reader = self.inner()
        return tidied([run for part in reader.read(element) for run in (*part.runs, Run(" "))])

    def _text(self, text, place):
        if place.kind == "list" and not text.strip():
            return
        if place.keeps_spaces or place.keeps_lines:
            for number, line in enumerate(text.split("\n")):
                self.runs += [Run("\n")] * bool(number) + [Run(line, place.marks)] * bool(line)
        else:
            self.runs.append(Run(text.replace("\n", " "), place.marks))

    def _enter(self, tag, place):
        """``(place, is_block)`` for the content of ``tag``; ``None`` to pass over it."""
        styles = styles_of(tag.get("style"))
        if self._is_left_out(tag, styles):
            if tag.get("hidden") != TAKEN:
                self.losses.leave_out(whole_text(tag))
            return None
        single = self._read_at_once(tag)
        if single is not None:
            return single(tag, place)
        level = _heading_level(tag)
        if tag.name not in BLOCKS and not level:
            return replace(place, marks=self._marks(tag, place, styles)), False
        self.flush(place)
        within = _block_place(tag, place, styles, level)
        return replace(within, marks=self._marks(tag, within, styles)), True

    def _read_at_once(self, tag):
        """The method for an element that is read at once, or ``None``."""
        return getattr(self, f"_read_{SINGLE.get(tag.name)}", None)

    def _is_left_out(self, tag, styles):
        """Whether nothing in ``tag`` is text of the document; losses are noted."""
        names = classes_of(tag)
        if tag.name in SILENT or tag.has_attr("hidden") or names & UNPRINTED:
            return True
        if styles.get("display") == "none" or styles.get("mso-hide") == "all":
            return True
        if styles.get("mso-list") == "ignore":
            return True
        if styles.get("mso-element") in ("header", "footer", "comment-list", "comment"):
            return True
        if tag.name in ("del", "ins") and tag.get("datetime"):
            self.losses.add("tracked")
            return tag.name == "del"
        if is_struck(tag, styles):
            self.losses.add("struck", tag.get_text(" "))
            return True
        if names & {"msocomanchor", "msocommentreference"}:
            self.losses.add("comment")
            return True
        is_contents = any(name.startswith("msotoc") for name in names)
        if is_contents or str(tag.get("id") or "").startswith("Table of Contents"):
            self.losses.add("toc")
            return True
        return False

    def _marks(self, tag, place, styles):
        marks = marks_within(place.marks, tag.name, styles)
        if tag.name == "a" and tag.get("href"):
            marks = replace(marks, href=self._href(tag))
        elif tag.name in ("dt", "summary"):
            marks = replace(marks, bold=True)
        lang = as_tag(str(tag.get("lang") or ""))
        if lang and tag.name not in self.without_language:
            marks = replace(marks, lang=lang if self._is_foreign(lang) else "")
        return marks

    def _is_foreign(self, lang):
        """Whether a passage in ``lang`` is marked as such."""
        if lang.split("-")[0] == self.language.split("-")[0]:
            return False
        return not self.is_office or is_written_from_the_right(lang)

    def _href(self, link):
        """The address of a link for readers; "" for places in the document and local files."""
        address = str(link["href"]).strip()
        parts = _split(address)
        if parts and parts.netloc.endswith("google.com") and parts.path == "/url":
            address = next(iter(parse_qs(parts.query).get("q", [])), address)
            parts = _split(address)
        href = public_href(address) if parts and parts.scheme else ""
        if not href and (words := beginning_of(link)):
            self.losses.add("link", words)
        return href

    # Elements that are read at once

    def _read_break(self, tag, _place):
        # Without marks: Wagtail stores a line break in a link as a space.
        if "page-break-before" not in styles_of(tag.get("style")):
            self.runs.append(Run("\n"))

    def _read_rule(self, _tag, place):
        self.flush(place)
        self.parts.append(Part("rule"))

    def _read_note(self, tag, _place):
        self.runs.append(Run("", PLAIN, tag[TEXT]))

    def _read_frame(self, tag, _place):
        self.losses.add("embed", tag.get("src") or tag.get("data") or tag.get("title") or "")
        self.losses.leave_out(whole_text(tag))

    def _read_equation(self, tag, _place):
        before = end_of(self.runs, 100) or (end_of(self.parts[-1].runs, 100) if self.parts else "")
        self.losses.add("equation", last_words(before))
        self.losses.leave_out(whole_text(tag))

    def _read_picture(self, tag, place):
        source = str(tag.get("src") or tag.get("data-src") or "")
        alt = str(tag.get("alt") or "").strip()
        if is_emoji(alt):
            self.runs.append(Run(alt, place.marks))  # an emoji drawn as a picture
        elif not is_dot(tag):
            self.flush(place)
            self.parts.append(
                Part(
                    "picture",
                    value={"source": source, "name": alt or name_of(source), "alt": alt},
                )
            )

    def _read_table(self, tag, place):
        self.flush(place)
        rows = tables.rows_of(tag)
        if place.tables >= TABLES_IN_TABLES or tables.is_layout(tag, rows):
            return replace(place, tables=place.tables + 1), True
        try:
            value, is_merged = tables.table_value(tag, rows, self._cell_text)
        except tables.TooLarge:
            self.losses.add("table", tag.get_text())
            self.losses.leave_out(whole_text(tag))
            return None
        caption = tag.find("caption", recursive=False)
        runs = self.runs_of(caption) if caption else []
        if runs or any(text for row in value["data"] for text in row):
            if is_merged:
                self.losses.add("merged", next(filter(None, value["data"][0]), ""))
            self.parts.append(Part("table", value=value, runs=runs))
        return None

    def _cell_text(self, cell):
        """The text of a cell; what a cell cannot hold is noted."""
        reader = self.inner()
        texts = []
        for part in reader.read(cell):
            if part.kind == "picture":
                self.losses.add("picture_in_table", part.value["name"])
            texts.append(text_alone(part.runs, self.losses))
        return "\n".join(filter(None, texts))

    # Parts

    def flush(self, place):
        """Make the runs collected so far a part of the kind of ``place``."""
        runs, self.runs = self.runs, []
        pieces = [tidied(runs, True)] if place.keeps_spaces else split_at_empty_lines(runs)
        for piece in filter(None, pieces):
            self._write(piece, place)

    def _write(self, runs, place):
        last = self.parts[-1] if self.parts else None
        bullet = BULLET.match(plain_text(runs)) if place.kind == "paragraph" else None
        if last and place.group is not None and last.group == place.group:
            between = "\n\n" if last.kind == "quote" else "\n"
            if place.kind == "by":
                by = plain_text(runs).lstrip("—–―- ")
                last.value = f"{last.value} {by}" if last.value else by
                last.runs += [run for run in runs if run.note]
            else:
                last.runs += [Run(between), *runs]
        elif bullet:
            self.parts += _items_of_bullets(runs)
        else:
            kind = {"list": "item", "by": "paragraph"}.get(place.kind, place.kind)
            part = Part(kind, runs, place.level, place.ordered, place.group, place.root)
            self.parts.append(part)


def classes_of(tag):
    names = tag.get("class") or ()
    return {name.lower() for name in ([names] if isinstance(names, str) else names)}


def is_struck(tag, styles):
    """Whether an element is struck through: text that holds no more, which a body cannot mark."""
    lines = f"{styles.get('text-decoration')} {styles.get('text-decoration-line')}"
    return tag.name in ("del", "s", "strike") or "line-through" in lines


def write_numbers(soup):
    """Write the numbers of lists that do not begin at 1 as text, as a list here always does."""
    for numbered in soup("ol", start=True):
        start = str(numbered["start"]).strip()
        if not re.fullmatch("-?[0-9]{1,6}", start) or start == "1":
            continue
        for number, item in enumerate(numbered("li", recursive=False), int(start)):
            item.insert(0, f"{number}. ")
            item.name = "p" if item.find(BLOCKS) is None else "div"
        numbered.name = "div"


def whole_text(tag):
    """All text within an element, also that of scripts and styles."""
    return " ".join(each for each in tag.descendants if isinstance(each, NavigableString))


def text_alone(runs, losses):
    """The text of ``runs`` for a place without links and notes; those are noted."""
    for note in notes_in(runs):
        losses.add("note", strip_tags(note))
        losses.leave_out(strip_tags(note))
    for run in runs:
        if run.marks.href:
            losses.add("link_in_plain", run.text)
    return plain_text(runs).strip()


def _items_of_bullets(runs):
    """An item for each line of ``runs`` that begins with a bullet, as the first one does."""
    pieces = [piece for run in runs for piece in lines_of(run)]
    begins = [0] + [
        place
        for place, (before, piece) in enumerate(pairwise(pieces), 1)
        if before.text == "\n" and BULLET.match(piece.text)
    ]
    for start, end in pairwise([*begins, len(pieces) + 1]):
        line = tidied(pieces[start : end - 1])
        bullet = BULLET.match(plain_text(line))
        if bullet:
            text = without_start(line, bullet.end())
            yield Part("item", text, group=object(), root="bullets")


def _heading_level(tag):
    level = HEADINGS.get(tag.name, 0)
    if not level and tag.get("role") == "heading":
        given = str(tag.get("aria-level") or "")
        level = int(given) if given in ("1", "2", "3", "4", "5", "6") else 2
    return level


def _block_place(tag, place, styles, level):
    """The place inside a block element."""
    name, names = tag.name, classes_of(tag)
    if place.kind == "quote":
        is_by = name in ("footer", "figcaption")
        return replace(place, kind="by") if is_by else place
    if name in ("ul", "ol"):
        # Word's page and others begin a new list for each item.
        root = place.root or ("bullets" if name == "ul" else id(tag))
        depth = place.level + 1 if place.root else 0
        return replace(place, kind="list", ordered=name == "ol", root=root, level=depth, group=None)
    if name == "li" or place.kind == "list":
        return replace(place, kind="item", group=id(tag), root=place.root or id(tag))
    if place.kind == "item":
        return place
    if "mso-list" in styles and name == "p":
        return _place_in_word_list(tag, place, styles["mso-list"])
    return _place_of_paragraph(tag, place, names, level)


def _place_of_paragraph(tag, place, names, level):
    """The place inside a block that stands outside lists and quotations."""
    if tag.name == "blockquote":
        return replace(place, kind="quote", group=id(tag))
    if names & QUOTES:
        return replace(place, kind="quote", group="quotes")
    title = next((TITLES[each] for each in sorted(names & TITLES.keys())), None)
    if title and (level or tag.name == "p"):
        return replace(place, kind=title)
    if level:
        return replace(place, kind="heading", level=level)
    if tag.name == "figcaption" or names & CAPTIONS:
        return replace(place, kind="caption")
    return replace(place, keeps_spaces=True) if tag.name == "pre" else place


def _place_in_word_list(tag, place, declared):
    """The place of a paragraph that Word shows as an item: ``mso-list: l0 level2 lfo1``."""
    words = declared.split()
    level = next((word[5:] for word in words if word.startswith("level")), "1")
    marker = tag.find(lambda each: styles_of(each.get("style")).get("mso-list") == "ignore")
    return replace(
        place,
        kind="item",
        level=max(0, int(level) - 1) if level.isdecimal() and len(level) < 3 else 0,
        ordered=bool(marker and NUMBER.match(marker.get_text().strip())),
        group=id(tag),
        root=" ".join(word for word in words if not word.startswith("level")),
    )


def _split(address):
    try:
        return urlsplit(address)
    except ValueError:
        return None


def is_emoji(alt):
    return bool(alt) and len(alt) <= 8 and not any(map(str.isalnum, alt))


def is_dot(picture):
    """Whether a picture counts readers or keeps a distance: it is no larger than a dot."""
    return any(str(picture.get(side) or "") in ("0", "1", "2") for side in ("width", "height"))


def name_of(source):
    parts = _split(source)
    return "" if parts is None or parts.scheme == "data" else unquote(parts.path.rpartition("/")[2])
