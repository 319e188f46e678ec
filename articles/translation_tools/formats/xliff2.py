"""XLIFF 2.0. Elements within a text are ``<pc>`` and ``<ph/>``."""

from lxml import etree

from diptych.articles.translation_tools.formats.reading import check_count, code
from diptych.articles.translation_tools.formats.xliff1 import (
    SPACE,
    cleaned,
    fill,
    name_of,
    named,
    pieces_of,
)
from diptych.articles.translation_tools.translation_file import Entry, TranslationFile

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
STATES = {
    "initial": "initial",
    "translated": "translated",
    "outdated": "initial",
    "unconfirmed": "initial",
}
APPROVED = "final"
#: Elements whose content is text like that around them.
_TRANSPARENT = frozenset({"mrk"})
_ENDS = {"sc": "start", "ec": "end"}
#: Elements that are left out: marks of annotations, and characters that XML cannot hold.
_EMPTY = frozenset({"sm", "em", "cp"})


def write(file):
    """The bytes of a :class:`TranslationFile`."""
    languages = {"srcLang": file.source_language, "trgLang": file.target_language}
    root = etree.Element("xliff", {"version": "2.0", **languages})
    inside = etree.SubElement(root, "file", {"id": file.original, "original": file.original})
    _write_notes(inside, [file.title])
    for identity, label, entries in file.units:
        group = etree.SubElement(inside, "group", {"id": identity, "name": cleaned(label)})
        for entry in entries:
            _write_entry(group, entry)
    return etree.tostring(named(root, NAMESPACE), encoding="UTF-8", xml_declaration=True)


def _write_notes(parent, texts):
    if texts := [cleaned(each) for each in texts if each]:
        notes = etree.SubElement(parent, "notes")
        for each in texts:
            etree.SubElement(notes, "note").text = each


def _write_entry(group, entry):
    unit = etree.SubElement(group, "unit", {"id": entry.id})
    _write_notes(unit, entry.notes)
    segment = etree.SubElement(unit, "segment", {"state": STATES[entry.state]})
    source = etree.SubElement(segment, "source", {SPACE: "preserve"})
    fill(source, entry.source, "pc", "ph", None)
    if entry.target is not None:
        target = etree.SubElement(segment, "target", {SPACE: "preserve"})
        fill(target, entry.target, "pc", "ph", None)


def read(root):
    """A :class:`TranslationFile` for each ``<file>`` of a document."""
    languages = root.get("srcLang", ""), root.get("trgLang", "")
    return [_file_of(each, *languages) for each in root if name_of(each) == "file"]


def _file_of(element, source_language, target_language):
    units = [each for each in element.iter() if name_of(each) == "unit"]
    check_count(units)
    original = element.get("original") or element.get("id", "")
    entries = [_entry_of(each) for each in units]
    return TranslationFile(original, source_language, target_language, units=[("", "", entries)])


def _entry_of(unit):
    """The entry of a unit; a program may have cut it into several segments.

    It has no translation before each of them has one. What stands between them stays as it is where
    nothing else is said.
    """
    source, target, states, is_whole = [], [], [], True
    for segment in unit:
        if name_of(segment) not in ("segment", "ignorable"):
            continue
        parts = {name_of(each): pieces_of(each, _pieces_of_child) for each in segment}
        source += parts.get("source", ())
        if name_of(segment) == "segment":
            states.append(segment.get("state"))
            is_whole = is_whole and bool(parts.get("target"))
        target += parts.get("target", parts.get("source", ()))
    is_approved = bool(states) and all(each == APPROVED for each in states)
    return Entry(
        unit.get("id", ""),
        tuple(source),
        tuple(target) if is_whole else None,
        "final" if is_approved else "translated",
    )


def _pieces_of_child(child):
    name, number = name_of(child), child.get("id")
    if name in _TRANSPARENT:
        return pieces_of(child, _pieces_of_child)
    if name == "pc":
        return [code(number, "start"), *pieces_of(child, _pieces_of_child), code(number, "end")]
    if name in _ENDS:
        return [code(child.get("startRef") or number, _ENDS[name])]
    if name in _EMPTY:
        return []
    return [code(number if name == "ph" else "", "alone")] if name else []
