"""Have the open texts of a catalogue drafted by a machine; its answers wait to be confirmed."""

import re

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from diptych.articles.interface_texts.catalogues import context_of, translation_digest
from diptych.articles.interface_texts.site_catalogues import UnreadableCatalogue, catalogues_in
from diptych.articles.interface_texts.unconfirmed import discard, forms_waiting
from diptych.articles.interface_texts.validation import PLACEHOLDERS, TAGS
from diptych.articles.translation_tools.formats.reading import FileRefused
from diptych.articles.translation_tools.glossary.matching import Glossary
from diptych.articles.translation_tools.importing import TAKEN, Refused, refused_report
from diptych.articles.translation_tools.machine import drafting, markup
from diptych.articles.translation_tools.machine.interface import Text
from diptych.articles.translation_tools.machine.limits import fitting, too_long
from diptych.articles.translation_tools.machine.models import MachineDraft, MachineText
from diptych.articles.translation_tools.machine.passages import OpenPassage
from diptych.articles.translation_tools.machine.undoing import ACTION as UNDONE
from diptych.articles.translation_tools.segments import Code
from diptych.articles.translation_tools.site_texts.importing import take
from diptych.articles.translation_tools.site_texts.texts import (
    SOURCE_LANGUAGE,
    entry_id,
    original_of,
    texts_of,
)
from diptych.articles.translation_tools.translation_file import Entry, TranslationFile

#: What a translation has to keep as it is.
KEPT = re.compile(f"{TAGS.pattern}|{PLACEHOLDERS.pattern}")
TAG_NAME = re.compile(r"</?[a-zA-Z][\w-]*")
DUE = ("initial", "outdated")


def open_texts(catalogue, provider, source=SOURCE_LANGUAGE):
    """``(OpenPassages, left)``: the texts to be drafted from ``source`` that one draft sends.

    There is an :class:`OpenPassage` for each of their forms. Those that readers see come first,
    those of the administration once none of these can be sent. ``left`` counts the texts that are
    left for other drafts.
    """
    due, glossary = due_texts(catalogue, source), Glossary.current()
    languages = source, catalogue.language

    def passages_of(text):
        return [_passage(text, n, languages, glossary) for n in range(len(text.sources))]

    for_readers = [each for each in due if each.is_for_readers]
    others = [each for each in due if not each.is_for_readers]
    fit, left = fitting(for_readers, passages_of, provider)
    if fit.found:
        return fit, left + len(others)
    more, left = fitting(others, passages_of, provider)
    more.refused = [*fit.refused, *more.refused]
    return more, left


def due_texts(catalogue, source=SOURCE_LANGUAGE):
    """The texts without words, or to be checked, for which nothing waits to be confirmed.

    Those without words in ``source`` are left out.
    """
    return [each for each in texts_of(catalogue, catalogue.read(), source) if each.state in DUE]


def _passage(text, number, languages, glossary):
    source = text.sources[number]
    terms = glossary.preferred(source, *languages)
    sent = Text(markup.written(pieces_of(source.strip())), context_of(text.entry), terms=terms)
    is_outdated = text.state == "outdated"
    return OpenPassage(entry_id(text, number), text.key, text.label, sent, source, is_outdated)


def pieces_of(text):
    """The strings of a text, and a :class:`Code` for each variable and tag in it."""
    pieces, open_, place = [], [], 0
    for number, found in enumerate(KEPT.finditer(text), start=1):
        pieces.append(text[place : found.start()])
        place, name = found.end(), (TAG_NAME.match(found[0]) or [""])[0]
        pieces.append(Code(number, "alone", name, found[0]))
        opening = f"<{name.removeprefix('</')}"
        starts = [at for at in open_ if pieces[at].name == opening] if name[:2] == "</" else []
        if starts:
            first = pieces[starts[-1]]
            pieces[starts[-1]] = Code(first.number, "start", name, first.html)
            pieces[-1] = Code(first.number, "end", name, found[0])
            open_ = open_[: open_.index(starts[-1])]
        elif name:
            open_.append(len(pieces) - 1)
    return [each for each in [*pieces, text[place:]] if each != ""]


def drafts_of(catalogue):
    """The :class:`MachineDraft` rows of a catalogue."""
    return MachineDraft.objects.filter(language=catalogue.language, catalogue=catalogue.number)


def begin(catalogue, user, provider, source=SOURCE_LANGUAGE):
    """Have the open texts of a catalogue drafted from ``source``.

    Returns the run, that under way if there is one. Raises :class:`NotSendable` and
    :class:`UnreadableCatalogue`.
    """
    work = drafts_of(catalogue)
    if other := drafting.under_way(work):
        return other
    fit, _left = open_texts(catalogue, provider, source)
    if not fit.found:
        reason = too_long() if fit.refused else _("There is nothing to translate here.")
        raise drafting.NotSendable(reason)
    run = MachineDraft(
        catalogue=catalogue.number,
        language=catalogue.language,
        source_language=source,
        engine=provider.name[:100],
        started_by=user,
    )
    try:
        with transaction.atomic():
            return drafting.start(run, [(run, fit.found)], provider)
    except IntegrityError:  # somebody else has started it at the same moment
        return work.under_way().get()


def catalogue_of(run):
    """The catalogue of a run, ``None`` where it is gone."""
    return dict(enumerate(catalogues_in(run.language))).get(run.catalogue)


def write_answers(run):
    """Have the answers of a run wait to be confirmed, and store what became of each."""
    catalogue = catalogue_of(run)
    rows = list(run.texts.filter(state=MachineText.State.ANSWERED))
    name = original_of(catalogue) if catalogue else ""
    source = run.source_language
    file = TranslationFile(name, source, run.language)
    try:
        if catalogue is None:
            raise FileRefused(_("The catalogue is not there any more."))
        texts = {each.key: each for each in texts_of(catalogue, catalogue.read(), source)}
        file.units = [("", "", [each for row in rows if (each := _entry_of(row, texts))])]
        report, _rows = take(catalogue, file, drafting.origin_of(run.engine))
    except (FileRefused, UnreadableCatalogue) as refusal:
        file.units = [("", "", [Entry(row.entry, ()) for row in rows])]
        report = refused_report(file, "", str(refusal))
    found = {each.id.partition(":")[0]: each for each in report.rows}
    for row in rows:
        if row.state == MachineText.State.ANSWERED:
            drafting.note(row, found[row.key])
    MachineText.objects.bulk_update(rows, ["state", "reason"])
    if taken := [key for key, each in found.items() if each.status == TAKEN]:
        waiting = forms_waiting(catalogue, taken)
        run.before = {key: translation_digest(forms) for key, forms in waiting.items()}
        data = {"language": run.language, "engine": run.engine, "taken": len(taken)}
        log(instance=run, action=drafting.DRAFTED, user=run.started_by, data=data)


def _entry_of(row, texts):
    """The answer as an entry with its variables; ``None``, with the reason, if it is refused."""
    number = int(row.entry.split(":")[1])
    sources = texts[row.key].sources if row.key in texts else []
    source = sources[number] if number < len(sources) else ""
    try:
        return Entry(row.entry, (source,), (_with_variables(row.answer, source),))
    except Refused as refusal:
        row.state, row.reason = MachineText.State.FAILED, str(refusal)
        return None


def _with_variables(answer, source):
    """The words of an answer with the variables and tags of ``source`` for its codes."""
    codes = [each for each in pieces_of(source) if isinstance(each, Code)]
    known = {(each.number, each.part): each.html for each in codes}
    words = [
        each if isinstance(each, str) else known.get((each.number, each.part))
        for each in markup.read(answer)
    ]
    if None in words:
        raise Refused(_("It has a code that is not in the source."))
    return "".join(words)


@transaction.atomic
def undo(run, user):
    """Take back what waits of a run; returns ``(how many texts, how many were confirmed)``."""
    catalogue = catalogue_of(run)
    waiting = forms_waiting(catalogue, run.before) if catalogue else {}
    due = [key for key, forms in waiting.items() if translation_digest(forms) == run.before[key]]
    if due:
        discard(catalogue, due)
        data = {"language": run.language, "engine": run.engine, "units": len(due)}
        log(instance=run, action=UNDONE, user=user, data=data)
    run.state = MachineDraft.State.UNDONE
    run.save(update_fields=["state"])
    return len(due), len(run.before) - len(due)
