"""The words of the interface: the catalogues below a `locale` folder, judged and compiled.

Works on files alone, with polib: the wheel's build runs it before anything is installed, and
no machine needs GNU gettext to show the site in both languages.
"""

import os
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import polib

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"

PLACEHOLDERS = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
PLURAL_COUNT = re.compile(r"nplurals\s*=\s*(\d+)")

# What looks like punctuation inside these is none.
NOT_PROSE = re.compile(r"<[^>]*>|&#?\w+;|https?://\S+|" + PLACEHOLDERS.pattern)

FRENCH_RULES = (
    (re.compile(rf"(?<![{NARROW_SPACE}?!…(])[;!?»]"), "needs a narrow no-break space before it"),
    (re.compile(rf"«(?!{NARROW_SPACE})"), "needs a narrow no-break space after it"),
    (re.compile(rf"(?<!{NO_BREAK_SPACE}):(?=\s|$)"), "needs a no-break space before it"),
    (re.compile(r"(?<=\w)'(?=\w)"), "should be a typographic apostrophe"),
)

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


def find_faults(folder):
    """Judge every catalogue below a `locale` folder."""
    for path in catalogue_files(folder):
        catalogue = polib.pofile(str(path))
        for entry in catalogue:
            if entry.obsolete:
                continue
            for message in _entry_faults(entry, language_of(path), _plural_count(catalogue)):
                yield Fault(path, entry.linenum, message)


def _plural_count(catalogue):
    found = PLURAL_COUNT.search(catalogue.metadata.get("Plural-Forms", ""))
    return int(found[1]) if found else 0


def _entry_faults(entry, language, plural_count):
    if entry.fuzzy:
        yield f"fuzzy: {entry.msgid!r}"
    forms = _forms(entry)
    if entry.msgid_plural and len(forms) != plural_count:
        yield f"{len(forms)} plural forms instead of {plural_count}: {entry.msgid!r}"
    if not all(forms):
        yield f"not translated: {entry.msgid!r}"
        return
    if not _same_placeholders(entry, forms):
        yield f"other placeholders than the source: {entry.msgid!r}"
    if language.startswith("fr"):
        for form in forms:
            yield from _french_faults(form)


def _forms(entry):
    """The translations of an entry: one, or one for each plural form."""
    if not entry.msgid_plural:
        return [entry.msgstr]
    return [text for _, text in sorted(entry.msgstr_plural.items())]


def _same_placeholders(entry, forms):
    """Whether the translation fills in what the source fills in.

    A plural form for a single thing may spell the number out; the most general form, which
    comes last, may not.
    """
    allowed = Counter(PLACEHOLDERS.findall(entry.msgid_plural or entry.msgid))
    *special, general = (Counter(PLACEHOLDERS.findall(form)) for form in forms)
    return general == allowed and all(found <= allowed for found in special)


def _french_faults(text):
    prose = NOT_PROSE.sub("x", text)
    for pattern, advice in FRENCH_RULES:
        for found in pattern.finditer(prose):
            around = prose[max(0, found.start() - 12) : found.end() + 12]
            yield f"{found[0]} {advice}: {around!r}"


def compile_catalogues(folder):
    """Compile the catalogues whose compiled form is missing or older; return what was written.

    Several test workers may do so at once, so a file appears whole or not at all.
    """
    written = []
    for path in catalogue_files(folder):
        target = path.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
            continue
        draft = target.with_suffix(f".{os.getpid()}.mo")
        draft.write_bytes(polib.pofile(str(path)).to_binary())
        draft.replace(target)
        written.append(target)
    return written


def tidy_catalogue(path, source_language="en"):
    """Bring a freshly extracted catalogue into the form that is committed.

    The header keeps what programs read and drops dates and addresses, which would change
    with every extraction. The source language translates every message as itself, so that a
    missing word is as visible there as in any other language.
    """
    catalogue = polib.pofile(str(path), wrapwidth=98)
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
            _translate_as_itself(entry)
    catalogue.save()


def _translate_as_itself(entry):
    if entry.msgid_plural:
        entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
    else:
        entry.msgstr = entry.msgid
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
