"""Words with *italics*, **bold**, [links](https://example.org/) and notes^[So.] as rich text.

The result is what Wagtail's editor itself would store, keys included: an editor who opens a
text and saves it again has changed nothing.
"""

import hashlib
import html
import re

from articles.richtext.footnotes import as_stored, clean_note

LINK = r"\[(?P<label>[^\[\]]*)\]\((?P<address>[^()\s]*)\)"
NOTE = r"\^\[(?P<note>(?:[^\[\]]|\[[^\[\]]*\]\([^()\s]*\))*)\]"
TOKENS = re.compile(rf"{NOTE}|{LINK}|(?P<marks>\*+)")
MARKS = {1: ("i",), 2: ("b",), 3: ("b", "i")}
ADDRESSES = ("https://", "http://", "mailto:")


class InlineError(ValueError):
    """Markup within a line that does not add up."""


def rich_paragraph(text, seed):
    """One paragraph; ``seed`` decides its key."""
    return f'<p data-block-key="{block_key(seed)}">{inline(text)}</p>'


def rich_list(items, seed):
    """A list with bullets."""
    entries = (
        f'<li data-block-key="{block_key(f"{seed}/{number}")}">{inline(item)}</li>'
        for number, item in enumerate(items)
    )
    return f"<ul>{''.join(entries)}</ul>"


def block_key(seed):
    """Five letters and digits, always the same for the same ``seed``."""
    return hashlib.sha256(seed.encode()).hexdigest()[:5]


def inline(text):
    """The markup within one line as HTML."""
    parts, opened, position = [], [], 0
    for token in TOKENS.finditer(text):
        parts.append(escape(text[position : token.start()]))
        position = token.end()
        if token["marks"]:
            parts += _switch(token["marks"], opened)
        elif token["note"] is not None:
            parts.append(_note(token["note"], opened))
        else:
            parts.append(_link(token["label"], token["address"]))
    parts.append(escape(text[position:]))
    if opened:
        raise InlineError(f"<{opened[-1]}> is opened and never closed")
    return "".join(parts)


def plain(text):
    """Words of a place that knows no markup, where asterisks would be printed as they are."""
    if TOKENS.search(text):
        raise InlineError(f"no markup here: {text!r}")
    return text


def escape(text):
    """Text as Wagtail's editor escapes it: apostrophes and quotation marks stay."""
    return html.escape(text, quote=False)


def _switch(marks, opened):
    """Open or close what a run of asterisks stands for."""
    tags = MARKS.get(len(marks))
    if tags is None:
        raise InlineError(f"{len(marks)} asterisks mean nothing")
    if opened and set(tags) <= set(opened):
        closed = [opened.pop() for _ in tags]
        if set(closed) != set(tags):
            raise InlineError("bold and italics overlap")
        return [f"</{tag}>" for tag in closed]
    opened.extend(tags)
    return [f"<{tag}>" for tag in tags]


def _note(words, opened):
    if not words.strip():
        raise InlineError("a note without words")
    if opened:
        raise InlineError(f"a note stands behind </{opened[-1]}>, not within it")
    return as_stored(clean_note(inline(words)))


def _link(label, address):
    if not label.strip():
        raise InlineError("a link without words")
    if not address.startswith(ADDRESSES):
        raise InlineError(f"{address!r} is not an address a link can lead to")
    return f'<a href="{html.escape(address)}">{inline(label)}</a>'
