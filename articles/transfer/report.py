"""The outcome of an import for each item of its source."""

import json
from collections import Counter
from dataclasses import asdict, dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from diptych.articles.transfer.notes import MISSING, Note


def in_words(error):
    """The message of an exception in one line; for a validation error with the fields."""
    if not isinstance(error, ValidationError):
        return str(error) or type(error).__name__
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    fields = {}
    for name, messages in error.message_dict.items():
        for message in messages:
            fields.setdefault(message, []).append(name)
    return " ".join(
        message if names == [NON_FIELD_ERRORS] else f"{', '.join(names)}: {message}"
        for message, names in fields.items()
    )


class Outcome(models.TextChoices):
    CREATED = "created", gettext_lazy("created")
    UPDATED = "updated", pgettext_lazy("outcome", "updated")
    UNCHANGED = "unchanged", gettext_lazy("unchanged")
    SKIPPED = "skipped", gettext_lazy("skipped")
    FAILED = "failed", gettext_lazy("failed")
    #: Changed in the source and by an editor since it was imported; left as the editor has it.
    CONFLICT = "conflict", gettext_lazy("conflict")


@dataclass(slots=True, frozen=True)
class Entry:
    """One item of the source; ``page`` is the primary key of the page it is in."""

    id: str
    type: str
    language: str
    outcome: str
    reason: str = ""
    page: int | None = None
    #: Its name for editors, if the source has one.
    title: str = ""


class Report:
    """Entries in the order in which the items were dealt with, one for each item, and notes.

    With ``is_dry``, pages that would be created have no primary key.
    """

    def __init__(self, is_dry=False):
        self.is_dry = is_dry
        self._entries = {}
        self._extras = {}
        self._notes, self._missing = [], []
        #: How many words went in and came out, and are missing, by ``(id, language)``.
        self.words = {}
        #: The texts of the source that have comments, with their number.
        self.comments = []

    def add(self, id, type, language, outcome, reason="", page=None, title=""):
        """Record the outcome of an item. A later one replaces that of the same item."""
        return self._record(self._entries, id, type, language, outcome, reason, page, title)

    def add_extra(self, id, type, language, outcome, reason="", page=None):
        """Record the outcome of an object that is not an item itself: an author, a term."""
        return self._record(self._extras, id, type, language, outcome, reason, page)

    def _record(self, entries, id, type, language, outcome, reason, page, title=""):
        outcome = Outcome(outcome).value
        page = None if self.is_dry and outcome == Outcome.CREATED else page
        entry = Entry(str(id), type, language or "", outcome, str(reason), page, title)
        entries[entry.type, entry.id, entry.language] = entry
        return entry

    def note(self, id, kind, detail, line=None):
        notes = self._missing if kind == MISSING else self._notes
        notes.append(Note(str(id), str(kind), str(detail), line))

    @property
    def notes(self):
        """All notes: those of missing words first."""
        return [*self._missing, *self._notes]

    def count_words(self, id, language, counted):
        """Record how many words of a text came through, and note those that are missing."""
        missing = len(counted.missing)
        numbers = {"before": counted.before, "after": counted.after, "missing": missing}
        self.words[str(id), language or ""] = numbers
        if missing:
            said = {"missing": missing, "number": counted.before, "words": counted.shown}
            self.note(id, MISSING, _("%(missing)s of %(number)s: %(words)s") % said)

    @property
    def total_of_words(self):
        """The numbers of :meth:`count_words` of all texts together."""
        names = ("before", "after", "missing")
        return {name: sum(each[name] for each in self.words.values()) for name in names}

    @property
    def entries(self):
        return list(self._entries.values())

    @property
    def reasons(self):
        """Why items are as they are, but for those that failed, as notes of their outcomes."""
        return [
            Note(each.id, str(Outcome(each.outcome).label), each.reason)
            for each in self._entries.values()
            if each.reason and each.outcome != Outcome.FAILED
        ]

    @property
    def counts(self):
        """The number of items by outcome, 0 included; they add up to that of all entries."""
        found = Counter(each.outcome for each in self._entries.values())
        return {outcome: found[outcome] for outcome in Outcome.values}

    @property
    def has_failed(self):
        found = [*self._entries.values(), *self._extras.values()]
        return any(each.outcome == Outcome.FAILED for each in found)

    def as_dict(self):
        return {
            "dry_run": self.is_dry,
            "words": self.total_of_words,
            "words_of_items": [
                {"id": id, "language": language, **numbers}
                for (id, language), numbers in self.words.items()
            ],
            "items": [asdict(each) for each in self._entries.values()],
            "counts": self.counts,
            "beside": [asdict(each) for each in self._extras.values()],
            "notes": [asdict(each) for each in self.notes],
            "comments": self.comments,
        }

    def write(self, path):
        """Write it as JSON."""
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self.as_dict(), file, ensure_ascii=False, indent=1)
            file.write("\n")
