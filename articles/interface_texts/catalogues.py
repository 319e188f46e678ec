"""The words of the interface: the catalogues below a `locale` folder, read and written.

Works on files alone, with polib: the wheel's build runs it before anything is installed, and
no machine needs GNU gettext to show the site in both languages.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import polib

from articles.atomic_files import write_whole
from articles.interface_texts.faults import entry_faults, forms_of

#: The width at which the committed catalogues are wrapped.
WRAP_WIDTH = 98

PLURAL_COUNT = re.compile(r"nplurals\s*=\s*(\d+)")

# Newer tables give French a third form, for round millions only: « un million d’articles ».
# The interface counts no such thing, and every translator would fill it in for nothing.
PLURAL_FORMS = {
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
}


@dataclass(frozen=True)
class Fault:
    """Something in a catalogue that a reader would stumble over."""

    path: Path
    line: int
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message}"


def catalogue_files(folder):
    """Every catalogue below a `locale` folder, in a stable order."""
    return sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def language_of(path):
    """The language a catalogue is written in, which its folder names."""
    return path.parts[-3]


def read_catalogue(path):
    """A catalogue that is written again as it was, but for what is changed in it."""
    return polib.pofile(str(path), wrapwidth=WRAP_WIDTH)


def find_faults(folder):
    """Judge every catalogue below a `locale` folder."""
    for path in catalogue_files(folder):
        catalogue = read_catalogue(path)
        for entry in catalogue:
            if entry.obsolete:
                continue
            for fault in entry_faults(entry, language_of(path), plural_count(catalogue)):
                yield Fault(path, entry.linenum, str(fault))


def plural_count(catalogue):
    """How many forms the language of a catalogue has for numbers."""
    found = PLURAL_COUNT.search(catalogue.metadata.get("Plural-Forms", ""))
    return int(found[1]) if found else 0


def compile_catalogues(folder):
    """Compile the catalogues whose compiled form is missing or older; return what was written.

    Several test workers may do so at once, so a file appears whole or not at all.
    """
    written = []
    for path in catalogue_files(folder):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        write_whole({target: read_catalogue(path).to_binary()})
        written.append(target)
    return written


def tidy_catalogue(path, source_language="en"):
    """Bring a freshly extracted catalogue into the form that is committed.

    The header keeps what programs read and drops dates and addresses, which would change
    with every extraction. The source language translates a new message as itself, so that a
    missing word is as visible there as in any other language; what was translated otherwise by
    hand is kept.
    """
    catalogue = read_catalogue(path)
    language = language_of(path)
    catalogue.header = f"The words of the interface in the language “{language}”."
    catalogue.metadata_is_fuzzy = False
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS.get(language)
        or catalogue.metadata.get("Plural-Forms", PLURAL_FORMS["en"]),
    }
    if language == source_language:
        for entry in catalogue:
            if entry.fuzzy or not all(forms_of(entry)):
                _translate_as_itself(entry)
    write_whole({Path(path): as_file(catalogue)})


def as_file(catalogue):
    """The bytes of a catalogue's file."""
    return str(catalogue).encode(catalogue.encoding)


def _translate_as_itself(entry):
    if entry.msgid_plural:
        entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
    else:
        entry.msgstr = entry.msgid
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
