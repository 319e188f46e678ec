"""Takes translation memories of other programs into the concordance."""

import logging
import re
from collections import Counter, deque
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.log_actions import log

from diptych.articles.languages.config.background import after_commit, on_backend
from diptych.articles.languages.config.pauses import fitting_size, with_pause
from diptych.articles.translation_tools.concordance.models import (
    LONGEST_NAME,
    AlignedText,
    MemoryPair,
    TranslationMemory,
)
from diptych.articles.translation_tools.concordance.passages import Written
from diptych.articles.translation_tools.concordance.tmx_reading import units
from diptych.articles.translation_tools.concordance.updating import BACKEND, write
from diptych.articles.translation_tools.formats.reading import FileRefused

logger = logging.getLogger(__name__)

TAKEN, UNCHANGED, REFUSED = "taken", "unchanged", "refused"
#: Units that are compared and stored at a time, and refused ones that a report has.
PART, SHOWN = 500, 200
#: The fewest rows that are deleted at a time, and the seconds of the processor that it should take.
SMALLEST, LONGEST = 20, 0.06


@dataclass
class Report:
    """How many units of a file are taken, unchanged or refused, and the first refused ones."""

    counts: Counter = field(default_factory=Counter)
    refused: list = field(default_factory=list)


def name_of_file(name):
    """The name of a memory that comes in the file ``name``."""
    return re.sub(r"\.tmx$|\0", "", name, flags=re.IGNORECASE).strip()[:LONGEST_NAME] or "TMX"


@transaction.atomic
def take(stream, languages, name, user=None, *, is_dry=False, most=None):
    """Take the units of a TMX file in two ``languages`` into the memory ``name``.

    Pairs that the memory has already are left as they are, so that a file can be taken in again.
    Returns a :class:`Report`; raises :class:`FileRefused`, before anything is stored. ``is_dry``
    stores nothing; of more than ``most`` units none is taken.
    """
    memory = TranslationMemory.objects.filter(name=name).first()
    is_new = memory is None
    report, seen, last = Report(), set(), 0
    if is_new and not is_dry:
        memory = TranslationMemory.objects.create(name=name, taken_at=timezone.now())
    reading = units(stream, *languages)
    while part := list(islice(reading, PART)):
        last = part[-1].number
        if most is not None and last > most:
            raise FileRefused(_("The file has more than %(count)s texts.") % {"count": most})
        pairs = _new_pairs(part, languages, memory, report, seen)
        if not is_dry:
            MemoryPair.objects.bulk_create(pairs)
    if not is_dry:
        _finish(memory, is_new, report, user)
    return report


def _finish(memory, is_new, report, user):
    """Note what was taken, which waits to be indexed; an empty new memory is not kept."""
    if not report.counts[TAKEN]:
        if is_new:
            memory.delete()
        return
    memory.taken_at, memory.is_indexed = timezone.now(), False
    memory.save(update_fields=["taken_at", "is_indexed"])
    log(memory, "wagtail.create" if is_new else "wagtail.edit", user=user, content_changed=True)


def _new_pairs(part, languages, memory, report, seen):
    """The pairs of some units that the memory lacks; counts all of them."""
    fresh = {}
    for unit in part:
        if unit.reason:
            report.counts[REFUSED] += 1
            report.refused += [unit][: SHOWN - len(report.refused)]
            continue
        key = _key(languages, unit)
        if key not in seen:
            fresh[key] = unit
        seen.add(key)
        report.counts[UNCHANGED] += 1
    if memory is not None:
        for key in memory.pairs.filter(key__in=list(fresh)).values_list("key", flat=True):
            del fresh[key]
    report.counts.update({TAKEN: len(fresh), UNCHANGED: -len(fresh)})
    return [
        MemoryPair(
            memory=memory,
            language=languages[0],
            text=unit.text,
            other_language=languages[1],
            other_text=unit.other_text,
            written_at=unit.written_at,
            key=key,
        )
        for key, unit in fresh.items()
    ]


def _key(languages, unit):
    texts = sorted(zip(languages, (unit.text, unit.other_text), strict=True))
    joined = "\0".join(part for pair in texts for part in pair)
    return sha256(joined.encode()).hexdigest()[:32]


# Indexing


def index(memory):
    """Write the aligned texts of all pairs of a memory; yields how many are new, part by part."""
    last = 0
    while part := list(memory.pairs.filter(pk__gt=last).order_by("pk")[:PART]):
        last = part[-1].pk
        yield _index_part(memory, part)
    taken = TranslationMemory.objects.filter(pk=memory.pk, taken_at=memory.taken_at)
    taken.update(is_indexed=True)


@transaction.atomic
def _index_part(memory, pairs):
    """Index some pairs of a memory that nobody deletes meanwhile; their groups are negative."""
    kept = TranslationMemory.objects.select_for_update().filter(pk=memory.pk)
    wanted = {}
    for pair in pairs if kept else ():
        written_at = pair.written_at
        texts = {pair.language: pair.text, pair.other_language: pair.other_text}
        for language, text in texts.items():
            wanted[-pair.pk, language] = Written(text, False, translated_at=written_at)
    known = AlignedText.objects.filter(memory=memory, group__in=[-each.pk for each in pairs])
    stored = {(each.group, each.language): each for each in known}
    owners = {language: {"memory": memory} for _group, language in wanted}
    return write(wanted, stored, owners)


def forget_deleted():
    """Delete the pairs and the aligned texts of memories that are no more, part by part."""
    kept = TranslationMemory.objects.values("pk")
    for objects in (AlignedText.objects.filter(memory__isnull=False), MemoryPair.objects.all()):
        orphans, last, size = objects.exclude(memory__in=kept).order_by("pk"), 0, SMALLEST
        while part := list(orphans.filter(pk__gt=last).values_list("pk", flat=True)[:size]):
            last = part[-1]
            took = with_pause(objects.filter(pk__in=part).delete)
            size = fitting_size(len(part), took, LONGEST, SMALLEST, PART)


def index_waiting(**kwargs):
    """Index the memories that wait, and forget those deleted. A receiver of ``work_due``."""
    forget_deleted()
    for memory in TranslationMemory.objects.filter(is_indexed=False):
        try:
            deque(index(memory), maxlen=0)
        except Exception:
            logger.exception("The translation memory %s could not be indexed.", memory.pk)


@task()
def index_memories():
    """Do what waits, after a memory was taken in or deleted."""
    index_waiting()


def index_soon():
    """Have what waits done in the background, after the transaction."""
    after_commit(on_backend(index_memories, BACKEND).enqueue)
