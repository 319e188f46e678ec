"""PO files of gettext. Elements within a text are ``<g1>…</g1>`` and ``<x2/>``."""

import re

import polib
from django.utils.translation import gettext as _

from diptych.articles.translation_tools.formats.reading import (
    FileRefused,
    check_count,
    check_size,
    code,
)
from diptych.articles.translation_tools.translation_file import Entry, TranslationFile

#: The headers that name the page and the language of the source.
ORIGINAL, SOURCE_LANGUAGE = "X-Original", "X-Source-Language"
_CODE = re.compile(r"<(/?)([gx])(\d{1,5})(/?)>")


def write(file):
    """The bytes of a :class:`TranslationFile`."""
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": file.title,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": file.target_language,
        SOURCE_LANGUAGE: file.source_language,
        ORIGINAL: file.original,
    }
    for entry in file.entries:
        is_unsure = entry.target is not None and entry.state in ("outdated", "unconfirmed")
        catalogue.append(
            polib.POEntry(
                msgctxt=entry.id,
                msgid=_text_of(entry.source),
                msgstr=_text_of(entry.target or ()),
                comment="\n".join(entry.notes),
                flags=["fuzzy"] if is_unsure else [],
            )
        )
    return str(catalogue).encode()


def _text_of(pieces):
    return "".join(each if isinstance(each, str) else _written(each) for each in pieces)


def _written(each):
    if each.part == "alone":
        return f"<x{each.number}/>"
    return f"<{'/' * (each.part == 'end')}g{each.number}>"


def read(data):
    """The :class:`TranslationFile` in a PO file; raises :class:`FileRefused`.

    Nothing in PO says that a text was approved.
    """
    check_size(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused(_("The file is neither XLIFF nor PO.")) from error
    # polib takes a text that is the path of a file for that file.
    if "\n" not in text or "msgid" not in text or "\0" in text:
        raise FileRefused(_("The file is neither XLIFF nor PO."))
    check_count(re.findall(r"^[ \t]*msgid\b", text, re.M))
    try:
        catalogue = polib.pofile(text)
    except (OSError, ValueError) as error:
        raise FileRefused(_("The file is damaged: its PO cannot be read.")) from error
    entries = [
        Entry(
            each.msgctxt or "",
            pieces_of(each.msgid),
            pieces_of(each.msgstr) or None,
            "translated",
        )
        for each in catalogue
        if not each.obsolete
    ]
    headers = catalogue.metadata
    return TranslationFile(
        headers.get(ORIGINAL, ""),
        headers.get(SOURCE_LANGUAGE, ""),
        headers.get("Language", ""),
        units=[("", "", entries)],
    )


def pieces_of(text):
    """The strings and codes in a text of a PO file."""
    pieces, place = [], 0
    for found in _CODE.finditer(text):
        pieces += [text[place : found.start()], _code_of(found)]
        place = found.end()
    return tuple(each for each in [*pieces, text[place:]] if each != "")


def _code_of(found):
    if found[2] == "x":
        return code(found[3], "alone")
    return code(found[3], "end" if found[1] else "start")
