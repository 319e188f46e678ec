"""The provenance of a translation: the source text of each unit, and the work that is left.

The column ``provenance`` of a language holds the record of the translation, as JSON:

``basis``
    For each unit of the translation, the text of the source it was made from, with the
    fingerprints of that source and of the translation, and of the passages of both, with the words
    of those of the translation. While one of these is lost, they are those from before.
``paired``
    The keys of units that stand for a unit of the source and are not translated yet.
``copied``
    The fingerprints of fields and blocks that were filled by copying the source, kept until they
    are changed. A field in which somebody types the same word as in the source, as « Culture »,
    counts as translated; a block that equals its source is always a copy.
``copied_passages``
    The fingerprints of the passages of each unit that stand in the source or stood there once, so
    that they are recognised after the source has changed.
``same``
    The fingerprints of the passages of each unit that were confirmed to be right as they are.
``incomplete``
    The keys of units that were confirmed to be published though they are not translated;
    ``incomplete_passages`` the passages of each then, as far as it had any.
``minor``
    Of a source: for each unit, which earlier version needs no other translation than a later one.

The column is saved with the drafts of its language, so that it follows the text into a partial
publication, a revert or a merge; an editor of one language never writes the column of another.
"""

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property

from django.utils import timezone

from diptych.articles.languages.config.content import is_visible
from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.languages.translations.leftovers import (
    Leftovers,
    lost_passages,
    untranslated_parts,
)
from diptych.articles.languages.translations.units import rows_of, units_in

# Records

#: The parts of a record that concern passages, and are rebuilt with each draft.
OF_PASSAGES = ("copied_passages", "same")


def record_of(page, language):
    return getattr(page, column("provenance", language)) or {}


def write_record(page, language, record):
    setattr(page, column("provenance", language), record)


def find_entry(unit, basis, target):
    """``(key, entry)`` of the record by which ``target`` translates the source ``unit``.

    ``target`` is a unit, or ``None`` where the translation leaves it out. A row in which another
    object was chosen, such as another author, is found by its primary key. ``entry`` may be
    ``None``.
    """
    entry = basis.get(unit.key)
    if unit.row is None or unit.row.pk is None or (entry and is_of(entry, target)):
        return unit.key, entry
    start, end = f"{unit.row.relation}.", f".{unit.field_name}"
    for key, each in basis.items():
        is_its_column = key.startswith(start) and key.endswith(end)
        if is_its_column and each.get("row") == unit.row.pk and is_of(each, target):
            return key, each
    return unit.key, entry


def is_of(entry, target):
    """Whether ``entry`` records the text of the unit ``target``; ``None`` stands for no text."""
    return entry["target"] == (target.fingerprint if target else "")


def confirmed_incomplete(page, language):
    """The keys of units that were confirmed to be published though they are not translated."""
    return record_of(page, language).get("incomplete", [])


def confirmed_places(page, language):
    """``{key: fingerprints of passages}`` of those units; ``None`` for a unit as a whole.

    Confirmations from before passages were recorded are of whole units.
    """
    passages = record_of(page, language).get("incomplete_passages", {})
    return {
        key: frozenset(passages[key]) if key in passages else None
        for key in confirmed_incomplete(page, language)
    }


def _without(record, keys):
    """``record`` with none of ``keys`` among those that are published incomplete."""
    if "incomplete" not in record:
        return record
    left = [key for key in record["incomplete"] if key not in keys]
    passages = record.get("incomplete_passages", {})
    return with_incomplete(record, left, {key: passages[key] for key in left if key in passages})


def with_incomplete(record, keys, passages):
    """``record`` with these units, and passages of them, as those published incomplete."""
    names = ("incomplete", "incomplete_passages")
    others = {name: value for name, value in record.items() if name not in names}
    if not keys:
        return others
    return {**others, "incomplete": keys, **({"incomplete_passages": passages} if passages else {})}


# Copies


def copies_in(page, language):
    """``{key: fingerprint}`` of the copied units; they may have been overwritten since."""
    return record_of(page, language).get("copied", {})


def copied_units(page, source, units):
    """``{key: fingerprint}`` of the ``units`` of ``page`` that equal those of ``source``.

    Unless recorded, they would count as translated once the source changes. Fields that may be the
    same in both languages are left out.
    """
    return {
        key: unit.fingerprint
        for key, unit in units.items()
        if key in source and unit.fingerprint == source[key].fingerprint
        if unit.is_block or not _is_translated(page, source[key], unit, {})
    }


def is_copy(unit, copies):
    """Whether ``unit`` is unchanged since it was copied."""
    return unit.fingerprint == copies.get(unit.key)


def untouched(copies, units, basis):
    """Those of ``copies`` that are unchanged and not confirmed as translations."""
    return {
        key: fingerprint
        for key, fingerprint in copies.items()
        if key in units and is_copy(units[key], copies) and key not in basis
    }


def untranslated_copies(page, language):
    """The keys of copied fields that are unchanged, so that they are in the source language."""
    copies = copies_in(page, language)
    if not copies or language == page.source_language:
        return []
    basis = record_of(page, language).get("basis", {})
    source = units_in(page, page.source_language, rows=())
    due = untouched(copies, units_in(page, language, rows=()), basis)
    return [
        key for key in due if key in source and source[key].has_words and not source[key].is_block
    ]


def own_text(page, name, language):
    """The text of a plain field in ``language``, empty while it is a copy of the source.

    So that no address is made from a headline in another language.
    """
    if name in untranslated_copies(page, language):
        return ""
    text = page.text_in(name, language)
    return text.strip() if is_visible(text) else ""


# Comparing


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


def record_translations(page, user=None):
    """Record on ``page`` the source from which each new or changed unit was translated.

    Called for every draft that is saved. Units whose translation is unchanged keep their record.
    """
    rows = rows_of(page)
    source = units_in(page, page.source_language, rows)
    minor = record_of(page, page.source_language).get("minor", {})
    for language in available_languages():
        if language == page.source_language:
            continue
        record, units = record_of(page, language), units_in(page, language, rows)
        known, copies = record.get("basis", {}), copies_in(page, language)
        leftovers = leftovers_in(page, language, source)
        basis = {}
        for key, unit in units.items():
            entry = _kept_entry(unit, known, minor)
            if entry:
                basis[key] = entry
            elif (
                key in source
                and _is_translated(page, source[key], unit, copies)
                and not leftovers.of(unit)
            ):
                basis[key] = _renewed(known.get(key), source[key], unit, user)
        left_out = {key: entry for key, entry in known.items() if not entry["target"]}
        whole = [
            key for key, entry in basis.items() if not _lost(entry, source.get(key), units[key])
        ]
        before = _without(record, whole)
        updated = {
            **{name: before[name] for name in before if name not in OF_PASSAGES},
            **leftovers.record_parts(units),
            "basis": {**left_out, **basis},
            "paired": _paired(units, source, basis, record.get("paired", ())),
        }
        if copies := untouched({**copies, **copied_units(page, source, units)}, units, basis):
            updated["copied"] = copies
        else:
            updated.pop("copied", None)
        if updated != {"basis": {}, "paired": [], **record}:
            write_record(page, language, updated)


def _kept_entry(unit, known, minor):
    """The recorded entry of ``unit`` if its text has not changed since, else ``None``."""
    key, entry = find_entry(unit, known, unit)
    if not entry or not is_of(entry, unit):
        return None
    if key != unit.key:
        entry = {**entry, "source": latest_equal(entry["source"], minor.get(key, {}))}
    if unit.row is not None and unit.row.pk not in (None, entry.get("row")):
        entry = {**entry, "row": unit.row.pk}
    return entry


def _paired(units, source, basis, known):
    """Those of ``units`` that stand for one of the source, now or before, and have no basis."""
    return [key for key in units if key not in basis and (key in source or key in known)]


def entry_for(source, target, user, how):
    """A record entry: ``target`` translates the present text of ``source``.

    ``how`` is ``"translated"`` for a translation saved by ``user``, or ``"confirmed"``.
    """
    more = {"row": source.row.pk} if source.row is not None else {}
    if target is not None and len(source.passages) > 1:
        passages = ([each.fingerprint for each in unit.passages] for unit in (source, target))
        more |= {"passages": list(passages), "words": [each.words for each in target.passages]}
    return {
        **more,
        "text": source.text,
        "source": source.fingerprint,
        "target": target.fingerprint if target else "",
        "at": timezone.now().isoformat(timespec="seconds"),
        "by": user.pk if user else None,
        "how": how,
    }


def _renewed(before, source, target, user):
    """The record of a translation that has changed, in place of ``before``.

    It stays out of date if a passage of the source has changed and its translation has not, where
    both have as many passages as before. While one is lost, that all were translated once stays.
    """
    entry = entry_for(source, target, user, "translated")
    made_from = (before or {}).get("passages")
    now = entry.get("passages")
    if _lost(before, source, target):
        names = ("source", "text", "passages", "words")
        return {**entry, **{name: before[name] for name in names if name in before}}
    if not (made_from and now) or {len(each) for each in (*made_from, *now)} != {len(now[0])}:
        return entry
    pairs = zip(*made_from, *now, strict=True)
    is_stale = [was != is_now and mine == own for was, mine, is_now, own in pairs]
    if not any(is_stale):
        return entry
    kept = [
        was if stale else is_now
        for was, is_now, stale in zip(made_from[0], now[0], is_stale, strict=True)
    ]
    old = {name: before[name] for name in ("source", "text")}
    return {**entry, **old, "passages": [kept, now[1]]}


def _lost(entry, source, target):
    """The passages of ``source`` that ``target`` has lost since ``entry`` was recorded."""
    if source is None or target is None or not (entry and "passages" in entry):
        return ()
    return tuple(lost_passages(entry, source, target))


def _is_translated(page, source, target, copies):
    """Whether ``target`` counts as a translation of ``source``.

    Its text must differ from the source, and every part of a block must be translated. These may be
    the same in both languages: units without words, as an image without a caption; fields listed in
    ``proper_names``; fields of one word, as « Culture »; fields of rows. A recorded copy never
    counts.
    """
    if is_copy(target, copies):
        return False
    if source.row is not None:
        return True
    if not source.has_words or source.key in page.proper_names:
        return True
    if not source.is_block and source.words == 1 and target.has_words:
        return True
    if not target.has_words or target.fingerprint == source.fingerprint:
        return False
    return not untranslated_parts(source, target)


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
        place.lost = _lost(entry, source, target)
    if entry and is_of(entry, target) and not (place.left or place.lost):
        if source.fingerprint != latest_equal(entry["source"], minor.get(key, {})):
            place.status, place.before = "outdated", entry["text"]
    elif place.left or place.lost or not (target and _is_translated(page, source, target, copies)):
        place.status = "untranslated"
    return place


def latest_equal(fingerprint, minor):
    """The last version of a source that counts as the one with ``fingerprint``."""
    seen = set()
    while fingerprint in minor and fingerprint not in seen:
        seen.add(fingerprint)
        fingerprint = minor[fingerprint]
    return fingerprint


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


def confirm(page, language, keys, user=None):
    """Record that the translations of ``keys`` are valid for the current source.

    Changes ``page`` and saves nothing; returns the keys that needed it.
    """
    record = record_of(page, language)
    basis = dict(record.get("basis", {}))
    due = [
        place
        for place in compare(page, language)
        if place.key in keys and place.source and place.needs_work
    ]
    for place in due:
        basis[place.key] = entry_for(place.source, place.target, user, "confirmed")
    if due:
        updated = {**_without(record, basis), "basis": basis, **_settled(record, due)}
        write_record(page, language, updated)
    return [place.key for place in due]


def _settled(record, places):
    """The part ``same`` of ``record``, with the passages that are left in ``places``."""
    same = dict(record.get("same", {}))
    for place in places:
        if place.left:
            marks = [each.passage.fingerprint for each in place.left]
            same[place.key] = [*same.get(place.key, ()), *marks]
    return {"same": same} if same else {}


def keep_without_source(page, language, keys):
    """Keep texts whose source was deleted, as texts of the translation only.

    Changes ``page`` and saves nothing; returns the keys that needed it.
    """
    record = record_of(page, language)
    kept = [
        place for place in compare(page, language) if place.status == "gone" and place.key in keys
    ]
    due = [place.key for place in kept]
    if due:
        basis = {key: each for key, each in record.get("basis", {}).items() if key not in due}
        paired = [key for key in record.get("paired", ()) if key not in due]
        updated = {**record, "basis": basis, "paired": paired, **_settled(record, kept)}
        if "copied" in record:
            copied = {
                key: fingerprint for key, fingerprint in record["copied"].items() if key not in due
            }
            updated["copied"] = copied
        write_record(page, language, updated)
    return due


def mark_minor(page, keys):
    """Record that the changes of ``keys`` in the source need no new translation.

    Applies to every translation that is out of date there. Changes ``page`` and saves nothing;
    returns the keys that needed it.
    """
    record = record_of(page, page.source_language)
    minor = {key: dict(versions) for key, versions in record.get("minor", {}).items()}
    due = []
    for language in available_languages():
        for place in compare(page, language):
            if place.status == "outdated" and place.key in keys:
                versions = minor.setdefault(place.key, {})
                start = latest_equal(place.entry["source"], versions)
                versions.pop(place.source.fingerprint, None)
                versions[start] = place.source.fingerprint
                due.append(place.key)
    if due:
        write_record(page, page.source_language, {**record, "minor": minor})
    return list(dict.fromkeys(due))
