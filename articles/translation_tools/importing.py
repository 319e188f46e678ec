"""Take the texts of a :class:`TranslationFile` into a draft.

Each segment is taken, unchanged or refused with a reason; what cannot be taken stays as it is.
Texts that no program says to be approved have to be confirmed before they are published.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log

from diptych.articles.languages.config.content import OVERRIDES, is_visible
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.translations.comparing import compare
from diptych.articles.languages.translations.copying import write_unit
from diptych.articles.languages.translations.marking import mark_unconfirmed
from diptych.articles.languages.translations.units import label_of, units_in
from diptych.articles.translation_tools.aligning import aligned
from diptych.articles.translation_tools.exporting import mark_of, original_of, unit_id
from diptych.articles.translation_tools.segments import Code, Segment, joined_strings

#: The entry in the history of a page.
ACTION = "diptych.import_translation"
TAKEN, UNCHANGED, REFUSED = "taken", "unchanged", "refused"


@dataclass
class ReportRow:
    """What became of one segment: ``label`` says where it stands, ``text`` how it begins."""

    id: str
    status: str
    label: str = ""
    text: str = ""
    reason: str = ""


@dataclass
class Report:
    """What became of the segments of a file for one page."""

    original: str
    language: str
    title: str = ""
    rows: list = field(default_factory=list)
    #: That of the page.
    source_language: str = ""

    @property
    def counts(self):
        found = Counter(each.status for each in self.rows)
        return {status: found[status] for status in (TAKEN, UNCHANGED, REFUSED)}

    @property
    def refused(self):
        return [each for each in self.rows if each.status == REFUSED]


def import_file(page, file, origin, user=None, may_approve=False, is_dry=False):
    """Take ``file`` into the newest draft of ``page``, which is saved, and return the report.

    With ``is_dry`` nothing is saved. ``user`` is ``None`` for commands. The other arguments are
    those of :func:`take`.
    """
    with transaction.atomic():
        if not is_dry:
            page.lock_row()
        draft = page.stored().get_latest_revision_as_object()
        lock = draft.get_lock()
        if lock is not None and (user is None or lock.for_user(user)):
            title = draft.get_admin_display_title()
            return refused_report(file, title, _("The page is locked."))
        report = take(draft, file, origin, may_approve)
        if report.counts[TAKEN] and not is_dry:
            revision = draft.save_revision(user=user, clean=False)
            data = {"language": file.target_language, "origin": origin, **report.counts}
            log(instance=draft, action=ACTION, user=user, revision=revision, data=data)
    return report


def refused_report(file, title, reason):
    """The :class:`Report` of a file of which nothing is taken, for one ``reason``."""
    rows = [_row(each, REFUSED, reason=reason) for each in file.entries]
    return Report(file.original, file.target_language, title, rows)


class Refused(Exception):
    """A segment cannot be taken; its text says why."""


def beginning_of(entry):
    """The first words of the source of an entry, for its :class:`ReportRow`."""
    text = "".join(each for each in entry.source if isinstance(each, str))
    return Truncator(" ".join(text.split())).chars(80)


def plain_target(entry):
    """The translation in an entry of a text without codes.

    Raises :class:`Refused` if it has some.
    """
    if any(isinstance(each, Code) for each in entry.target):
        raise Refused(_("It has a code that is not in the source."))
    return "".join(entry.target)


def check_unchanged(entry, current_id):
    """Raise :class:`Refused` if the source or the translation is another one than in the file.

    ``current_id`` is the id that the entry would be written with now; both end with the marks of
    source and translation.
    """
    source, target = (*entry.id.split(":"), "", "", "")[2:4]
    _key, _number, current_source, current_target = current_id.split(":")
    if source != current_source:
        raise Refused(_("The source has changed since the file was made."))
    if target != current_target:
        raise Refused(_("It was translated here since the file was made."))


def take(draft, file, origin, may_approve=False):
    """Write the texts of ``file`` into ``draft``, and return the :class:`Report`.

    ``origin`` is what the page says of texts that nobody has confirmed, such as the name of the
    file; with ``may_approve`` those that the file calls approved need no confirmation. Changes
    ``draft`` and saves nothing.
    """
    language = file.target_language
    report = Report(file.original, language, draft.get_admin_display_title())
    report.source_language = draft.source_language
    refusal = _refusal_of(draft, file)
    for relation in get_all_child_relations(draft):
        getattr(draft, relation.get_accessor_name()).get_object_list()
    places = {unit_id(each.key): each for each in compare(draft, language) if each.source}
    by_unit = {}
    for entry in file.entries:
        by_unit.setdefault(entry.id.rsplit(":", 3)[0], []).append(entry)
    for name, entries in by_unit.items():
        if refusal or name not in places:
            reason = refusal or _("This text is not in the page any more.")
            report.rows += [_row(each, REFUSED, reason=reason) for each in entries]
        else:
            taking = _Taking(draft, language, places[name], may_approve)
            report.rows += taking.take(entries, origin)
    return report


def _refusal_of(draft, file):
    """Why nothing of ``file`` is for this page, or ``""``."""
    if file.original != original_of(draft):
        return _("The file is of another page.")
    if file.source_language != draft.source_language:
        return _("The file is from another language than this page.")
    return ""


def _row(entry, status, label="", reason=""):
    return ReportRow(entry.id, status, label, beginning_of(entry), reason)


class _Taking:
    """Takes the segments of one unit."""

    def __init__(self, draft, language, place, may_approve):
        self.draft, self.language, self.place = draft, language, place
        self.may_approve = may_approve
        self.unit = aligned(place.source, place.target, place.entry)
        self.label = label_of(draft, place.source)
        self.chosen, self.approved = {}, set()
        #: The places of the segments of the source, by the hashes of their texts.
        self.places = {}
        for number, pair in enumerate(self.unit.pairs):
            self.places.setdefault(mark_of(pair.source), []).append(number)

    def take(self, entries, origin):
        rows = [self._judged(each) for each in entries]
        if self.chosen and not self.unit.is_writable:
            reason = _("Its translation has other paragraphs than the source: change it here.")
            return [
                _row(each, REFUSED, self.label, reason) if row.status == TAKEN else row
                for each, row in zip(entries, rows, strict=True)
            ]
        if self.chosen:
            self._write(origin)
        return rows

    def _judged(self, entry):
        try:
            number = self._number_of(entry)
            is_taken = number is not None and self._choose(entry, number)
        except Refused as refusal:
            return _row(entry, REFUSED, self.label, str(refusal))
        return _row(entry, TAKEN if is_taken else UNCHANGED, self.label)

    def _number_of(self, entry):
        """The place of the segment in the unit as it is now, ``None`` if the file has no text."""
        if not is_visible("".join(each for each in entry.target or () if isinstance(each, str))):
            return None
        number, mark = (*entry.id.rsplit(":", 3), "", "", "")[1:3]
        same = self.places.get(mark)
        if same is None:
            raise Refused(_("The source has changed since the file was made."))
        return next((place for place in same if str(place) == number), same[0])

    def _choose(self, entry, number):
        """Note the text of ``entry`` for its place; returns whether it is another one.

        Programs that fill what nobody has translated with the source translate nothing.
        """
        pair = self.unit.pairs[number]
        pieces = _tidy(entry.target, pair.source)
        if pair.target is None and self._is_copy(pieces, pair):
            return False
        if pair.target is not None and pieces == _tidy(pair.target_pieces, pair.source):
            return False
        if mark_of(pair.target) != entry.id.rsplit(":", 1)[-1]:
            raise Refused(_("It was translated here since the file was made."))
        if number in self.chosen:
            raise Refused(_("The file has it twice."))
        _check_codes(pieces, pair)
        self._check_length(pieces, pair)
        is_approved = self.may_approve and entry.state == "final"
        # Only words are passages that can be marked as unconfirmed.
        if not is_approved and not Segment(tuple(pieces)).has_words:
            raise Refused(_("It has no words."))
        self.chosen[number] = [
            each if isinstance(each, str) else pair.codes[each.number, each.part] for each in pieces
        ]
        if is_approved:
            self.approved.add(number)
        return True

    def _is_copy(self, pieces, pair):
        """Whether ``pieces`` are the text of the source, which counts as a copy of it."""
        is_same = pieces == _tidy(pair.source.pieces, pair.source)
        return is_same and any(
            each.fingerprint == pair.source.fingerprint and self._is_seen_as_copy(each)
            for each in self.place.source.passages
        )

    def _check_length(self, pieces, pair):
        block = pair.source.block
        holder = getattr(block, "field", None) if block else self._field
        longest = getattr(holder, "max_length", None)
        length = sum(len(each) for each in pieces if isinstance(each, str))
        if longest and length > longest and not pair.source.is_rich:
            message = _("It has %(length)s characters; %(longest)s are possible.")
            raise Refused(message % {"length": length, "longest": longest})

    @property
    def _field(self):
        source = self.place.source
        owner = self.draft if source.row is None else source.row.instance
        return owner._meta.get_field(column(source.field_name, self.language))

    def _write(self, origin):
        source, before = self.place.source, self.place.target
        write_unit(self.draft, self.language, source, self.unit.stored_with(self.chosen))
        given = self._marks_of(self.chosen)
        known = {each.fingerprint for each in before.passages} - given if before else set()
        known |= {
            each.fingerprint
            for each in source.passages
            if each.fingerprint not in given or self._is_seen_as_copy(each)
        }
        known |= self._marks_of(self.approved)
        written = units_in(self.draft, self.language).get(source.key)
        new = [each for each in written.passages if each.fingerprint not in known]
        if new:
            mark_unconfirmed(self.draft, self.language, source.key, new, origin)

    def _is_seen_as_copy(self, passage):
        """Whether a ``passage`` of the source counts as a copy where the translation has it."""
        return not passage.may_be_the_same and self.place.key not in self.draft.proper_names

    def _marks_of(self, numbers):
        """The fingerprints of the passages that the file has for these places."""
        return {Segment(tuple(self.chosen[number])).fingerprint for number in numbers}


def _tidy(pieces, segment):
    """``pieces`` with single spaces and none at the ends, and codes as they are compared.

    Marks that turn the direction of a text are left out, as the editor does. A ``segment`` may keep
    the spaces in it.
    """
    space = r"[\r\n]+" if segment.keeps_spaces else r"[ \t\r\n]+"
    tidy = [
        re.sub(space, " ", each.translate(OVERRIDES)) if isinstance(each, str) else _bare(each)
        for each in joined_strings(pieces)
    ]
    if isinstance(tidy[0], str):
        tidy[0] = tidy[0].lstrip(" ")
    if isinstance(tidy[-1], str):
        tidy[-1] = tidy[-1].rstrip(" ")
    return [each for each in tidy if each != ""]


def _bare(code):
    """``code`` as it is compared: by its number and part."""
    return Code(code.number, code.part, "")


def _check_codes(pieces, pair):
    """Raise :class:`Refused` if codes were lost, doubled, crossed or invented."""
    codes = [each for each in pieces if isinstance(each, Code)]
    known = pair.codes
    counted = Counter((each.number, each.part) for each in codes)
    if any(place not in known for place in counted):
        raise Refused(_("It has a code that is not in the source."))
    if any(count > 1 for count in counted.values()):
        raise Refused(_("A code stands in it twice."))
    needed = {(each.number, each.part) for each in pair.source.codes}
    if pair.target is not None:
        translated = [each for each in pair.target_pieces if isinstance(each, Code)]
        needed &= {(each.number, each.part) for each in translated}
    if needed - counted.keys():
        raise Refused(_("A code of the source is missing: bold, a link, a note or a line break."))
    _check_nesting(codes)


def _check_nesting(codes):
    open_ = []
    for each in codes:
        if each.part == "start":
            open_.append(each.number)
        elif each.part == "end" and (not open_ or open_.pop() != each.number):
            raise Refused(_("Its codes cross each other."))
    if open_:
        raise Refused(_("Its codes cross each other."))
