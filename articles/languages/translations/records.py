"""What is on record of a translation; see ``provenance`` for what it says."""

from articles.languages.available import column


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
    return target.is_known_as(entry["target"]) if target else not entry["target"]
