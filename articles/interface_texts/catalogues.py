"""Message catalogues (.po files): reading, validation, compilation and access to entries.

Needs polib alone, not Django: the build of the wheel imports this module in an environment
that holds nothing else, and no machine needs GNU gettext to compile the catalogues.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import polib

from diptych.articles.caching.atomic_files import write_whole
from diptych.articles.interface_texts.validation import entry_problems, forms_of

#: The width at which the committed catalogues are wrapped.
WRAP_WIDTH = 98

PLURAL_COUNT = re.compile(r"nplurals\s*=\s*(\d+)")

# Newer tables give French a third form, for round millions only: « un million d’articles ».
# The interface counts no such thing, and every translator would fill it in for nothing.
PLURAL_FORMS = {
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
}

CONTEXT_SEPARATOR = "\x04"


# Files


def catalogue_files(folder):
    """List every catalogue below a ``locale`` folder, in a stable order."""
    return sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def language_of(path):
    """Return the language of a catalogue, which is the name of its folder."""
    return path.parts[-3]


def read_catalogue(path):
    """Parse a catalogue; written again, it differs only in the entries that were changed."""
    return polib.pofile(str(path), wrapwidth=WRAP_WIDTH)


def as_file(catalogue):
    """Return the content of a catalogue's file as bytes."""
    return str(catalogue).encode(catalogue.encoding)


def write_catalogue(path, catalogue):
    """Replace the source and the compiled form of a catalogue together."""
    write_whole({path: as_file(catalogue), path.with_suffix(".mo"): catalogue.to_binary()})


def compile_catalogues(folder):
    """Compile the catalogues whose compiled form is missing or older; return the new files.

    Each file is replaced atomically, as several test workers may compile at once.
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
    """Normalize a freshly extracted catalogue to the form that is committed.

    The header keeps what programs read and drops dates and addresses, which would change with
    every extraction. In the source language, an entry without a translation is translated as
    itself; translations edited by hand are kept.
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
                set_translation(entry, sources_of(entry))
    write_whole({Path(path): as_file(catalogue)})


# Validation


@dataclass(frozen=True)
class CatalogueProblem:
    """A problem of one entry, and where the entry is."""

    path: Path
    line: int
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message}"


def find_problems(folder):
    """Validate every entry of the catalogues below a ``locale`` folder."""
    for path in catalogue_files(folder):
        catalogue = read_catalogue(path)
        for entry in catalogue:
            if entry.obsolete:
                continue
            for problem in entry_problems(entry, language_of(path), plural_count(catalogue)):
                yield CatalogueProblem(path, entry.linenum, str(problem))


def plural_count(catalogue):
    """Return the number of plural forms that the header declares, 0 where it declares none."""
    found = PLURAL_COUNT.search(catalogue.metadata.get("Plural-Forms", ""))
    return int(found[1]) if found else 0


# Entries


def entry_key(entry):
    """Return an identifier of an entry that does not depend on its translation."""
    return _digest(f"{entry.msgctxt or ''}{CONTEXT_SEPARATOR}{entry.msgid}")


def translation_digest(forms):
    """Return a digest of the forms of a translation, to detect that they have changed."""
    return _digest("\x00".join(map(normalize_line_breaks, forms)))


def normalize_line_breaks(text):
    """Replace the line breaks of browsers by those of catalogues."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def entries_by_key(catalogue):
    """Map the key of each current entry to the entry."""
    return {entry_key(entry): entry for entry in catalogue if not entry.obsolete}


def entries_by_state(catalogue):
    """Group the current entries by the states that translators filter for."""
    current = [entry for entry in catalogue if not entry.obsolete]
    return {
        "all": current,
        "untranslated": [each for each in current if not (each.translated() or each.fuzzy)],
        "fuzzy": [each for each in current if each.fuzzy],
        "translated": [each for each in current if each.translated()],
    }


def sources_of(entry):
    """List the source texts of an entry: one, or the two of a plural."""
    return list(filter(None, [entry.msgid, entry.msgid_plural]))


def context_of(entry):
    """The comments for translators in the sources, without the word that marks them."""
    comment = entry.comment.replace("Translators: ", "")
    return " ".join(filter(None, [entry.msgctxt, comment]))


def forms_needed(entry, catalogue):
    """Return how many forms the translation of an entry has; plurals default to two."""
    return (plural_count(catalogue) or 2) if entry.msgid_plural else 1


def set_translation(entry, forms):
    """Give an entry its translation and take away its fuzzy flag."""
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(forms))
    else:
        (entry.msgstr,) = forms
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
