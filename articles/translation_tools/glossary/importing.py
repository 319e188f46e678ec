"""What becomes of the entries of a file: new, changed, unchanged or refused with the reason."""

import unicodedata
from collections import Counter
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from diptych.articles.translation_tools.glossary.models import (
    LONGEST_DOMAIN,
    LONGEST_NOTE,
    LONGEST_TERM,
    Concept,
    Status,
    Term,
)

NEW, CHANGED, UNCHANGED, REFUSED = "new", "changed", "unchanged", "refused"
#: How the history of an entry names what a file did.
ACTIONS = {NEW: "wagtail.create", CHANGED: "wagtail.edit"}
#: So many rows are written by one query.
BATCH = 500


@dataclass
class Row:
    """An entry of a file, what would become of it, and the stored entry that it changes."""

    entry: object
    result: str
    reason: str = ""
    concept: object = None
    terms: tuple = ()

    @property
    def name(self):
        """Its first terms, for a report."""
        return " · ".join(text[:60] for _language, _status, text in self.entry.terms[:3])


def problem_of(entry):
    """Why an entry cannot be stored, in the language of the interface; empty if it can."""
    if not entry.terms:
        return _("It has no term in a language of this site.")
    if any(len(text) > LONGEST_TERM for _language, _status, text in entry.terms):
        return _("A term is longer than %(count)s characters.") % {"count": LONGEST_TERM}
    if len(entry.domain) > LONGEST_DOMAIN or len(entry.note) > LONGEST_NOTE:
        return _("Its domain or its note is too long.")
    counted = Counter((language, text) for language, _status, text in entry.terms)
    twice = next((text for (_language, text), count in counted.items() if count > 1), None)
    return _("“%(term)s” stands in it twice.") % {"term": twice} if twice else ""


def compare(entries):
    """A :class:`Row` for each :class:`~.files.FileEntry`; changes nothing.

    An entry is that of the site with the same domain and one preferred term in common, or one of
    any kind where none is preferred. Terms in languages that the file says nothing of are kept.
    """
    known = _by_key(Concept.objects.prefetch_related("terms"))
    rows, used = [], set()
    for entry in entries:
        rows.append(_row_of(entry, known, used))
    return rows


def _by_key(concepts):
    known = {}
    for concept in concepts:
        for key in _keys_of(concept.domain, _terms_of(concept)):
            known.setdefault(key, {})[concept.pk] = concept
    return known


def _terms_of(concept):
    return [(each.language, each.status, each.text) for each in concept.terms.all()]


def _keys_of(domain, terms):
    """What an entry is found by: its preferred terms, or all where none is preferred."""
    preferred = [each for each in terms if each[1] == Status.PREFERRED]
    return [
        (_alike(domain), language, _alike(text)) for language, _status, text in preferred or terms
    ]


def _alike(text):
    """What two spellings have in common that differ in case or spaces; accents tell words apart."""
    return " ".join(unicodedata.normalize("NFC", text.casefold().replace("’", "'")).split())


def _row_of(entry, known, used):
    if reason := problem_of(entry):
        return Row(entry, REFUSED, reason)
    keys = _keys_of(entry.domain, entry.terms)
    found = {pk: each for key in keys for pk, each in known.get(key, {}).items()}
    if len(found) > 1:
        return Row(entry, REFUSED, _("Several entries of the glossary have these terms."))
    if used.intersection(keys):
        return Row(entry, REFUSED, _("The file has an entry with the same term before."))
    used.update(keys)
    if not found:
        return Row(entry, NEW, terms=tuple(entry.terms))
    concept = next(iter(found.values()))
    stored = _terms_of(concept)
    kept = [each for each in stored if each[0] not in entry.languages]
    terms = (*kept, *entry.terms)
    is_same = set(terms) == set(stored) and (entry.note or concept.note) == concept.note
    return Row(entry, UNCHANGED if is_same else CHANGED, "", concept, terms)


@transaction.atomic
def take(rows, user):
    """Store what is new and what has changed, each with a line in its history.

    Returns how many entries that are. Costs a few queries for :data:`BATCH` entries.
    """
    due = [each for each in rows if each.result in (NEW, CHANGED)]
    for start in range(0, len(due), BATCH):
        _store(due[start : start + BATCH])
    _log(due, user)
    return len(due)


def _store(rows):
    known, noted = [each for each in rows if each.result == CHANGED], []
    for row in rows:
        if row.result == NEW:
            row.concept = Concept(domain=row.entry.domain, note=row.entry.note)
        elif row.entry.note not in ("", row.concept.note):
            row.concept.note = row.entry.note
            noted.append(row.concept)
    Concept.objects.bulk_create(each.concept for each in rows if each.result == NEW)
    changed = Concept.objects.filter(pk__in=[each.concept.pk for each in known])
    changed.update(changed_at=timezone.now())
    Concept.objects.bulk_update(noted, ["note"])
    Term.objects.filter(concept__in=[each.concept.pk for each in known]).delete()
    Term.objects.bulk_create(
        Term(concept=row.concept, language=language, status=status, text=text)
        for row in rows
        for language, status, text in row.terms
    )


def _log(rows, user):
    now, content_type = timezone.now(), ContentType.objects.get_for_model(Concept)
    entries = (
        ModelLogEntry(
            content_type=content_type,
            object_id=str(row.concept.pk),
            label=row.name,
            action=ACTIONS[row.result],
            timestamp=now,
            user=user,
            content_changed=True,
        )
        for row in rows
    )
    ModelLogEntry.objects.bulk_create(entries, BATCH)
