"""Read the texts of the demo: a few lines of front matter, then blocks.

Nothing here knows of the database. :func:`parse` gives blocks with the names of pictures and
articles as they are written, and the line each starts on; :mod:`config.demo.stream` makes of
them what a page stores.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from config.demo.errors import ContentError

FENCE = ":::"
FRONT_LINE = re.compile(r"(?P<name>[a-z_]+):\s+(?P<value>\S.*)")
HEADING = re.compile(r"(?P<marks>#{2,3}) (?P<text>\S.*)")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAMES = ("headline", "slug", "lead", "description")
LONGEST_DESCRIPTION = 155
CELLS_OF_A_PICTURE = 3


@dataclass(frozen=True)
class Block:
    """One block of a text: what kind, what it says, and the line it starts on."""

    kind: str
    value: object
    line: int


@dataclass(frozen=True)
class Text:
    """One text in one language."""

    path: Path
    front: dict
    blocks: list = field(default_factory=list)

    def fail(self, line, message):
        raise ContentError(self.path, line, message)


@dataclass(frozen=True)
class Lines:
    """Some lines of a file, each with its number; between fences, the words after the first."""

    path: Path
    rows: list
    start: int
    title: str | None = None

    def fail(self, message, line=None):
        raise ContentError(self.path, line or self.start, message)

    def filled(self):
        """``(number, line)`` of the lines that are not blank."""
        return [(number, row.strip()) for number, row in self.rows if row.strip()]


def read(path):
    """Parse the file at ``path``."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(path, 1, "there is no such file") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ContentError(path, line, "this is not UTF-8") from None
    return parse(text, path)


def parse(text, path):
    """Parse ``text``, which stands at ``path``; raises :class:`ContentError`."""
    rows = list(enumerate(text.splitlines(), start=1))
    front, body = _split_front(rows, path)
    blocks = []
    for lines in _chunks(body, path):
        blocks += _read_plain(lines) if lines.title is None else _read_fenced(lines)
    if not blocks:
        raise ContentError(path, len(rows), "the text is empty")
    return Text(path, front, blocks)


def _split_front(rows, path):
    if not rows or rows[0][1].strip() != "---":
        raise ContentError(path, 1, "a text starts with a line of three hyphens")
    front = {}
    for position, (number, row) in enumerate(rows[1:], start=1):
        if row.strip() == "---":
            _check_front(front, path, number)
            return front, rows[position + 1 :]
        found = FRONT_LINE.fullmatch(row.strip())
        if not found or found["name"] not in NAMES or found["name"] in front:
            raise ContentError(path, number, f"expected one each of {', '.join(NAMES)}")
        front[found["name"]] = found["value"]
    raise ContentError(path, len(rows), "the front matter is never closed")


def _check_front(front, path, line):
    missing = [name for name in NAMES if name not in front]
    if missing:
        raise ContentError(path, line, f"{', '.join(missing)} is missing")
    if not SLUG.fullmatch(front["slug"]):
        raise ContentError(path, line, f"{front['slug']!r} is no address")
    if len(front["description"]) > LONGEST_DESCRIPTION:
        raise ContentError(path, line, f"description: {LONGEST_DESCRIPTION} characters at most")


def _chunks(rows, path):
    """Cut a body at blank lines; what stands between two fences stays in one piece."""
    chunk, fenced = [], False
    for number, row in [*rows, (None, "")]:
        is_fence = row.startswith(FENCE)
        if number is None and fenced:
            raise ContentError(path, chunk[0][0], "this block is never closed")
        if is_fence and not fenced:
            yield from _plain_chunk(chunk, path)
            chunk, fenced = [(number, row)], True
        elif is_fence:
            if row.strip() != FENCE:
                raise ContentError(path, number, "the block before this one is never closed")
            opening, *content = chunk
            yield Lines(path, content, opening[0], opening[1].removeprefix(FENCE).strip())
            chunk, fenced = [], False
        elif fenced or row.strip():
            chunk.append((number, row))
        else:
            yield from _plain_chunk(chunk, path)
            chunk = []


def _plain_chunk(chunk, path):
    if chunk:
        yield Lines(path, chunk, chunk[0][0])


def _read_plain(lines):
    rows = lines.filled()
    first = rows[0][1]
    if first.startswith("#"):
        return [_heading(lines, number, row) for number, row in rows]
    if first.startswith("- "):
        return [_list(lines, rows)]
    if first.startswith("> "):
        return [_quotation(lines, rows)]
    if len(rows) > 1:
        lines.fail("a paragraph is one line, a blank line ends it", rows[1][0])
    return [Block("paragraph", first, lines.start)]


def _heading(lines, number, row):
    found = HEADING.fullmatch(row)
    if not found:
        lines.fail("a heading is ## or ###, then its words", number)
    return Block("heading", {"level": len(found["marks"]), "text": found["text"]}, number)


def _list(lines, rows):
    for number, row in rows:
        if not row.startswith("- "):
            lines.fail("every line of a list starts with a hyphen", number)
    return Block("list", [row.removeprefix("- ").strip() for _, row in rows], lines.start)


def _quotation(lines, rows):
    words = [row.removeprefix(">").strip() for _, row in rows]
    for number, row in rows:
        if not row.startswith("> "):
            lines.fail("every line of a quotation starts with >", number)
    attribution = words.pop().removeprefix("— ") if words[-1].startswith("— ") else ""
    if len(words) != 1:
        lines.fail("a quotation is one line, then one with — and who said it")
    return Block("quotation", {"text": words[0], "attribution": attribution}, lines.start)


def _read_fenced(lines):
    kind, _, title = lines.title.partition(" ")
    reader = FENCED.get(kind)
    if reader is None:
        lines.fail(f"there is no block {kind!r}, only {', '.join(FENCED)}")
    return reader(lines, title.strip())


def _pull(lines, title):
    rows = lines.filled()
    if title or len(rows) != 1:
        lines.fail("a pull quote is one line, without a title")
    return [Block("pull", rows[0][1], lines.start)]


def _note(lines, title):
    paragraphs = [row for _, row in lines.filled()]
    if not paragraphs:
        lines.fail("this note is empty")
    return [Block("note", {"title": title, "paragraphs": paragraphs}, lines.start)]


def _qa(lines, title):
    rows = lines.filled()
    if title or not rows or len(rows) % 2:
        lines.fail("a line with Q: is followed by one with A:")
    blocks = []
    for (asked, question), (answered, answer) in zip(rows[::2], rows[1::2], strict=True):
        if not question.startswith("Q: "):
            lines.fail("expected a question, Q:", asked)
        if not answer.startswith("A: "):
            lines.fail("expected an answer, A:", answered)
        value = {"question": question[3:].strip(), "answer": answer[3:].strip()}
        blocks.append(Block("question", value, asked))
    return blocks


def _table(lines, title):
    rows = []
    for number, row in lines.filled():
        if not (row.startswith("|") and row.endswith("|") and len(row) > 1):
            lines.fail("a row of a table starts and ends with |", number)
        rows.append([cell.strip() for cell in row[1:-1].split("|")])
        if len(rows[-1]) != len(rows[0]):
            lines.fail(f"{len(rows[-1])} cells instead of {len(rows[0])}", number)
    if len(rows) < 3 or any(set(cell) - set("-:") for cell in rows[1]):
        lines.fail("a table has a first row, a row of hyphens and at least one more")
    return [Block("table", {"caption": title, "rows": [rows[0], *rows[2:]]}, lines.start)]


def _image(lines, title):
    said = {}
    for number, row in lines.filled():
        name, colon, words = row.partition(":")
        if not colon or name not in ("alt", "caption") or name in said or not words.strip():
            lines.fail("a picture has one line alt: and one line caption:", number)
        said[name] = words.strip()
    if not title or set(said) != {"alt", "caption"}:
        lines.fail("a picture has a name, then one line alt: and one line caption:")
    return [Block("image", {"image": title, **said}, lines.start)]


def _gallery(lines, title):
    pictures = []
    for number, row in lines.filled():
        cells = [cell.strip() for cell in row.split("|")]
        if len(cells) != CELLS_OF_A_PICTURE or not all(cells):
            lines.fail("a picture of a gallery is: name | alternative text | caption", number)
        pictures.append(dict(zip(("image", "alt", "caption"), cells, strict=True)))
    if len(pictures) < 2:
        lines.fail("a gallery has at least two pictures")
    return [Block("gallery", {"caption": title, "pictures": pictures}, lines.start)]


def _article(lines, title):
    if not title or lines.filled():
        lines.fail("a link to an article is the name of one, and nothing else")
    return [Block("article", title, lines.start)]


FENCED = {
    "pull": _pull,
    "note": _note,
    "qa": _qa,
    "table": _table,
    "image": _image,
    "gallery": _gallery,
    "article": _article,
}
