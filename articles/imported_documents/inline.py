"""Text with its marks: bold, italic, raised, lowered, links, other languages and footnotes."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape
from itertools import groupby

from diptych.articles.richtext.footnotes import note_element
from diptych.articles.richtext.passages import is_written_from_the_right

#: Soft hyphens, spaces without width and marks of byte order, which pages insert by themselves.
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff\u2060]")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_FILLER = re.compile("[ \u00a0]{2,}")
#: A no-break space between long words: no rule of typography puts one there.
_BETWEEN_WORDS = re.compile("(?:^|(?<=[^\\W\\d_]{4}))\u00a0(?=[^\\W\\d_]{2})")
_SIDES = " \u00a0"
_BLANK = " \u00a0\u202f\n"


@dataclass(frozen=True)
class Stored:
    """A page or document that a link leads to: ``kind`` is ``page`` or ``document``."""

    kind: str
    key: int


@dataclass(frozen=True)
class Marks:
    """How a run of text is set; the fields are in the order of the elements, outermost first."""

    href: str | Stored = ""
    lang: str = ""
    bold: bool = False
    italic: bool = False
    superscript: bool = False
    subscript: bool = False


PLAIN = Marks()


@dataclass(frozen=True)
class Run:
    """Text of one kind, ``"\\n"`` for a line break, or a footnote with its HTML."""

    text: str
    marks: Marks = field(default=PLAIN)
    note: str = ""


def _passage(lang, html):
    direction = ' dir="rtl"' if is_written_from_the_right(lang) else ""
    return f'<span lang="{escape(lang)}"{direction}>{html}</span>'


def _link(href, html):
    if isinstance(href, Stored):
        return f'<a linktype="{href.kind}" id="{href.key}">{html}</a>'
    return f'<a href="{escape(href)}">{html}</a>'


ELEMENTS = {
    "href": _link,
    "lang": _passage,
    "bold": lambda _value, html: f"<b>{html}</b>",
    "italic": lambda _value, html: f"<i>{html}</i>",
    "superscript": lambda _value, html: f"<sup>{html}</sup>",
    "subscript": lambda _value, html: f"<sub>{html}</sub>",
}


def as_html(runs, names=tuple(ELEMENTS)):
    """Rich text of ``runs``: well-formed, and each mark around as much as it can enclose."""
    if not names:
        return "".join(
            note_element(run.note)
            if run.note
            else escape(run.text, quote=False).replace("\n", "<br/>")
            for run in runs
        )
    parts = []
    for value, group in groupby(runs, lambda run: getattr(run.marks, names[0])):
        html = as_html(list(group), names[1:])
        parts.append(ELEMENTS[names[0]](value, html) if value else html)
    return "".join(parts)


def plain_text(runs):
    """The text of ``runs`` without footnotes."""
    return "".join(run.text for run in runs if not run.note)


def end_of(runs, length):
    """The last ``length`` characters of the text of ``runs``."""
    out, size = [], 0
    for run in reversed(runs):
        if size >= length:
            break
        out.append(run.text[-length:])
        size += len(run.text)
    return "".join(reversed(out)).strip()[-length:]


def notes_in(runs):
    return [run.note for run in runs if run.note]


def without_start(runs, length):
    """``runs`` without the first ``length`` characters of their text."""
    out = []
    for run in runs:
        cut = min(length, len(run.text))
        length -= cut
        if run.note or run.text[cut:]:
            out.append(replace(run, text=run.text[cut:]))
    return out


def tidied(runs, keep_spaces=False):
    """``runs`` as an editor would type them.

    Spaces are single, none stand at the ends of a line or before a footnote, and runs that are
    set alike are one. Empty text gives an empty list. A link has no language: Wagtail cannot store
    a passage and a link that end in the same place.
    """
    out = []
    for run in map(_without_language_of_link, runs):
        if run.note:
            _strip_end(out, _BLANK)
            out.append(run)
            continue
        text = run.text if keep_spaces else _collapsed(run.text)
        before = "" if not out or out[-1].note else out[-1].text[-1:]
        if text.startswith("\n"):
            _strip_end(out, _SIDES)
        elif not keep_spaces and (not out or (before and before in _BLANK)):
            text = text.lstrip(_SIDES)
        if text:
            out.append(replace(run, text=text))
    _strip_end(out, _BLANK)
    return _without_blank_marks(_joined(_without_blank_start(out)))


def _without_language_of_link(run):
    is_both = run.marks.href and run.marks.lang
    return replace(run, marks=replace(run.marks, lang="")) if is_both else run


def _collapsed(text):
    if text == "\n":
        return text
    text = _FILLER.sub(" ", _SPACES.sub(" ", _INVISIBLE.sub("", text)))
    return _BETWEEN_WORDS.sub(" ", text)


def _joined(runs):
    """``runs`` with neighbours that are set alike as one; footnotes stay apart."""
    out = []
    for (is_note, marks), group in groupby(runs, lambda run: (bool(run.note), run.marks)):
        if is_note:
            out += group
        else:
            out.append(Run("".join(run.text for run in group), marks))
    return out


def _strip_end(out, characters):
    while out and not out[-1].note:
        text = out[-1].text.rstrip(characters)
        if text:
            out[-1] = replace(out[-1], text=text)
            return
        out.pop()


def _is_blank(run):
    return not run.note and not run.text.strip(_BLANK)


def _without_blank_start(runs):
    start = next((place for place, run in enumerate(runs) if not _is_blank(run)), len(runs))
    first = [replace(run, text=run.text.lstrip(_BLANK)) for run in runs[start : start + 1]]
    return first + runs[start + 1 :]


def _without_blank_marks(runs):
    """``runs`` whose spaces between words are not set in any way."""
    return _joined(replace(run, marks=PLAIN) if _is_blank(run) else run for run in runs)


def split_at_empty_lines(runs):
    """Lists of runs, parted where two line breaks follow one another."""
    parts, current, breaks = [], [], 0
    for run in (piece for each in runs for piece in lines_of(each)):
        is_break = run.text == "\n" and not run.note
        breaks = breaks + 1 if is_break else 0
        current.append(run)
        if breaks == 2:
            parts.append(current)
            current = []
    parts.append(current)
    return [part for part in map(tidied, parts) if part]


def lines_of(run):
    """``run`` with each of its line breaks as a run of its own."""
    if run.note or "\n" not in run.text:
        return [run]
    return [replace(run, text=text) for text in re.split(r"(\n)", run.text) if text]


def beginning_of(tag, length=100):
    """The first words of the text of an element, in one line: ``length`` characters or more.

    Reads no further, as links and notes of made-up documents stand in one another.
    """
    out, size = [], 0
    for string in tag.strings:
        if size >= length:
            break
        out.append(string[: 10 * length])
        size += len(out[-1].strip())
    return " ".join("".join(out).split())


@lru_cache(maxsize=2048)
def styles_of(style):
    """The declarations of a style attribute, names and values in lower case.

    The result is shared between calls, and must not be changed.
    """
    pairs = (each.partition(":") for each in (style or "").split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _colon, value in pairs}


#: From 600 up to 1000, the largest there is.
_WEIGHT = re.compile("[6-9][0-9]{2}|1000")


def _is_bold(weight):
    return weight in ("bold", "bolder") or bool(_WEIGHT.fullmatch(weight))


BOLD, ITALIC = {"b", "strong"}, {"i", "em", "cite", "var", "dfn"}
RAISED = {"super": "superscript", "sub": "subscript"}


def marks_within(marks, name, styles):
    """The marks of the content of an element called ``name`` with ``styles``."""
    changes = {}
    if name in BOLD:
        changes["bold"] = True
    elif name in ITALIC:
        changes["italic"] = True
    elif name in ("sup", "sub"):
        changes[{"sup": "superscript", "sub": "subscript"}[name]] = True
    weight, slant = styles.get("font-weight"), styles.get("font-style")
    if weight and weight != "inherit":
        changes["bold"] = _is_bold(weight)
    if slant and slant != "inherit":
        changes["italic"] = slant.startswith(("italic", "oblique"))
    raised = RAISED.get(styles.get("vertical-align"))
    if raised:
        changes[raised] = True
    return replace(marks, **changes) if changes else marks
