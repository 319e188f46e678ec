"""Take back what a machine draft has written, as far as nobody has touched it since."""

from django.db import transaction
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log

from diptych.articles.languages.translations.comparing import compare
from diptych.articles.languages.translations.copying import emptied, write_unit
from diptych.articles.languages.translations.provenance import record_of, write_record
from diptych.articles.languages.translations.units import units_in
from diptych.articles.translation_tools.machine.models import MachineDraft

#: The entry in the history of a page.
ACTION = "diptych.undo_machine_draft"
#: The parts of the record of a translation that say something of single units.
PARTS = ("basis", "copied", "copied_passages", "same")


class PageLocked(Exception):
    """The page is locked, so that nothing is written."""


def newest_draft(page, user):
    """The newest draft of a page, whose row is locked from now on, with its rows in memory.

    Raises :class:`PageLocked` if ``user`` may not save it.
    """
    page.lock_row()
    draft = page.stored().get_latest_revision_as_object()
    lock = draft.get_lock()
    if lock is not None and lock.for_user(user):
        raise PageLocked
    for relation in get_all_child_relations(draft):
        getattr(draft, relation.get_accessor_name()).get_object_list()
    return draft


def standing_of(draft, language, keys):
    """By key, the stored value of each unit and what is recorded of it."""
    units, record = units_in(draft, language), record_of(draft, language)
    return {
        key: {
            "stored": units[key].stored if key in units else None,
            "record": {part: record[part][key] for part in PARTS if key in record.get(part, {})},
        }
        for key in keys
    }


def with_written(before, draft, language):
    """``before``, of those units that have another text now, with the fingerprint of that."""
    units = units_in(draft, language)
    return {
        key: {**was, "written": units[key].fingerprint}
        for key, was in before.items()
        if key in units and units[key].stored != was["stored"]
    }


@transaction.atomic
def undo(run, user):
    """Take back a machine draft; returns ``(how many units, how many stay)``.

    Units that were confirmed or edited since stay. Raises :class:`PageLocked`.
    """
    draft, language = newest_draft(run.page.specific, user), run.language
    places = {each.key: each for each in compare(draft, language)}
    due = [key for key, was in run.before.items() if _is_untouched(places.get(key), was)]
    for key in due:
        write_unit(draft, language, places[key].source, run.before[key]["stored"])
    if due:
        _restore_record(draft, language, {key: run.before[key]["record"] for key in due})
    if run.is_start:
        _remove_empty_start(draft, language)
    if due or run.is_start:
        revision = draft.save_revision(user=user, clean=False)
        data = {"language": language, "engine": run.engine, "units": len(due)}
        log(instance=draft, action=ACTION, user=user, revision=revision, data=data)
    run.state = MachineDraft.State.UNDONE
    run.save(update_fields=["state"])
    return len(due), len(run.before) - len(due)


def _is_untouched(place, was):
    if place is None or place.source is None or place.target is None:
        return False
    return place.is_unconfirmed and place.target.fingerprint == was["written"]


def _restore_record(draft, language, parts_by_key):
    record = dict(record_of(draft, language))
    for key, parts in parts_by_key.items():
        for part in PARTS:
            others = {other: each for other, each in record.get(part, {}).items() if other != key}
            record[part] = {**others, key: parts[part]} if part in parts else others
    write_record(draft, language, record)


def _remove_empty_start(draft, language):
    """Remove the blocks that came with the draft, as they came, if nothing has words."""
    source = units_in(draft, draft.source_language, rows=())
    units = units_in(draft, language, rows=())
    if any(each.has_words for each in units.values()):
        return
    for key, unit in units.items():
        original = source.get(key)
        if unit.is_block and original and unit.stored == emptied(original.block, original.stored):
            write_unit(draft, language, original, None)
