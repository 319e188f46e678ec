"""Posts of the classic editor: lines are paragraphs, and an address on its own line is embedded."""

import re
from html import escape

from bs4.element import NavigableString, PreformattedString, Tag

from diptych.articles.imported_documents.reading import BLOCKS
from diptych.articles.richtext.parsing import topmost
from diptych.articles.transfer.wordpress.block_markup import CLASSIC, EMBED, FOOTNOTE, OURS, UNKNOWN
from diptych.articles.transfer.wordpress.preformatted import preformatted_spans

#: Elements in which WordPress makes paragraphs of lines.
_HOLDERS = (CLASSIC, "article", "aside", "blockquote", "center", "div", "main", "section")
#: Elements in which lines are no paragraphs.
_KEPT = ("table", "figure", "pre")
_STANDING_ALONE = {*BLOCKS, *OURS, "iframe", "video", "audio", "script", "style"} - {FOOTNOTE}
#: A break that ends its line is one break.
_BREAK_AND_LINE = re.compile(r"(<br\b[^<>]*>)[ \t]*\n", re.I)
_EMPTY_LINE = re.compile(r"\n[ \t\xa0]*\n\s*")
_ADDRESS_ON_ITS_LINE = re.compile(
    r"(?P<before>^[ \t]*|<p>\s*)(?P<url>https?://[^\s<>\"\[\]]+)(?P<after>[ \t]*$|\s*</p>)", re.M
)
_PREFORMATTED = ("pre", "code", "script", "style")


def with_embeds(content):
    """``content`` with an element for each address that is alone in its line or paragraph."""
    out, end = [], 0
    for start, stop in preformatted_spans(content, _PREFORMATTED):
        out += [_ADDRESS_ON_ITS_LINE.sub(_embed, content[end:start]), content[start:stop]]
        end = stop
    out.append(_ADDRESS_ON_ITS_LINE.sub(_embed, content[end:]))
    return "".join(out)


def with_breaks(content):
    """``content`` with line ends of one kind, and none behind an element for a line break."""
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    return _BREAK_AND_LINE.sub(r"\1", content)


def is_sign(tag):
    """Whether an element stands within a line for an unknown shortcode."""
    return tag.name == UNKNOWN and tag.get("data-kind") == "shortcode"


def _embed(found):
    return f'<{EMBED} data-url="{escape(found["url"])}"></{EMBED}>'


def make_paragraphs(soup):
    """Put the paragraphs of classic posts, which empty lines part, into elements of their own."""
    for root in topmost(soup, (CLASSIC,)):
        left_alone = {id(each) for kept in topmost(root, _KEPT) for each in kept(_HOLDERS)}
        for holder in (root, *root(_HOLDERS)):
            if id(holder) not in left_alone:
                _make_paragraphs_in(soup, holder)


def _make_paragraphs_in(soup, holder):
    #: What stands alone, and lists of what may be one paragraph.
    parts, current = [], []
    for child in holder.contents:
        if isinstance(child, Tag) and child.name in _STANDING_ALONE and not is_sign(child):
            parts += [current, child]
            current = []
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            first, *others = _EMPTY_LINE.split(str(child))
            current.append(NavigableString(first) if others else child)
            for text in others:
                parts.append(current)
                current = [NavigableString(text)]
        else:
            current.append(child)
    parts.append(current)
    holder.clear()
    for part in parts:
        if isinstance(part, Tag):
            holder.append(part)
        elif any(isinstance(each, Tag) or each.strip() for each in part):
            paragraph = soup.new_tag("p")
            paragraph.extend(part)
            holder.append(paragraph)
        else:
            holder.extend(part)
