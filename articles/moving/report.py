"""What an import did with each item of its source."""

import json
from collections import Counter
from dataclasses import asdict, dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outcome(models.TextChoices):
    CREATED = "created", _("created")
    UPDATED = "updated", pgettext_lazy("outcome", "updated")
    UNCHANGED = "unchanged", _("unchanged")
    SKIPPED = "skipped", _("skipped")
    FAILED = "failed", _("failed")
    #: Changed in the source and by an editor since it was imported; left as the editor has it.
    CONFLICT = "conflict", _("conflict")


@dataclass(slots=True, frozen=True)
class Entry:
    """One item of the source; ``page`` is the primary key of the page it is in."""

    id: str
    type: str
    language: str
    outcome: str
    reason: str = ""
    page: int | None = None
    #: What an editor knows it by, where the source says that.
    title: str = ""


@dataclass(slots=True, frozen=True)
class Note:
    """What somebody has to see to: an unknown block, a missing file. ``kind`` groups them."""

    id: str
    kind: str
    detail: str


class Report:
    """Entries in the order in which the items were dealt with, one for each item, and notes.

    With ``is_dry``, pages that would be created have no primary key.
    """

    def __init__(self, is_dry=False):
        self.is_dry = is_dry
        self._entries = {}
        self._beside = {}
        self.notes = []
        #: The texts of the source that have comments, with their number.
        self.comments = []

    def add(self, id, type, language, outcome, reason="", page=None, title=""):
        """Record the outcome of an item. A later one replaces that of the same item."""
        return self._record(self._entries, id, type, language, outcome, reason, page, title)

    def add_beside(self, id, type, language, outcome, reason="", page=None):
        """Record what became of something that is no item by itself: an author, a term."""
        return self._record(self._beside, id, type, language, outcome, reason, page)

    def _record(self, entries, id, type, language, outcome, reason, page, title=""):
        outcome = Outcome(outcome).value
        page = None if self.is_dry and outcome == Outcome.CREATED else page
        entry = Entry(str(id), type, language or "", outcome, str(reason), page, title)
        entries[entry.type, entry.id, entry.language] = entry
        return entry

    def note(self, id, kind, detail):
        self.notes.append(Note(str(id), str(kind), str(detail)))

    @property
    def entries(self):
        return list(self._entries.values())

    @property
    def counts(self):
        """The number of items by outcome, 0 included; they add up to that of all entries."""
        found = Counter(each.outcome for each in self._entries.values())
        return {outcome: found[outcome] for outcome in Outcome.values}

    @property
    def has_failed(self):
        found = [*self._entries.values(), *self._beside.values()]
        return any(each.outcome == Outcome.FAILED for each in found)

    def as_dict(self):
        return {
            "dry_run": self.is_dry,
            "items": [asdict(each) for each in self._entries.values()],
            "counts": self.counts,
            "beside": [asdict(each) for each in self._beside.values()],
            "notes": [asdict(each) for each in self.notes],
            "comments": self.comments,
        }

    def write(self, path):
        """Write it as JSON."""
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self.as_dict(), file, ensure_ascii=False, indent=1)
            file.write("\n")
