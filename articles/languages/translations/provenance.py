"""The provenance of a translation: the source text of each unit, and the work that is left.

The column ``provenance`` of a language holds the record of the translation, as JSON:

``basis``
    For each unit of the translation, the text of the source it was made from, with the
    fingerprints of that source and of the translation, and of the passages of both, with the words
    of those of the translation. While one of these is lost, they are those from before. ``origin``
    is that of a text that somebody confirmed, such as the name of a machine.
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
``unconfirmed``
    The origin of each passage that nobody has confirmed yet, such as the name of a machine, by the
    fingerprint of the passage; see :func:`~.marking.mark_unconfirmed`.
``incomplete``
    The keys of units that were confirmed to be published though they are not translated;
    ``incomplete_passages`` the passages of each then, as far as it had any.
``minor``
    Of a source: for each unit, which earlier version needs no other translation than a later one.

The column is saved with the drafts of its language, so that it follows the text into a partial
publication, a revert or a merge; an editor of one language never writes the column of another.
"""

from django.utils import timezone

from diptych.articles.languages.config.content import is_visible
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.translations.leftovers import (
    lost_passages,
    untranslated_parts,
)
from diptych.articles.languages.translations.units import units_in

# Records

#: The parts of a record that concern passages, and are rebuilt with each draft.
OF_PASSAGES = ("copied_passages", "same", "unconfirmed")


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
        if unit.is_block or not is_translated(page, source[key], unit, {})
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


def lost_since(entry, source, target):
    """The passages of ``source`` that ``target`` has lost since ``entry`` was recorded."""
    if source is None or target is None or not (entry and "passages" in entry):
        return ()
    return tuple(lost_passages(entry, source, target))


def is_translated(page, source, target, copies):
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


def latest_equal(fingerprint, minor):
    """The last version of a source that counts as the one with ``fingerprint``."""
    seen = set()
    while fingerprint in minor and fingerprint not in seen:
        seen.add(fingerprint)
        fingerprint = minor[fingerprint]
    return fingerprint
