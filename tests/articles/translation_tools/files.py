"""Files for translators as the commands write them, changed as a program would, and read again."""

import json

import polib
from django.core.management import call_command
from django.utils import translation
from lxml import etree

NAMESPACES = {
    "xliff": "urn:oasis:names:tc:xliff:document:1.2",
    "xliff2": "urn:oasis:names:tc:xliff:document:2.0",
}
UNITS = {"xliff": "trans-unit", "xliff2": "unit"}


def export(folder, *pages, kind="xliff", source="fr", target="en"):
    """The path of the one file that is written for ``pages``."""
    numbers = ",".join(str(page.pk) for page in pages)
    options = {"source": source, "target": target, "pages": numbers, "format": kind}
    call_command("export_translations", folder, **options)
    (path,) = [each for each in folder.iterdir() if each.suffix in (".xlf", ".po")]
    return path


def imported(folder, **options):
    """The rows of the report: ``[(status, reason or "", beginning of the source)]``."""
    report = folder / "report.json"
    with translation.override("en"):
        call_command("import_translations", folder, report=report, **options)
    rows = json.loads(report.read_text())
    report.unlink()
    return [(row["status"], row["reason"], row["text"]) for row in rows]


def translate(path, kind, make, **attributes):
    """Give each text in the file the translation ``make(markup of its source)``.

    ``make`` gets the markup as the file has it, and returns ``None`` to leave the text alone.
    """
    if kind == "po":
        catalogue = polib.pofile(str(path))
        for entry in catalogue:
            entry.msgstr = make(entry.msgid) or entry.msgstr
        return catalogue.save(str(path))
    space = NAMESPACES[kind]
    tree = etree.parse(path)
    for unit in tree.iter(f"{{{space}}}{UNITS[kind]}"):
        source = unit.find(f".//{{{space}}}source")
        new = make(_inner(source, space))
        if new is None:
            continue
        old = unit.find(f".//{{{space}}}target")
        if old is not None:
            old.getparent().remove(old)
        target = etree.fromstring(f'<target xmlns="{space}">{new}</target>')
        for name, value in attributes.items():
            target.set(name, value)
        source.addnext(target)
    return path.write_bytes(etree.tostring(tree))


def _inner(source, space):
    text = etree.tostring(source, encoding="unicode", with_tail=False)
    return text[text.index(">") + 1 : text.rindex("<")].replace(f' xmlns="{space}"', "")
