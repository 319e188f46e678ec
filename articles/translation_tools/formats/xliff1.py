"""XLIFF 1.2. Elements within a text are ``<g>`` and ``<x/>``."""

import re

from django.utils.translation import gettext as _
from lxml import etree

from diptych.articles.translation_tools.formats.reading import (
    FileRefused,
    check_count,
    check_size,
    code,
)
from diptych.articles.translation_tools.translation_file import Entry, TranslationFile

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STATES = {
    "initial": "needs-translation",
    "translated": "translated",
    "outdated": "needs-review-translation",
    "unconfirmed": "needs-review-translation",
}
APPROVED = ("final", "signed-off")
#: Elements whose content is text like that around them.
_TRANSPARENT = frozenset({"mrk"})
_ENDS = {"bx": "start", "ex": "end", "bpt": "start", "ept": "end"}


def parsed(data):
    """The root of an XML document without a document type; raises :class:`FileRefused`."""
    root = tree_of(data)
    if root.getroottree().docinfo.doctype:
        raise FileRefused(_("The file has a document type, which no XLIFF file needs."))
    if name_of(root) != "xliff":
        raise FileRefused(_("The file is neither XLIFF nor PO."))
    return root


def tree_of(data):
    """The root of any XML document, in which no entity is resolved and nothing is fetched."""
    check_size(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = _("The file is damaged: its XML cannot be read (%(error)s).")
        raise FileRefused(message % {"error": str(error)[:200]}) from error


def name_of(element):
    """The name of an element without its namespace, ``""`` for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


# Writing


def write(file):
    """The bytes of a :class:`TranslationFile`."""
    root = etree.Element("xliff", version="1.2")
    inside = etree.SubElement(
        root,
        "file",
        {
            "original": file.original,
            "source-language": file.source_language,
            "target-language": file.target_language,
            "datatype": "html",
            "tool-id": "diptych",
        },
    )
    header = etree.SubElement(inside, "header")
    etree.SubElement(header, "tool", {"tool-id": "diptych", "tool-name": "Diptych"})
    etree.SubElement(header, "note").text = cleaned(file.title)
    body = etree.SubElement(inside, "body")
    for identity, label, entries in file.units:
        group = etree.SubElement(body, "group", id=identity, resname=cleaned(label))
        for entry in entries:
            _write_entry(group, entry)
    return etree.tostring(named(root, NAMESPACE), encoding="UTF-8", xml_declaration=True)


def named(root, namespace):
    """A copy of ``root`` with all elements in ``namespace``, which is the default one."""
    copy = etree.Element(f"{{{namespace}}}{root.tag}", root.attrib, nsmap={None: namespace})
    copy.extend(root)
    for each in copy.iterdescendants():
        each.tag = f"{{{namespace}}}{each.tag}"
    return copy


def _write_entry(group, entry):
    unit = etree.SubElement(group, "trans-unit", {"id": entry.id, SPACE: "preserve"})
    fill(etree.SubElement(unit, "source"), entry.source, "g", "x", "ctype")
    if entry.target is not None:
        target = etree.SubElement(unit, "target", state=STATES[entry.state])
        fill(target, entry.target, "g", "x", "ctype")
    for note in entry.notes:
        etree.SubElement(unit, "note").text = cleaned(note)


#: The characters that XML cannot hold.
_UNKNOWN_TO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cleaned(text):
    """``text`` without the characters that XML cannot hold."""
    return _UNKNOWN_TO_XML.sub("", text)


def fill(element, pieces, around, alone, kind):
    """Put ``pieces`` into ``element``.

    ``around`` and ``alone`` are the names of elements for codes, ``kind`` that of the attribute for
    what they do, if there is one.
    """
    stack, last = [element], None
    for each in pieces:
        if isinstance(each, str):
            _append_text(stack[-1], last, cleaned(each))
        elif each.part == "end":
            last = stack.pop()
        else:
            name = around if each.part == "start" else alone
            last = etree.SubElement(stack[-1], name, {"id": str(each.number)})
            if kind:
                last.set(kind, each.kind)
            if each.part == "start":
                stack.append(last)
                last = None


def _append_text(parent, last, text):
    if last is None:
        parent.text = (parent.text or "") + text
    else:
        last.tail = (last.tail or "") + text


# Reading


def read(root):
    """A :class:`TranslationFile` for each ``<file>`` of a document."""
    return [_file_of(each) for each in root if name_of(each) == "file"]


def _file_of(element):
    units = [each for each in element.iter() if name_of(each) == "trans-unit"]
    check_count(units)
    entries = [_entry_of(each) for each in units]
    return TranslationFile(
        element.get("original", ""),
        element.get("source-language", ""),
        element.get("target-language", ""),
        units=[("", "", entries)],
    )


def _entry_of(unit):
    parts = {name_of(each): each for each in unit}
    target = parts.get("target")
    if target is not None and _segments_in(parts.get("seg-source")) - _segments_in(target):
        target = None
    is_approved = unit.get("approved") == "yes"
    if target is not None:
        is_approved = is_approved or target.get("state") in APPROVED
    return Entry(
        unit.get("id", ""),
        pieces_of(parts["source"]) if "source" in parts else (),
        None if target is None else pieces_of(target),
        "final" if is_approved else "translated",
    )


def _segments_in(element):
    """The names of the segments with a text into which a program has cut an element."""
    if element is None:
        return set()
    return {
        each.get("mid")
        for each in element.iter()
        if name_of(each) == "mrk" and each.get("mtype") == "seg" and pieces_of(each)
    }


def pieces_of(element, of_child=None):
    """The pieces of a ``<source>`` or ``<target>``; ``of_child`` those of an element in it."""
    pieces = [element.text or ""]
    for child in element:
        pieces += [*(of_child or _pieces_of_child)(child), child.tail or ""]
    return tuple(each for each in pieces if each != "")


def _pieces_of_child(child):
    name, number = name_of(child), child.get("id")
    if name in _TRANSPARENT:
        return pieces_of(child)
    if name == "g":
        return [code(number, "start"), *pieces_of(child), code(number, "end")]
    if name in _ENDS:
        return [code(child.get("rid") or number, _ENDS[name])]
    return [code(number if name == "x" else "", "alone")] if name else []
