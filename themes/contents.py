"""The blocks of a body as they are laid out: anchors, and the table of contents."""

from dataclasses import dataclass

#: A text with fewer sections than this needs no table of contents.
ENOUGH = 3
#: What other parts of a page are called, so that no heading is.
TAKEN = (
    "author-box",
    "content",
    "contents",
    "footer-journal",
    "footer-topics",
    "footnotes",
    "related",
    "search-query",
    "share",
)


@dataclass(frozen=True)
class Section:
    anchor: str
    text: str


def with_anchors(stream):
    """``(block, anchor)`` of each block; only headings have an anchor, numbered when repeated."""
    seen = set(TAKEN)
    for block in stream:
        anchor = _free(block.value.anchor, seen) if block.block_type == "heading" else ""
        seen.add(anchor)
        yield block, anchor


def sections_of(stream):
    """The sections of a text for its table of contents; none where there are few."""
    sections = [
        Section(anchor, block.value["text"])
        for block, anchor in with_anchors(stream)
        if anchor and block.value["level"] == "h2"
    ]
    return sections if len(sections) >= ENOUGH else []


def _free(anchor, seen):
    number, free = 1, anchor
    while free in seen:
        number += 1
        free = f"{anchor}-{number}"
    return free
