"""Parts of a document as blocks of a body."""

import re
from itertools import groupby

from django.utils.translation import gettext as _

from diptych.articles.imported_documents.inline import Run, as_html, notes_in, plain_text
from diptych.articles.imported_documents.losses import refuse_beyond
from diptych.articles.imported_documents.reading import DEEPEST_ITEM, Part, text_alone

LONGEST_HEADING, LONGEST_CAPTION, LONGEST_TABLE_TITLE, LONGEST_NAME = 200, 500, 200, 200
LONGEST_HEADLINE, LONGEST_ALT = 200, 255
#: More blocks than this are slow to edit: neighbouring paragraphs then share one.
MANY_BLOCKS, JOINED = 400, 10
#: The most blocks that an editor can show.
MOST_BLOCKS = 1000
#: Items of one list, which is one block: each takes the editor a millisecond at every key.
MOST_ITEMS = 2000
#: Runs of text and line breaks in one part: rich text is converted in the square of their number.
MOST_CHANGES = 2000
#: The last line of a quotation that names its author.
_ATTRIBUTION = re.compile(r"\s*[—–―]\s*(\S.*)")
#: Hebrew, Arabic and the scripts beside them, which are written from the right.
_FROM_THE_RIGHT = re.compile("[\u05d0-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_TABLE = re.compile(r"tab(?:le|leau|\.)?\b", re.IGNORECASE)


# The head of an article


def head_of(parts, losses):
    """``(headline, lead, other parts)``, found by their styles or at the beginning."""
    rest = list(parts)
    headline = _take(rest, _place_of_headline(rest))
    lead = _take(rest, _place_of_lead(rest)) if headline else ""
    for kind, text in (("headline", headline), ("lead", lead)):
        if not text:
            losses.add(kind)
    return headline, lead, rest


def _take(parts, place):
    """Remove the part at ``place``, if any, and return its text in one line."""
    return "" if place is None else " ".join(plain_text(parts.pop(place).runs).split())


def _place_of_headline(parts):
    titles = [place for place, part in enumerate(parts) if part.kind == "title"]
    if titles:
        return titles[0] if _is_short(parts[titles[0]]) else None
    first = next((place for place, part in enumerate(parts) if part.runs), None)
    if first is None or not _is_short(parts[first]):
        return None
    part = parts[first]
    is_line = part.kind == "paragraph" and len(parts) > first + 1 and _is_line(part)
    return first if part.kind == "heading" or is_line else None


def _is_short(part):
    return len(plain_text(part.runs)) <= LONGEST_HEADLINE and not notes_in(part.runs)


def _is_line(part):
    """Whether a first paragraph reads as a headline: one line, and no sentence."""
    text = plain_text(part.runs)
    return len(text) <= 120 and "\n" not in text and not text.endswith((".", ":", ";", "…"))


def _place_of_lead(parts):
    """Where the lead is: by its style, or as a first paragraph that is set apart."""
    styled = [place for place, part in enumerate(parts) if part.kind == "lead"]
    if styled:
        return styled[0]
    if len(parts) < 2 or parts[0].kind != "paragraph" or notes_in(parts[0].runs):
        return None
    runs = [run for run in parts[0].runs if run.text.strip()]
    is_apart = all(run.marks.bold for run in runs) or all(run.marks.italic for run in runs)
    return 0 if runs and is_apart else None


# Blocks


class BlockMaker:
    """Makes the blocks of the parts of a text; ``make_…`` makes those of one kind of part.

    ``pictures`` gives the primary key of an image by its address. ``losses`` collects what is not
    taken. Rich text is cleaned by ``widget``, as a form's.
    """

    def __init__(self, pictures, losses, widget, keeps_alt=False):
        self.pictures, self.losses, self.widget = pictures, losses, widget
        self.keeps_alt = keeps_alt
        self.top = 0

    def blocks_of(self, parts):
        """``(type, stored value)`` for each block."""
        parts = _without_needless_rules(_with_captions([_fitting(part) for part in parts]))
        self.top = min((part.level for part in parts if part.kind == "heading"), default=0)
        grouped = _grouped(parts, self.losses)
        self.check_size(grouped)
        return [block for group in grouped for block in self.make(group)]

    def check_size(self, groups):
        """Refuse a text of too many blocks, too long a list, or too much set apart in one part."""
        refuse_beyond(
            MOST_BLOCKS,
            len(groups),
            _(
                "This text would become %(number)s blocks; at most %(allowed)s are taken at once."
                " Take it in parts."
            ),
        )
        refuse_beyond(
            MOST_ITEMS,
            max(map(len, groups), default=0),
            _(
                "A list of this text has %(number)s items; at most %(allowed)s are taken at once."
                " Take it in parts."
            ),
        )
        refuse_beyond(
            MOST_CHANGES,
            max((changes_in(part) for group in groups for part in group), default=0),
            _(
                "A paragraph of this text has %(number)s line breaks, notes and changes of type;"
                " at most %(allowed)s are taken."
            ),
        )

    def make(self, group):
        """The blocks of parts that share one."""
        first = group[0]
        return getattr(self, f"make_{first.kind}", self.make_text)(group)

    def make_text(self, group):
        is_list = group[0].kind == "item"
        html = "".join(items_as_html(group)) if is_list else paragraphs_as_html(group)
        stored = cleaned_by(self.widget, html)
        return [("paragraph", stored)] if stored else []

    def make_heading(self, group):
        level = "h2" if group[0].level <= self.top else "h3"
        return [("heading", {"text": self.line(group[0]), "level": level})]

    def make_quote(self, group):
        text, by = self.plain(group[0]), group[0].value or ""
        if len(by) > LONGEST_NAME:
            text, by = f"{text}\n{by}", ""
        return [("quotation", quotation(text, by))]

    def make_picture(self, group):
        """An image block; its alternative text is left to the editor, unless ``keeps_alt``."""
        part = group[0]
        alt = part.value["alt"][:LONGEST_ALT] if self.keeps_alt else ""
        image = self.pictures.get(part.value["source"])
        caption = self.line(part)
        name = part.value["name"] or caption
        if not image or not alt:
            self.losses.add("alt" if image else "picture", name)
        return [("image", {"image": image, "alt": alt, "caption": caption, "decorative": False})]

    def make_table(self, group):
        """A table, below its caption where that is longer than a title of one."""
        caption = self.line(group[0])
        is_long = len(caption) > LONGEST_TABLE_TITLE
        above = self.make_text([Part("paragraph", [Run(caption)])]) if is_long else []
        value = {"caption": "" if is_long else caption, "table": group[0].value, "source": ""}
        return [*above, ("table", value)]

    def plain(self, part):
        """The text of ``part`` for a place without links and notes."""
        return text_alone(part.runs, self.losses)

    def line(self, part):
        return " ".join(self.plain(part).split())


def cleaned_by(widget, html):
    """Rich text as a form stores it that is sent ``html``; ``None`` without a text."""
    return widget.value_from_datadict({"text": widget.format_value(html)}, {}, "text")


def _fitting(part):
    """``part``, as a paragraph where it is too long for its kind or has none in a body."""
    text = plain_text(part.runs)
    if part.kind == "title":
        part.kind, part.level = "heading", 1
    is_long = (part.kind == "heading" and len(text) > LONGEST_HEADING) or (
        part.kind == "caption" and len(text) > LONGEST_CAPTION
    )
    if is_long or part.kind == "lead" or (part.kind == "heading" and not text):
        part.kind = "paragraph"
    return part


def _with_captions(parts):
    """``parts`` with each caption joined to its picture or table, or else as a paragraph."""
    out = []
    for place, part in enumerate(parts):
        if part.kind != "caption":
            out.append(part)
            continue
        before = out[-1] if out else None
        after = parts[place + 1] if parts[place + 1 :] else None
        holder = _holder_of(part, before, after)
        if holder:
            holder.runs = part.runs
        elif before and before.kind == "quote" and not before.value:
            before.value = plain_text(part.runs).lstrip("—–― ")
        else:
            part.kind = "paragraph"
            out.append(part)
    return out


def _holder_of(caption, before, after):
    """The picture or table that a caption belongs to; tables have theirs above or below."""
    free = [
        each if each and each.kind in ("picture", "table") and not each.runs else None
        for each in (before, after)
    ]
    is_table = bool(_TABLE.match(plain_text(caption.runs)))
    if is_table and free[1] and free[1].kind == "table":
        return free[1]
    return free[0] or free[1]


def _without_needless_rules(parts):
    """``parts`` with lines only between others."""
    out = []
    for part in parts:
        if part.kind == "rule" and (not out or out[-1].kind == "rule"):
            continue
        out.append(part)
    if out and out[-1].kind == "rule":
        out.pop()
    return out


def _grouped(parts, losses):
    """Lists of parts that share a block: the items of a list; paragraphs of a very long text."""
    groups = [list(group) for _key, group in groupby(parts, _own_block)]
    if len(groups) <= MANY_BLOCKS:
        return groups
    losses.add("joined")
    joined = []
    for group in groups:
        last = joined[-1] if joined else []
        if (
            last
            and len(last) < JOINED
            and all(each.kind == "paragraph" for each in (*last, *group))
        ):
            last += group
        else:
            joined.append(group)
    return joined


def note_directions(parts, losses):
    """Note words from right to left without a language: they are set as those around them."""
    for part in parts:
        for run in part.runs if part.is_rich else ():
            if not run.marks.lang and _FROM_THE_RIGHT.search(run.text):
                losses.add("direction", run.text)


def changes_in(part):
    return sum(1 + run.text.count("\n") for run in part.runs)


def _own_block(part):
    """The same for all items of one list, different for all other parts."""
    return (part.root, None) if part.kind == "item" else (None, id(part))


def quotation(text, attribution):
    """The value of a quotation block; a last line that names the author is its attribution."""
    said, _break, last = text.rpartition("\n")
    found = _ATTRIBUTION.fullmatch(last) if said.strip() else None
    if found and not attribution and len(found[1]) <= LONGEST_NAME:
        text, attribution = said.rstrip(), found[1].strip()
    return {"text": text, "attribution": attribution[:LONGEST_NAME], "source": ""}


def paragraphs_as_html(parts):
    return "".join(
        "<hr/>" if part.kind == "rule" else f"<p>{as_html(part.runs)}</p>" for part in parts
    )


def items_as_html(parts):
    """Nested lists of the items ``parts``; no level is left out."""
    open_lists = []
    for part in parts:
        depth = min(part.level, len(open_lists), DEEPEST_ITEM)
        tag = "ol" if part.ordered else "ul"
        while len(open_lists) > depth + 1:
            yield f"</li></{open_lists.pop()}>"
        if len(open_lists) == depth + 1 and open_lists[-1] != tag:
            yield f"</li></{open_lists.pop()}><{tag}>"
            open_lists.append(tag)
        elif len(open_lists) == depth + 1:
            yield "</li>"
        else:
            yield f"<{tag}>"
            open_lists.append(tag)
        yield f"<li>{as_html(part.runs)}"
    while open_lists:
        yield f"</li></{open_lists.pop()}>"
