"""The table of contents of a body, and the anchors of its headings."""

from dataclasses import dataclass

#: The least number of sections for a table of contents.
ENOUGH = 3
#: The ids of other elements of a page, which no heading may have.
RESERVED = (
    "author-box",
    "content",
    "contents",
    "corrections",
    "corrections-title",
    "diptych",
    "footer-follow",
    "footer-journal",
    "footer-topics",
    "footnotes",
    "newsletter",
    "recording",
    "related",
    "search-query",
    "share",
)


@dataclass(frozen=True)
class Section:
    anchor: str
    text: str


def with_anchors(stream):
    """Yield ``(block, anchor)`` for each block: unique anchors for headings, ``""`` for others."""
    seen = set(RESERVED)
    for block in stream:
        anchor = _free(block.value.anchor, seen) if block.block_type == "heading" else ""
        seen.add(anchor)
        yield block, anchor


def sections_of(stream):
    """The second-level headings as :class:`Section` objects; empty if there are few."""
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
