"""Notes of an import for editors, grouped by kind."""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: The kind of notes of words that are missing without a rule; they stand first.
MISSING = "words"
#: The names of the kinds of notes.
LABELS = {
    "address-too-long": gettext_lazy("Address too long to redirect"),
    "alt": gettext_lazy("Picture without alternative text"),
    "amended": gettext_lazy("Amended"),
    "author-left-out": gettext_lazy("Author of a translation who is not credited"),
    "author-unknown": gettext_lazy("Author whom the export does not describe, not credited"),
    "block": gettext_lazy("Unknown block"),
    "draft": gettext_lazy("Draft"),
    "equation": gettext_lazy("Lost equation"),
    "file": gettext_lazy("File not taken"),
    "front matter": gettext_lazy("Front matter"),
    "hidden": gettext_lazy("Hidden text"),
    "imported as it was": gettext_lazy("Imported as it was"),
    "leads-missing": gettext_lazy("Missing leads"),
    "link": gettext_lazy("Link removed, its words kept"),
    "link_in_plain": gettext_lazy("Link in plain text"),
    "links": gettext_lazy("Links not resolved"),
    "long_alt": gettext_lazy("Long alternative text"),
    "markdown": gettext_lazy("Markdown"),
    "marks": gettext_lazy("Formatting left out"),
    "media-missing": gettext_lazy("Missing file"),
    "media-other-size": gettext_lazy("Another size"),
    "media-refused": gettext_lazy("Refused file"),
    "media-text-shortened": gettext_lazy("Shortened text"),
    "menu": gettext_lazy("Menu"),
    "merged": gettext_lazy("Merged cells separated"),
    "missing file": gettext_lazy("Missing file"),
    "picture": gettext_lazy("Missing picture"),
    "repeated": gettext_lazy("Twice in the export"),
    "script": gettext_lazy("Script left out"),
    "search-text-left-out": gettext_lazy("Text for search engines left out"),
    "settings": gettext_lazy("Settings"),
    "shortcode": gettext_lazy("Unknown shortcode"),
    "struck": gettext_lazy("Words left out that were struck through"),
    "tags-left-out": gettext_lazy("Tags left out"),
    "taxonomy-left-out": gettext_lazy("Taxonomy left out"),
    "title-missing": gettext_lazy("Missing title"),
    "title-shortened": gettext_lazy("Shortened title"),
    "translator": gettext_lazy("Author of a translation, credited as its translator"),
    "unreadable-file": gettext_lazy("Unreadable file"),
    MISSING: gettext_lazy("Missing words"),
}
#: How many lines of one kind, and places of one line, are shown at first.
LINES, PLACES = 10, 3


@dataclass(slots=True, frozen=True)
class Note:
    """A matter for an editor: an unknown block, a missing file. ``kind`` groups them."""

    id: str
    kind: str
    detail: str
    #: The line of the file ``id``, where it has one.
    line: int | None = None

    @property
    def place(self):
        """The item, and its line."""
        if self.line is None:
            return self.id
        return _("%(file)s, line %(line)d") % {"file": self.id, "line": self.line}


@dataclass
class NoteLine:
    """The notes of one kind with the same text."""

    detail: str
    notes: list = field(default_factory=list)

    @property
    def places(self):
        """The first few of the places, as one text."""
        found = [note.place for note in self.notes if note.id]
        return " · ".join([*found[:PLACES], *(["…"] if len(found) > PLACES else [])])


@dataclass
class NoteGroup:
    """All notes of one kind, grouped by text."""

    kind: str
    lines: list

    @property
    def label(self):
        return capfirst(str(LABELS.get(self.kind, self.kind)))

    @property
    def count(self):
        return sum(len(line.notes) for line in self.lines)

    def after(self, number):
        """How many notes the lines after the first ``number`` have."""
        return sum(len(line.notes) for line in self.lines[number:])


def grouped(notes):
    """``notes`` as a list of :class:`NoteGroup`, in the order of the first of each."""
    found = {}
    for note in notes:
        lines = found.setdefault(note.kind, {})
        lines.setdefault(note.detail, NoteLine(note.detail)).notes.append(note)
    return [NoteGroup(kind, list(lines.values())) for kind, lines in found.items()]


def printed(notes):
    """The lines that a command prints for ``notes``; equal ones once."""
    for group in grouped(notes):
        for line in group.lines[:LINES]:
            yield _printed(group, line)
        if left := group.after(LINES):
            said = {"kind": group.label, "count": left}
            yield _("%(kind)s: %(count)s more, which the file of --report has") % said


def _printed(group, line):
    said = {"file": line.places, "outcome": group.label, "reason": line.detail}
    if not line.places:
        return _("%(outcome)s: %(reason)s") % said
    if len(line.notes) == 1:
        return _("%(file)s (%(outcome)s): %(reason)s") % said
    said["count"] = len(line.notes)
    return _("%(outcome)s, %(count)s times: %(reason)s (%(file)s)") % said
