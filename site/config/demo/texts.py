"""Reads the texts of the demo: Markdown with TOML front matter between two lines of ``+++``."""

import re
from dataclasses import dataclass
from pathlib import Path

from config.demo.errors import ContentError
from config.demo.markdown import read_body
from config.demo.tables import parse_toml

FRONT = re.compile(r"\+\+\+\n(?P<toml>.*?^)\+\+\+\n(?P<body>.*)", re.DOTALL | re.MULTILINE)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAMES = ("headline", "slug", "lead", "description")
LONGEST_DESCRIPTION = 155


@dataclass(frozen=True)
class Text:
    """One text in one language: its front matter and its Markdown."""

    path: Path
    front: dict
    markdown: str
    first_line: int

    def body(self, key, images, articles):
        """The stored body of the page called ``key``; see :func:`~.markdown.read_body`."""
        return read_body(self.markdown, self.path, key, images, articles, self.first_line)


def read_text(path):
    """Read the file at ``path`` and check its front matter."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(path, 1, "there is no such file") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ContentError(path, line, "this is not UTF-8") from None
    found = FRONT.fullmatch(text)
    if not found:
        raise ContentError(path, 1, "a text starts with front matter between two lines of +++")
    front = parse_toml(found["toml"], path, 2)
    _check_front(front, path, found["toml"].splitlines())
    return Text(path, front, found["body"], text.count("\n", 0, found.start("body")) + 1)


def _check_front(front, path, rows):
    if missing := [name for name in NAMES if name not in front]:
        raise ContentError(path, 1, f"{', '.join(missing)} is missing")
    for name, value in front.items():
        line = next((n for n, row in enumerate(rows, start=2) if row.startswith(name)), 1)
        if name not in NAMES or not isinstance(value, str) or not value.strip():
            raise ContentError(path, line, f"expected words for each of {', '.join(NAMES)}")
        if name == "slug" and not SLUG.fullmatch(value):
            raise ContentError(path, line, f"{value!r} is no address")
        if name == "description" and len(value) > LONGEST_DESCRIPTION:
            raise ContentError(path, line, f"description: {LONGEST_DESCRIPTION} characters at most")
