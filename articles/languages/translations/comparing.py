"""The units of a translation compared with its source: which are open, out of date or gone."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from diptych.articles.languages.translations.leftovers import (
    Leftovers,
    untranslated_parts,
)
from diptych.articles.languages.translations.provenance import (
    find_entry,
    is_copy,
    is_of,
    is_translated,
    latest_equal,
    lost_since,
    record_of,
)
from diptych.articles.languages.translations.units import rows_of, units_in


@dataclass
class TranslationUnit:
    """A unit of the source with the unit that translates it; either may be missing.

    ``status`` is ``"untranslated"``, ``"outdated"``, ``"translated"``, ``"gone"`` (its source was
    deleted) or ``"own"`` (there never was one). ``before`` is the translated version of the source
    text, where the source has changed since.
    """

    key: str
    source: object = None
    target: object = None
    status: str = "translated"
    before: str = ""
    entry: dict = field(default_factory=dict)
    is_moved: bool = False
    is_copy: bool = False
    #: The passages of the translation that are in another language.
    left: tuple = ()
    #: The passages of the source whose translation was deleted, or was never written.
    lost: tuple = ()

    @property
    def unit(self):
        return self.source or self.target

    @property
    def is_in_text(self):
        """Whether it belongs to the page itself, and not to a row below it."""
        return self.unit.row is None

    @property
    def needs_work(self):
        return self.status in ("untranslated", "outdated", "gone") or bool(self.left)

    @property
    def is_unconfirmed(self):
        """Whether nobody has confirmed some passage of the translation."""
        return any(each.origin for each in self.left)

    @property
    def is_in_part(self):
        """Whether some of its texts are translated and some are not.

        A copied unit is untranslated as a whole, also after its source has changed.
        """
        if self.status != "untranslated" or self.target is None or self.is_copy:
            return False
        if not self.target.has_words or self.target.fingerprint == self.source.fingerprint:
            return False
        return len(self.left) < len(self.target.passages) and bool(self.open_texts)

    @cached_property
    def empty_texts(self):
        """The texts of the source that the translation lacks, and copied cells of tables."""
        if self.source is None or self.target is None:
            return []
        left = {each.passage.text for each in self.left}
        texts = [each.text for each in self.lost] + untranslated_parts(self.source, self.target)
        return [each for each in texts if each not in left]

    @property
    def open_texts(self):
        """The texts left to translate in a unit that is translated in part."""
        return [*(each.passage.text for each in self.left), *self.empty_texts]


def compare(page, language, with_rows=True, source_page=None):
    """Every :class:`TranslationUnit` of ``page`` in ``language``, in the order of the source.

    Units that only the translation has follow at the end. Empty for the source language itself.
    Without ``with_rows``, only the page's own fields and blocks are compared. ``source_page`` is
    the version of the page whose source is translated, if not ``page``.
    """
    if language == page.source_language:
        return []
    rows = rows_of(page) if with_rows else []
    source = units_in(source_page or page, page.source_language, rows)
    target = units_in(page, language, rows)
    record = record_of(page, language)
    basis, paired = record.get("basis", {}), record.get("paired", ())
    minor = record_of(source_page or page, page.source_language).get("minor", {})
    leftovers = leftovers_in(page, language, source)
    places = [
        _place(page, unit, target.get(key), record, minor, leftovers)
        for key, unit in source.items()
        if unit.has_words or unit.is_block
    ]
    for key, unit in target.items():
        if key not in source:
            status = "gone" if key in basis or key in paired else "own"
            left = leftovers.of(unit)
            places.append(
                TranslationUnit(key, None, unit, status, entry=basis.get(key) or {}, left=left)
            )
    _mark_moves(source, target, {place.key: place for place in places})
    return places


def leftovers_in(page, language, source):
    """The :class:`Leftovers` of ``page`` in ``language``; ``source`` are its source's units."""
    record = record_of(page, language)
    return Leftovers(language, page.source_language, source, record, page.proper_names)


def _place(page, source, target, record, minor, leftovers):
    copies = record.get("copied", {})
    key, entry = find_entry(source, record.get("basis", {}), target)
    place = TranslationUnit(source.key, source, target, entry=entry or {})
    place.is_copy = target is not None and is_copy(target, copies)
    place.left = leftovers.of(target)
    if entry and is_of(entry, target):
        place.lost = lost_since(entry, source, target)
    if entry and is_of(entry, target) and not (place.left or place.lost):
        if source.fingerprint != latest_equal(entry["source"], minor.get(key, {})):
            place.status, place.before = "outdated", entry["text"]
    elif place.left or place.lost or not (target and is_translated(page, source, target, copies)):
        place.status = "untranslated"
    return place


def _mark_moves(source, target, places):
    """Mark the blocks of a translation that must move to stand in the order of the source.

    As few as possible are marked: those outside the longest run that both have in common.
    """
    common = [key for key in source if key in target and source[key].is_block]
    order = [key for key in target if key in source and source[key].is_block]
    blocks = SequenceMatcher(None, common, order, autojunk=False).get_matching_blocks()
    settled = {key for block in blocks for key in common[block.a : block.a + block.size]}
    for key in common:
        places[key].is_moved = key not in settled
