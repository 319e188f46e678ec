"""Footnotes of other programs: a sign that links to a text, or numbers and a list at the end."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from diptych.articles.imported_documents.inline import (
    PLAIN,
    Run,
    as_html,
    beginning_of,
    notes_in,
    plain_text,
    tidied,
    without_start,
)
from diptych.articles.imported_documents.losses import refuse_beyond, refused_as_too_long
from diptych.articles.richtext.footnotes import clean_note

#: The element that stands for a footnote while a document is read; its attribute holds the text.
SIGN, TEXT = "diptych-note", "data-note"
#: The value of ``hidden`` at what has become a note, and at its links back.
TAKEN = "taken"
#: Signs of footnotes in one text.
MOST_NOTES = 1000
#: What a sign looks like, with or without brackets.
_MARKER = re.compile(r"[\[(]?\s*(\d{1,3}|[ivxlc]{1,5}|[a-z]|[*†‡§]{1,3})\s*[\])]?\.?", re.I)
_BLOCKS = ("li", "p", "dd", "div", "td", "aside", "section")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOTE_IDS = re.compile(r"(?:ftn|edn|sdfootnote|sdendnote)\d+$")


@dataclass(frozen=True)
class LinkedNote:
    """A footnote by its elements: the link in the text and what holds the note."""

    reference: object
    body: object


def fragment_of(link):
    _before, sign, fragment = (link.get("href") or "").partition("#")
    return fragment if sign else ""


def linked_notes(soup):
    """The footnotes of ``soup`` whose sign is a link to their text, in order of the signs."""
    links = [link for link in soup("a") if fragment_of(link)]
    wanted = {fragment_of(link) for link in links}
    targets = {}
    for tag in soup(lambda each: each.get("id") in wanted or each.get("name") in wanted):
        for name in {tag.get("id"), tag.get("name")} & wanted:
            targets.setdefault(name, tag)
    places = {id(tag): place for place, tag in enumerate(soup.descendants)}
    signs = [link for link in links if _MARKER.fullmatch(beginning_of(link))]
    count = Counter(id(parent) for sign in signs for parent in sign.parents)
    found, bodies = [], {}
    for sign in signs:
        target = targets.get(fragment_of(sign))
        if target is None or places[id(target)] <= places[id(sign)]:
            continue  # a link to nowhere, or back from the note to its sign
        element = _body_of(target, count)
        if element is None:
            continue
        if id(element) not in bodies:
            bodies[id(element)] = _Body.of(element)
        if bodies[id(element)].belongs_to(sign):
            found.append(LinkedNote(sign, element))
    return _without_nested(found)


@dataclass(frozen=True)
class _Body:
    """The element of a note, the places that it links to and its first word."""

    element: object
    links: frozenset
    first: str

    @classmethod
    def of(cls, element):
        links = frozenset(filter(None, map(fragment_of, element("a"))))
        return cls(element, links, _bare(beginning_of(element).partition(" ")[0]))

    def belongs_to(self, link):
        """Whether the note links back to ``link``, or begins with the same sign."""
        if any(parent is self.element for parent in link.parents):
            return False
        return bool(self.links & _names_at(link)) or self.first == _bare(beginning_of(link))


def _body_of(target, count):
    """The element that holds the whole note at ``target``; ``None`` at a heading.

    ``count`` says how many signs of footnotes an element holds, by its identity.
    """
    if any(each.name in _HEADINGS for each in (target, *target.parents)):
        return None
    body = target if target.name in _BLOCKS else target.find_parent(_BLOCKS)
    while body is not None and body.parent is not None and _is_of_one_note(body, count):
        body = body.parent
    return body


def _is_of_one_note(body, count):
    """Whether the parent of ``body`` holds the note that begins with it, and nothing else."""
    parent = body.parent
    if parent.name == "li" or _NOTE_IDS.match(parent.get("id") or ""):
        return True
    is_first = parent.name == "div" and parent.find(True) is body
    return is_first and count[id(parent)] == 1


def _names_at(link):
    """The names by which a link and what is around it in its paragraph can be linked to."""
    names = {link.get("id"), link.get("name")}
    for parent in link.parents:
        if parent.name in _BLOCKS:
            break
        names |= {parent.get("id"), parent.get("name")}
    return names - {None}


def take_note(note, reader):
    """The runs of a note, without its sign and its link back; ``reader`` reads its element."""
    names = _names_at(note.reference)
    backs = [link for link in note.body("a") if fragment_of(link) in names]
    for link in backs:
        link["hidden"] = TAKEN
        reader.losses.leave_out(link.get_text(" "))
    runs = tidied(reader.runs_of(note.body))
    if backs:
        return runs
    reader.losses.leave_out(note.reference.get_text(" "))
    return _without_sign(runs, note.reference.get_text())


def _bare(sign):
    return sign.strip(" \n\u00a0[]().")


def _without_nested(found):
    """Only notes whose sign stands outside every note, and that hold no other note."""
    bodies = {id(each.body): each.body for each in found}
    holders = {id(parent) for body in bodies.values() for parent in body.parents}
    return [
        each
        for each in found
        if id(each.body) not in holders
        and not any(id(parent) in bodies for parent in each.reference.parents)
    ]


def mark_notes(soup, reader, most, longest):
    """Put an element with the text of each footnote in the place of its sign.

    Elements of that name in the document itself are renamed, as what they hold is not cleaned.
    Refuses more signs than ``most``, and notes of more than ``longest`` characters in all places.
    """
    for sign in soup(SIGN):
        sign.name, sign.attrs = "span", {}
    notes = linked_notes(soup)
    check_notes(len(notes), most)
    texts = {}
    for note in notes:
        reader.losses.leave_out(note.reference.get_text(" "))
        if id(note.body) not in texts:
            texts[id(note.body)] = clean_note(as_html(take_note(note, reader)))
    if sum(len(texts[id(note.body)]) for note in notes) > longest:
        raise refused_as_too_long(longest)
    for note in notes:
        sign = note.reference.find_parent("sup") or note.reference
        sign.name, sign[TEXT] = SIGN, texts[id(note.body)]
        note.body.attrs.setdefault("hidden", TAKEN)


def check_notes(number, most=MOST_NOTES):
    """Refuse a text with more signs of footnotes than an editor could show."""
    refuse_beyond(
        most,
        number,
        _(
            "This text has %(number)s footnotes; at most %(allowed)s are taken at once."
            " Take it in parts."
        ),
    )


def _without_sign(runs, sign):
    """The text of a note without the sign it begins with."""
    sign = re.escape(_bare(sign))
    found = re.match(rf"\[{sign}\]\s*|{sign}[.:)]?\s+", plain_text(runs))
    return tidied(without_start(runs, found.end())) if found else runs


# Footnotes without links: “[1]” in the text and a list at the end.

_NUMBERED = re.compile(r"\[(\d{1,3})\]\s*")
_CITED = re.compile(r"\[(\d{1,3})\]")
_RAISED = re.compile(r"\s*(\d{1,3})\s*")
TITLES = {
    "endnotes",
    "footnotes",
    "note",
    "notes",
    "notes and references",
    "notes de bas de page",
    "notes de fin",
    "notes et références",
    "references",
    "références",
}


def join_listed_notes(parts, losses, longest, most=MOST_NOTES, titles=frozenset(TITLES)):
    """``parts`` with the notes listed at their end put where their numbers are cited.

    ``losses`` are told of the numbers and titles that fall away.
    Refuses a text whose notes would have more than ``longest`` characters in all their places.
    Nothing changes unless the list is numbered from 1 without a gap and each number is cited.
    Of the titles above such a list, ``titles`` are left out.
    """
    start = _start_of_list(parts)
    listed = [_numbered(part, place) for place, part in enumerate(parts[start:], 1)]
    numbers = [number for number, _runs in listed]
    text = parts[:start]
    if not listed and any(notes_in(part.runs) for part in parts):
        return _without_title(parts, titles, losses)
    if not listed or numbers != list(range(1, len(listed) + 1)):
        return parts
    cited = Counter(number for part in text for number in _cited_in(part))
    if not cited.keys() >= set(numbers):
        return parts
    check_notes(sum(cited[number] for number in numbers), most)
    notes = {number: Run("", PLAIN, clean_note(as_html(runs))) for number, runs in listed}
    if sum(cited[number] * len(notes[number].note) for number in numbers) > longest:
        raise refused_as_too_long(longest)
    losses.leave_out(" ".join(f"{number} " * (1 + cited[number]) for number in numbers))
    return [
        replace(part, runs=_with_notes(part, notes)) if part.is_rich else part
        for part in _without_title(text, titles, losses)
    ]


def _without_title(parts, titles, losses):
    """``parts`` without the title and the line that stood above the notes."""
    end = len(parts)
    while end and (parts[end - 1].kind == "rule" or _is_title(parts[end - 1], titles)):
        end -= 1
        losses.leave_out(plain_text(parts[end].runs))
    return parts[:end]


def _start_of_list(parts):
    """Where the notes at the end of ``parts`` begin."""
    start = len(parts)
    while start and parts[start - 1].is_rich and _NUMBERED.match(plain_text(parts[start - 1].runs)):
        start -= 1
    if start < len(parts):
        return start
    while start and parts[start - 1].kind == "item" and parts[start - 1].ordered:
        start -= 1
    return start if start and _is_title(parts[start - 1]) else len(parts)


def _is_title(part, titles=frozenset(TITLES)):
    return part.kind in ("heading", "paragraph") and (
        plain_text(part.runs).strip(" :\u00a0").casefold() in titles
    )


def _numbered(part, place):
    """The number of a listed note and its runs."""
    found = _NUMBERED.match(plain_text(part.runs))
    if found:
        return int(found[1]), tidied(without_start(part.runs, found.end()))
    return place, part.runs


def _raised_number(run):
    """The number that a raised run consists of, or ``None``."""
    found = _RAISED.fullmatch(run.text) if run.marks.superscript else None
    return int(found[1]) if found else None


def _cited_in(part):
    for run in part.runs if part.is_rich else ():
        if (raised := _raised_number(run)) is not None:
            yield raised
        else:
            yield from map(int, _CITED.findall(run.text))


def _with_notes(part, notes):
    """The runs of ``part`` with ``notes`` for the numbers it cites."""
    out = []
    for run in part.runs:
        if (raised := _raised_number(run)) in notes:
            out.append(notes[raised])
            continue
        for place, text in enumerate(_CITED.split(run.text)):
            is_cited = place % 2 and int(text) in notes
            if is_cited:
                out.append(notes[int(text)])
            elif text:
                out.append(replace(run, text=f"[{text}]" if place % 2 else text))
        if run.note:
            out.append(run)
    return tidied(out)
