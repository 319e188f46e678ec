"""Saving of translations into a catalogue: validated one by one, merged, written atomically."""

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

from diptych.articles.caching.versions import invalidate_tags
from diptych.articles.interface_texts.catalogues import (
    entries_by_key,
    forms_needed,
    set_translation,
    translation_digest,
    write_catalogue,
)
from diptych.articles.interface_texts.models import TextChange
from diptych.articles.interface_texts.unconfirmed import discard
from diptych.articles.interface_texts.validation import (
    EntryProblem,
    apply_typography,
    entry_problems,
    forms_of,
)
from diptych.articles.languages.config.background import after_commit

logger = logging.getLogger(__name__)

PROBLEMS = {
    "empty": gettext_lazy("There are no words here. A plural needs all its forms."),
    "plural forms": gettext_lazy("A plural needs all its forms."),
    "stray mark": gettext_lazy("Write “%(superfluous)s” twice: by itself it begins a placeholder."),
    "quotes": gettext_lazy("Use typographic quotation marks: straight ones break the page."),
    "narrow space before": gettext_lazy("“%(superfluous)s” needs a space before it: “%(around)s”."),
    "narrow space after": gettext_lazy("“%(superfluous)s” needs a space after it: “%(around)s”."),
    "space before": gettext_lazy("“%(superfluous)s” needs a space before it: “%(around)s”."),
    "apostrophe": gettext_lazy("Use a typographic apostrophe: “%(around)s”."),
}

WRITE_ERRORS = {
    errno.EROFS: gettext_lazy("the file system is read-only"),
    errno.EACCES: gettext_lazy("the server has no right to write there"),
    errno.EPERM: gettext_lazy("the server has no right to write there"),
    errno.ENOSPC: gettext_lazy("the disk is full"),
}


@dataclass(frozen=True)
class Change:
    """A translation as typed, and the digest of the translation that the form showed.

    A former translation is written as it was, ``fuzzy`` or not: only a conflict refuses it.
    """

    key: str
    forms: tuple
    seen: str
    is_former: bool = False
    fuzzy: bool = False


@dataclass(frozen=True)
class Replacement:
    """A replaced text and the new one; both are lists of plural forms."""

    key: str
    source: str
    before: list
    was_fuzzy: bool
    after: list


@dataclass
class Outcome:
    """The outcome of each change.

    ``replaced`` lists the changes written to the file, ``saved`` maps keys to forms, ``refused``
    maps keys to reasons, ``gone`` lists changes of entries that are no longer in the catalogue.
    With a ``write_error``, ``saved`` holds the valid changes that were not written.
    """

    replaced: list = field(default_factory=list)
    saved: dict = field(default_factory=dict)
    refused: dict = field(default_factory=dict)
    gone: list = field(default_factory=list)
    write_error: OSError | None = None

    @property
    def is_validated(self):
        return bool(self.saved or self.refused or self.gone)


def save_and_record(catalogue, changes, user):
    """:func:`save`, and store what was replaced; pages that have these texts are made anew.

    What waited to be confirmed there is deleted, unless a former text was restored.
    """
    outcome = save(catalogue, changes, user)
    if outcome.replaced:
        # The texts are in the file already, even if the database fails.
        after_commit(invalidate_tags, f"texts:{catalogue.language}")
        after_commit(TextChange.objects.record, catalogue, outcome.replaced, user)
    if not outcome.write_error:
        unsettled = {*outcome.refused, *(each.key for each in outcome.gone)}
        settled = {each.key for each in changes if not each.is_former} - unsettled
        after_commit(discard, catalogue, settled)
    return outcome


def save(catalogue, changes, user):
    """Write the valid changes into a :class:`SiteCatalogue`; return the :class:`Outcome`.

    The folder is locked from reading the file to replacing it, so changes saved by others in the
    meantime are kept.
    """
    outcome = Outcome()
    try:
        with _locked(catalogue.path.parent):
            file = catalogue.read()
            merged = _merge(file, changes, catalogue.language, outcome)
            if merged:
                write_catalogue(catalogue.path, file)
    except OSError as error:
        outcome.write_error = error
        logger.warning("%s could not write %s: %s", user, catalogue.path, error)
        if not outcome.is_validated:
            _merge(catalogue.read(), changes, catalogue.language, outcome)
        return outcome
    outcome.replaced = merged
    for each in merged:
        logger.info(
            "%s changed the %s translation of %r in %s: %r is now %r",
            user,
            catalogue.language,
            each.source,
            catalogue.path,
            each.before,
            each.after,
        )
    return outcome


@contextmanager
def _locked(folder):
    """Lock a folder itself, as the files in it are replaced."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        locks.lock(descriptor, locks.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _merge(file, changes, language, outcome):
    """Put the valid changes into ``file``; return a :class:`Replacement` for each."""
    entries = entries_by_key(file)
    merged = []
    for change in changes:
        entry = entries.get(change.key)
        if entry is None:
            outcome.gone.append(change)
            continue
        old, new, was_fuzzy = forms_of(entry), _forms_to_write(change, language), entry.fuzzy
        if new == old and was_fuzzy == change.fuzzy:
            continue
        if reasons := _reasons(entry, change, new, language, forms_needed(entry, file)):
            outcome.refused[change.key] = reasons
            continue
        set_translation(entry, new)
        if change.fuzzy:
            entry.flags.append("fuzzy")
        outcome.saved[change.key] = new
        merged.append(Replacement(change.key, entry.msgid, old, was_fuzzy, new))
    return merged


def with_outer_breaks_of(entry, text):
    """Let a text begin and end with a line break where its source does, as gettext demands."""
    source = entry.msgid_plural or entry.msgid
    if text and source.startswith("\n") != text.startswith("\n"):
        text = f"\n{text}" if source.startswith("\n") else text.lstrip()
    if text and source.endswith("\n") != text.endswith("\n"):
        text = f"{text}\n" if source.endswith("\n") else text.rstrip()
    return text


def form_labels(count):
    """List the numbers that each of ``count`` plural forms is for."""
    if count == 2:
        return [_("for one"), _("for several")]
    return [_("form %(number)s") % {"number": number + 1} for number in range(count)]


def _forms_to_write(change, language):
    if change.is_former:
        return list(change.forms)
    return [apply_typography(form, language) for form in change.forms]


def _reasons(entry, change, new, language, count):
    """List why the new forms may not be saved; the entry is not changed."""
    old = forms_of(entry)
    if new != old and translation_digest(old) != change.seen:
        return [_explain_conflict(old)]
    if change.is_former and len(new) == count:
        return []
    return faults_of(entry, new, language, count)


def faults_of(entry, forms, language, count):
    """List what is wrong with ``forms`` as the translation of an entry that needs ``count``."""
    if len(forms) != count:
        return list(_explain(EntryProblem("plural forms", "")))
    if any(map(_is_unprintable, "".join(forms))):
        return [_("It contains a character that cannot be printed.")]
    trial = copy(entry)
    set_translation(trial, forms)
    problems = entry_problems(trial, language, count)
    return list(dict.fromkeys(reason for problem in problems for reason in _explain(problem)))


def _is_unprintable(character):
    return character not in "\n\t" and unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")


# Reasons in the language of the interface


def _explain(problem):
    pieces = {
        "missing": " ".join(problem.missing),
        "superfluous": " ".join(problem.superfluous),
        "around": problem.around,
    }
    if problem.kind in PROBLEMS:
        yield PROBLEMS[problem.kind] % pieces
        return
    if problem.missing:
        yield _("%(missing)s is missing; copy it from the source as it is.") % pieces
    if problem.superfluous:
        yield _("%(superfluous)s is not in the source; take it out.") % pieces


def _explain_conflict(forms):
    return _(
        "Somebody else has changed these words in the meantime, to “%(words)s”. "
        "Save again to put yours in their place."
    ) % {"words": " / ".join(forms)}


def explain_write_error(error):
    """Return why a file could not be written."""
    return str(WRITE_ERRORS.get(error.errno) or error.strerror or error)
