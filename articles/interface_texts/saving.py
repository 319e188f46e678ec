"""Put words into a catalogue: judged one by one, merged into what is there, written whole."""

import errno
import logging
import os
import unicodedata
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field

from django.core.files import locks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rosetta.signals import entry_changed

from articles.atomic_files import write_whole
from articles.interface_texts.catalogues import as_file
from articles.interface_texts.entries import digest_of, entries_by_key, forms_needed, put
from articles.interface_texts.faults import EntryFault, entry_faults, forms_of, set_as_printed

FAULTS = {
    "empty": gettext_lazy("There are no words here. A plural needs all its forms."),
    "plural forms": gettext_lazy("A plural needs all its forms."),
    "stray mark": gettext_lazy("Write “%(superfluous)s” twice: by itself it begins a placeholder."),
    "quotes": gettext_lazy("Use typographic quotation marks: straight ones break the page."),
    "narrow space before": gettext_lazy("“%(superfluous)s” needs a space before it: “%(around)s”."),
    "narrow space after": gettext_lazy("“%(superfluous)s” needs a space after it: “%(around)s”."),
    "space before": gettext_lazy("“%(superfluous)s” needs a space before it: “%(around)s”."),
    "apostrophe": gettext_lazy("Use a typographic apostrophe: “%(around)s”."),
}

OBSTACLES = {
    errno.EROFS: gettext_lazy("the file system is read-only"),
    errno.EACCES: gettext_lazy("the server has no right to write there"),
    errno.EPERM: gettext_lazy("the server has no right to write there"),
    errno.ENOSPC: gettext_lazy("the disk is full"),
}


def explain(fault):
    """The sentences about one fault of a translation."""
    pieces = {
        "missing": " ".join(fault.missing),
        "superfluous": " ".join(fault.superfluous),
        "around": fault.around,
    }
    if fault.kind in FAULTS:
        yield FAULTS[fault.kind] % pieces
        return
    if fault.missing:
        yield _("%(missing)s is missing; copy it from the source as it is.") % pieces
    if fault.superfluous:
        yield _("%(superfluous)s is not in the source; take it out.") % pieces


def explain_unprintable():
    return _("It contains a character that cannot be printed.")


def explain_conflict(forms):
    return _(
        "Somebody else has changed these words in the meantime, to “%(words)s”. "
        "Save again to put yours in their place."
    ) % {"words": " / ".join(forms)}


def explain_obstacle(error):
    """Why a file could not be written."""
    return str(OBSTACLES.get(error.errno) or error.strerror or error)


logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Change:
    """What somebody typed for one entry, and a digest of the words they typed it over."""

    key: str
    forms: tuple
    seen: str


@dataclass
class Outcome:
    """What became of each change."""

    saved: dict = field(default_factory=dict)
    refused: dict = field(default_factory=dict)
    gone: list = field(default_factory=list)
    obstacle: OSError | None = None

    @property
    def is_judged(self):
        return bool(self.saved or self.refused or self.gone)


def save(catalogue, changes, user):
    """Save the changes that hold, beside whatever others have saved in the meantime.

    The folder is locked from reading the file to replacing it, so nobody's words are lost. What
    could not be written, or not even begun, is still in ``saved``, and ``obstacle`` says why.
    """
    outcome = Outcome()
    try:
        return _save(catalogue, changes, user, outcome)
    except OSError as error:
        outcome.obstacle = error
        logger.warning("%s could not write %s: %s", user, catalogue.path, error)
        if not outcome.is_judged:
            _merge(catalogue.read(), changes, catalogue.language, outcome)
        return outcome


def _save(catalogue, changes, user, outcome):
    with _locked(catalogue.path.parent):
        file = catalogue.read()
        merged = _merge(file, changes, catalogue.language, outcome)
        if merged:
            write_whole(
                {
                    catalogue.path: as_file(file),
                    catalogue.path.with_suffix(".mo"): file.to_binary(),
                }
            )
    for entry, old, was_doubtful in merged:
        _report(catalogue, entry, old, was_doubtful, user)
    return outcome


@contextmanager
def _locked(folder):
    """Hold the lock of a folder. It is the folder's own, as files in it are replaced."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        locks.lock(descriptor, locks.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _merge(file, changes, language, outcome):
    """Put what holds into ``file``; return the changed entries with their old words."""
    entries = entries_by_key(file)
    merged = []
    for change in changes:
        entry = entries.get(change.key)
        if entry is None:
            outcome.gone.append(change)
            continue
        old, was_doubtful = forms_of(entry), entry.fuzzy
        new = [set_as_printed(form, language) for form in change.forms]
        if new == old and not was_doubtful:
            continue
        if reasons := _reasons(entry, change, old, new, language, forms_needed(file)):
            outcome.refused[change.key] = reasons
            continue
        put(entry, new)
        outcome.saved[change.key] = new
        merged.append((entry, old, was_doubtful))
    return merged


def _reasons(entry, change, old, new, language, count):
    """Why the words may not be saved; the entry stays as it is."""
    if new != old and digest_of(old) != change.seen:
        return [explain_conflict(old)]
    if len(new) != (count if entry.msgid_plural else 1):
        return list(explain(EntryFault("plural forms", "")))
    if any(map(_is_unprintable, "".join(new))):
        return [explain_unprintable()]
    trial = copy(entry)
    put(trial, new)
    faults = entry_faults(trial, language, count)
    return list(dict.fromkeys(reason for fault in faults for reason in explain(fault)))


def _is_unprintable(character):
    return character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")


def _report(catalogue, entry, old, was_doubtful, user):
    """Tell the log, and whoever listens to rosetta."""
    logger.info(
        "%s changed the %s words for %r in %s: %r is now %r",
        user,
        catalogue.language,
        entry.msgid,
        catalogue.path,
        old,
        forms_of(entry),
    )
    entry_changed.send(
        sender=entry,
        user=user,
        old_msgstr=old[0] if old else "",
        old_fuzzy=was_doubtful,
        pofile=str(catalogue.path),
        language_code=catalogue.language,
    )
