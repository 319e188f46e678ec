"""Which text of the source each unit of a translation was made from, and what is left to do.

The column ``provenance`` of a language holds what is known of the translation, as JSON:

``basis``
    For each unit of the translation, the text of the source it was made from, with the
    fingerprints of that source and of the translation.
``paired``
    The keys of units that stand for a unit of the source and are not translated yet.
``copied``
    The fingerprints of fields and blocks that were filled by copying the source. A field counts
    as translated if somebody types the same word as in the source, as « Culture »; so what was
    copied is recorded until it is changed. A block that says all that its source says is always
    a copy.
``incomplete``
    The keys of units that were confirmed to be published though they are not translated.
``minor``
    Of a source: for each unit, which earlier version needs no other translation than a later one.

The column is saved with the drafts of its language, so that it follows the text into a draft kept
back, a revert or a merge; an editor of one language never writes the column of another.
"""

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest

from django.utils import timezone
from wagtail import blocks

from articles.languages.available import available_languages, column
from articles.languages.content import children_of, count_words, is_table, is_visible, texts_of
from articles.languages.translations.units import rows_of, units_in

# Records


def record_of(page, language):
    return getattr(page, column("provenance", language)) or {}


def write_record(page, language, record):
    setattr(page, column("provenance", language), record)


def find_entry(unit, basis, target):
    """``(key, entry)`` of what is on record of ``unit`` saying what ``target`` says.

    ``target`` is a unit, or ``None`` where it is left out. A row in which something else was
    chosen, as another author, is found by its number.
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
    """Whether ``entry`` is about what the unit ``target`` says; about nothing if it is ``None``."""
    return entry["target"] == (target.fingerprint if target else "")


def confirmed_incomplete(page, language):
    """The keys of units that were confirmed to be published though they are not translated."""
    return record_of(page, language).get("incomplete", [])


def _without(record, keys):
    """``record`` with none of ``keys`` among those that are published incomplete."""
    if "incomplete" not in record:
        return record
    left = [key for key in record["incomplete"] if key not in keys]
    others = {name: value for name, value in record.items() if name != "incomplete"}
    return {**others, "incomplete": left} if left else others


# Copies


def copies_in(page, language):
    """``{key: fingerprint}`` of what was copied; it may have been written over."""
    return record_of(page, language).get("copied", {})


def copied_units(page, source, units):
    """``{key: fingerprint}`` of what says the same in ``units`` of ``page`` as in ``source``.

    Unless recorded, it would count as translated once its source changes. Fields that may be the
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
        key: said
        for key, said in copies.items()
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


# Amounts of work


_NOTHING = (None, None)


def untranslated_parts(source, target):
    """The texts of the unit ``source`` that are empty in ``target``.

    Names count too, though they are often the same in both languages. Any text counts as
    translated, even the same words. Blocks of different types have no parts in common.
    """
    if source.block is None or target.block is None or source.block.name != target.block.name:
        return []
    return list(_empty_in(source.block, source.stored, target.stored))


def _empty_in(block, source, target):
    if not source:
        return
    if is_table(source):
        yield from _empty_cells(source, target)
    elif isinstance(block, (blocks.StructBlock, blocks.StreamBlock, blocks.ListBlock)):
        others = children_of(block, target) if target else []
        places = zip_longest(children_of(block, source), others, fillvalue=_NOTHING)
        for (child, value), (other, other_value) in places:
            if child is not None and (other is None or child.name == other.name):
                yield from _empty_in(child, value, other_value)
    elif not any(text.strip() for text in texts_of(block, target)):
        yield from (text for text in texts_of(block, source) if count_words(text))


def _empty_cells(source, target):
    """The cells of a table in whose place another has nothing."""
    others = target.get("data") if isinstance(target, dict) else None
    for row, other_row in zip_longest(source["data"] or (), others or (), fillvalue=()):
        for cell, other in zip_longest(row, other_row):
            if count_words(str(cell or "")) and not str(other or "").strip():
                yield str(cell)


def words_in(place):
    """How many words of a :class:`TranslationUnit` are to be translated, or were changed."""
    if place.source is None or not place.needs_work:
        return 0
    if place.status == "outdated":
        return max(changed_words(place.before, place.source.text), 1)
    if place.is_in_part:
        return sum(count_words(part) for part in untranslated_parts(place.source, place.target))
    return place.source.words


def changed_words(before, after):
    """How many words of ``after`` are not, in order, those of ``before``."""
    old, new = (before or "").split(), (after or "").split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    changed = [new[b1:b2] for tag, _a1, _a2, b1, b2 in matcher.get_opcodes() if tag != "equal"]
    return sum(count_words(" ".join(words)) for words in changed)


# Comparing


@dataclass
class TranslationUnit:
    """A unit of the source with the unit that translates it; either may be missing.

    ``status`` is ``"untranslated"``, ``"outdated"``, ``"translated"``, ``"gone"`` (its source
    was deleted) or ``"own"`` (there never was one). ``before`` is the text of the source that
    was translated, where that differs from what it is now.
    """

    key: str
    source: object = None
    target: object = None
    status: str = "translated"
    before: str = ""
    entry: dict = field(default_factory=dict)
    is_moved: bool = False
    is_copy: bool = False

    @property
    def unit(self):
        return self.source or self.target

    @property
    def is_in_text(self):
        """Whether it belongs to the page itself, and not to a row below it."""
        return self.unit.row is None

    @property
    def needs_work(self):
        return self.status in ("untranslated", "outdated", "gone")

    @property
    def is_in_part(self):
        """Whether something of it is translated and something is not.

        A plain field has no parts, and what was copied is as a whole still to translate, also
        when its source says something else since.
        """
        if self.status != "untranslated" or self.source.block is None or self.target is None:
            return False
        if self.is_copy or not self.target.has_words:
            return False
        return self.target.fingerprint != self.source.fingerprint


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
        basis = {}
        for key, unit in units.items():
            entry = _kept_entry(unit, known, minor)
            if entry:
                basis[key] = entry
            elif key in source and _is_translated(page, source[key], unit, copies):
                basis[key] = entry_for(source[key], unit, user, "translated")
        left_out = {key: entry for key, entry in known.items() if not entry["target"]}
        noted = {
            **_without(record, basis),
            "basis": {**left_out, **basis},
            "paired": _paired(units, source, basis, record.get("paired", ())),
        }
        if copies := untouched({**copies, **copied_units(page, source, units)}, units, basis):
            noted["copied"] = copies
        else:
            noted.pop("copied", None)
        if noted != {"basis": {}, "paired": [], **record}:
            write_record(page, language, noted)


def _kept_entry(unit, known, minor):
    """What is on record of ``unit`` if it says the same as then, else ``None``."""
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
    """The record that ``target`` says what ``source`` says now; ``how`` somebody knows that."""
    row = {"row": source.row.pk} if source.row is not None else {}
    return {
        **row,
        "text": source.text,
        "source": source.fingerprint,
        "target": target.fingerprint if target else "",
        "at": timezone.now().isoformat(timespec="seconds"),
        "by": user.pk if user else None,
        "how": how,
    }


def _is_translated(page, source, target, copies):
    """Whether ``target`` counts as a translation of ``source``.

    It must say something else than the source, and translate every part of a block. These may be
    the same in both languages: units without words, as an image without a caption; fields listed
    in ``proper_names``; fields of one word, as « Culture »; fields of rows. A recorded copy never
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

    What only the translation has follows at the end. Empty for the source language itself.
    Without the rows below the page, only its own text is looked at. ``source_page`` is the version
    of the page whose source is translated, if not ``page``.
    """
    if language == page.source_language:
        return []
    rows = rows_of(page) if with_rows else []
    source = units_in(source_page or page, page.source_language, rows)
    target = units_in(page, language, rows)
    record = record_of(page, language)
    basis, paired = record.get("basis", {}), record.get("paired", ())
    minor = record_of(source_page or page, page.source_language).get("minor", {})
    places = [
        _place(page, unit, target.get(key), record, minor)
        for key, unit in source.items()
        if unit.has_words or unit.is_block
    ]
    for key, unit in target.items():
        if key not in source:
            status = "gone" if key in basis or key in paired else "own"
            places.append(TranslationUnit(key, None, unit, status, entry=basis.get(key) or {}))
    _mark_moves(source, target, {place.key: place for place in places})
    return places


def _place(page, source, target, record, minor):
    copies = record.get("copied", {})
    key, entry = find_entry(source, record.get("basis", {}), target)
    place = TranslationUnit(source.key, source, target, entry=entry or {})
    place.is_copy = target is not None and is_copy(target, copies)
    if entry and is_of(entry, target):
        if source.fingerprint != latest_equal(entry["source"], minor.get(key, {})):
            place.status, place.before = "outdated", entry["text"]
    elif target is None or not _is_translated(page, source, target, copies):
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
        write_record(page, language, {**_without(record, basis), "basis": basis})
    return [place.key for place in due]


def keep_without_source(page, language, keys):
    """Keep texts whose source was deleted, as texts of the translation only.

    Changes ``page`` and saves nothing; returns the keys that needed it.
    """
    record = record_of(page, language)
    gone = [place.key for place in compare(page, language) if place.status == "gone"]
    due = [key for key in gone if key in keys]
    if due:
        basis = {key: each for key, each in record.get("basis", {}).items() if key not in due}
        paired = [key for key in record.get("paired", ()) if key not in due]
        kept = {**record, "basis": basis, "paired": paired}
        if "copied" in record:
            kept["copied"] = {key: said for key, said in record["copied"].items() if key not in due}
        write_record(page, language, kept)
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
