"""Changes of the record of a translation: with each draft, and by people who confirm units."""

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.translations.comparing import compare, leftovers_in
from diptych.articles.languages.translations.provenance import (
    OF_PASSAGES,
    copied_units,
    copies_in,
    entry_for,
    find_entry,
    is_of,
    is_translated,
    latest_equal,
    lost_since,
    record_of,
    untouched,
    with_incomplete,
    write_record,
)
from diptych.articles.languages.translations.units import rows_of, units_in


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
                and is_translated(page, source[key], unit, copies)
                and not leftovers.of(unit)
            ):
                basis[key] = _renewed(known.get(key), source[key], unit, user)
        left_out = {key: entry for key, entry in known.items() if not entry["target"]}
        whole = [
            key
            for key, entry in basis.items()
            if not lost_since(entry, source.get(key), units[key])
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


def _renewed(before, source, target, user):
    """The record of a translation that has changed, in place of ``before``.

    It stays out of date if a passage of the source has changed and its translation has not, where
    both have as many passages as before. While one is lost, that all were translated once stays.
    """
    entry = entry_for(source, target, user, "translated")
    made_from = (before or {}).get("passages")
    now = entry.get("passages")
    if lost_since(before, source, target):
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


def confirm(page, language, keys, user=None):
    """Record that the translations of ``keys`` are valid for the current source.

    Of a unit that only the translation has, that its unconfirmed passages are. Changes ``page`` and
    saves nothing; returns the keys that needed it.
    """
    record = record_of(page, language)
    basis = dict(record.get("basis", {}))
    due = [
        place
        for place in compare(page, language)
        if place.key in keys and place.needs_work and (place.source or place.is_unconfirmed)
    ]
    for place in due:
        if place.source:
            entry = entry_for(place.source, place.target, user, "confirmed")
            if origin := next((each.origin for each in place.left if each.origin), ""):
                entry["origin"] = origin
            basis[place.key] = entry
    if due:
        updated = {**_without(record, basis), "basis": basis, **_settled(record, due)}
        write_record(page, language, updated)
    return [place.key for place in due]


def mark_unconfirmed(page, language, key, passages, origin):
    """Record that nobody has read these ``passages`` of the unit ``key`` yet, of ``origin``.

    ``passages`` are :class:`~diptych.articles.languages.translations.passages.Passage` texts. The
    language is not published until each is confirmed or edited. Saves nothing.
    """
    record = record_of(page, language)
    marks = {each.fingerprint: origin for each in passages}
    updated = {**record, "unconfirmed": {**record.get("unconfirmed", {}), **marks}}
    if settled := record.get("same", {}).get(key):
        left = [each for each in settled if each not in marks]
        updated["same"] = {**record["same"], key: left}
    write_record(page, language, updated)


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


def _without(record, keys):
    """``record`` with none of ``keys`` among those that are published incomplete."""
    if "incomplete" not in record:
        return record
    left = [key for key in record["incomplete"] if key not in keys]
    passages = record.get("incomplete_passages", {})
    return with_incomplete(record, left, {key: passages[key] for key in left if key in passages})
