"""The glossary as a file: CSV with a row for each entry, or TBX, which other tools read.

TBX is written as TBX-Basic of ISO 30042:2019; that of 2008 (``martif``) is read as well.
"""

import csv
import io
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from lxml import etree

from diptych.articles.languages.admin.listings.exports import FORMULA, harmless
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.translation_tools.formats.reading import (
    FileRefused,
    check_count,
    check_size,
    language_of,
)
from diptych.articles.translation_tools.formats.xliff1 import cleaned, name_of, named, tree_of
from diptych.articles.translation_tools.glossary.models import Status

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
#: Between several terms in a cell of CSV; one that belongs to a term has a backslash before it.
SEPARATOR = "|"
_BETWEEN = re.compile(r"(?<!\\)\|")
#: The most characters of a cell that are read.
LONGEST_CELL = 20_000
#: How TBX names the status of a term, by how it begins.
_STATUSES = {
    "preferred": Status.PREFERRED,
    "admitted": Status.ALLOWED,
    "standardized": Status.PREFERRED,
    "deprecated": Status.FORBIDDEN,
    "superseded": Status.FORBIDDEN,
    "notrecommended": Status.FORBIDDEN,
}
_WRITTEN = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ALLOWED: "admittedTerm-admn-sts",
    Status.FORBIDDEN: "deprecatedTerm-admn-sts",
}


@dataclass
class FileEntry:
    """An entry in a file; ``terms`` are ``(language, status, text)``, ``place`` where it is."""

    place: str
    domain: str = ""
    note: str = ""
    terms: list = field(default_factory=list)

    @property
    def languages(self):
        return {language for language, _status, _text in self.terms}


def read(data):
    """The :class:`FileEntry` objects of a CSV or TBX file; raises :class:`FileRefused`."""
    check_size(data)
    is_xml = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return _read_tbx(data) if is_xml else _read_csv(data)


def _in_one_line(text):
    return " ".join(cleaned(text).split())


# CSV


def write_csv(concepts):
    """The bytes of a CSV file, which spreadsheets open."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    columns = [(code, status) for code in available_languages() for status in Status]
    headings = [_heading(code, status) for code, status in columns]
    writer.writerow(["domain", "note", *headings])
    for concept in concepts:
        cells = [f" {SEPARATOR} ".join(map(_escaped, concept.texts(*each))) for each in columns]
        writer.writerow([harmless(each) for each in (concept.domain, concept.note, *cells)])
    return stream.getvalue().encode("utf-8-sig")


def _escaped(text):
    return text.replace(SEPARATOR, f"\\{SEPARATOR}")


def _heading(language, status):
    return language if status == Status.PREFERRED else f"{language} {status.value}"


def _cell(text):
    text = cleaned(text.strip())
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text


def _read_csv(data):
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(_("The file is neither TBX nor CSV in UTF-8.")) from error
    if "\0" in text or not text.strip():
        raise FileRefused(_("The file is neither TBX nor CSV in UTF-8."))
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        message = _("The file is damaged: its CSV cannot be read (%(error)s).")
        raise FileRefused(message % {"error": str(error)[:200]}) from error
    check_count(rows)
    columns = _columns(rows[0])
    return [
        _entry_of_row(row, columns, number)
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
    ]


def _columns(headings):
    """What each column holds: ``"domain"``, ``"note"``, ``(language, status)`` or ``None``."""
    columns = []
    for heading in headings:
        name, _space, status = heading.strip().lower().partition(" ")
        language = language_of(name)
        if not status and name in ("domain", "note"):
            columns.append(name)
        elif language and (not status or status in Status.values):
            columns.append((language, Status(status or "preferred")))
        else:
            columns.append(None)
    if not any(isinstance(each, tuple) for each in columns):
        message = _("No column of the file has the name of a language of this site: %(languages)s.")
        raise FileRefused(message % {"languages": ", ".join(available_languages())})
    return columns


def _entry_of_row(row, columns, number):
    entry = FileEntry(_("row %(number)s") % {"number": number})
    for column, cell in zip(columns, row, strict=False):
        text = _cell(cell[:LONGEST_CELL])
        if isinstance(column, tuple):
            texts = _BETWEEN.split(text)
            terms = (_in_one_line(each.replace(_escaped(SEPARATOR), SEPARATOR)) for each in texts)
            entry.terms += [(*column, each) for each in terms if each]
        elif column == "domain":
            entry.domain = _in_one_line(text)
        elif column == "note":
            entry.note = text
    return entry


# TBX


def write_tbx(concepts):
    """The bytes of a TBX file."""
    root = etree.Element("tbx", {"type": "TBX-Basic", "style": "dca"})
    root.set(LANGUAGE, available_languages()[0])
    header = etree.SubElement(etree.SubElement(root, "tbxHeader"), "fileDesc")
    etree.SubElement(etree.SubElement(header, "sourceDesc"), "p").text = "Diptych"
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for concept in concepts:
        _write_concept(body, concept)
    return etree.tostring(named(root, NAMESPACE), encoding="UTF-8", xml_declaration=True)


def _write_concept(body, concept):
    element = etree.SubElement(body, "conceptEntry", id=f"c{concept.pk}")
    if concept.domain:
        etree.SubElement(element, "descrip", type="subjectField").text = cleaned(concept.domain)
    if concept.note:
        etree.SubElement(element, "note").text = cleaned(concept.note)
    for code in available_languages():
        terms = [(status, text) for status in Status for text in concept.texts(code, status)]
        if not terms:
            continue
        section = etree.SubElement(element, "langSec", {LANGUAGE: code})
        for status, text in terms:
            term = etree.SubElement(section, "termSec")
            etree.SubElement(term, "term").text = cleaned(text)
            note = etree.SubElement(term, "termNote", type="administrativeStatus")
            note.text = _WRITTEN[status]


def _read_tbx(data):
    root = tree_of(data)
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise FileRefused(_("The file declares entities, which no glossary needs."))
    if name_of(root) not in ("tbx", "martif"):
        raise FileRefused(_("The file is neither TBX nor CSV in UTF-8."))
    entries = [each for each in root.iter() if name_of(each) in ("conceptEntry", "termEntry")]
    check_count(entries)
    return [_entry_of_concept(each, number) for number, each in enumerate(entries, start=1)]


def _entry_of_concept(element, number):
    entry = FileEntry(_("entry %(number)s") % {"number": number})
    for child in element:
        name, kind = name_of(child), child.get("type", "")
        if name == "subjectField" or (name == "descrip" and kind == "subjectField"):
            entry.domain = _text_of(child)
        elif name == "note" and not entry.note:
            entry.note = cleaned("".join(child.itertext())).strip()
        elif name in ("langSec", "langSet") and (code := language_of(child.get(LANGUAGE, ""))):
            entry.terms += _terms_of(child, code)
    return entry


def _terms_of(section, language):
    """``(language, status, text)`` of each term; without a status the first is preferred."""
    terms = []
    for element in section.iter():
        if name_of(element) not in ("termSec", "tig", "ntig"):
            continue
        text = next((_text_of(each) for each in element.iter() if name_of(each) == "term"), "")
        if text:
            usual = Status.ALLOWED if terms else Status.PREFERRED
            terms.append((language, _status_of(element) or usual, text))
    return terms


def _status_of(element):
    for each in element.iter():
        kind = each.get("type", "") if name_of(each) == "termNote" else name_of(each)
        if kind in ("administrativeStatus", "normativeAuthorization"):
            said = _text_of(each).lower()
            return next((value for key, value in _STATUSES.items() if said.startswith(key)), None)
    return None


def _text_of(element):
    return _in_one_line("".join(element.itertext())[:LONGEST_CELL])


#: ``{extension: (writer, label)}``
FORMATS = {"csv": (write_csv, "CSV"), "tbx": (write_tbx, "TBX")}
