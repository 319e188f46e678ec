"""Takes translation memories of other programs into the concordance."""

import logging
import re
from collections import deque
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
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
from diptych.articles.translation_tools.concordance.taking import Taking
from diptych.articles.translation_tools.concordance.tmx_reading import units
from diptych.articles.translation_tools.concordance.updating import BACKEND, write
from diptych.articles.translation_tools.formats.reading import FileRefused

logger = logging.getLogger(__name__)

#: Units that are compared and stored at a time.
PART = 500
#: The fewest rows that are deleted at a time, and the seconds of the processor that it should take.
SMALLEST, LONGEST = 20, 0.06


def name_of_file(name):
    """The name of a memory that comes in the file ``name``."""
    return re.sub(r"\.tmx$|\0", "", name, flags=re.IGNORECASE).strip()[:LONGEST_NAME] or "TMX"


@transaction.atomic
def take(stream, languages, name, user=None, *, is_dry=False, most=None):
    """Take the units of a TMX file in two ``languages`` into the memory ``name``.

    Pairs that the memory has already are left as they are, so that a file can be taken in again;
    corrected ones are replaced. Returns a :class:`Report`; raises :class:`FileRefused`, before
    anything is stored. ``is_dry`` stores nothing; of more than ``most`` units none is taken.
    """
    memory = TranslationMemory.objects.filter(name=name).first()
    is_new = memory is None
    if is_new and not is_dry:
        memory = TranslationMemory.objects.create(name=name, taken_at=timezone.now())
    reading, taking = units(stream, *languages), Taking(memory, languages)
    while part := list(islice(reading, PART)):
        if most is not None and part[-1].number > most:
            message = _("The file has more than %(count)s texts.")
            raise FileRefused(message % {"count": number_format(most, force_grouping=True)})
        new = taking.new_pairs(part)
        if not is_dry:
            MemoryPair.objects.bulk_create(new)
    replaced = taking.replaced()
    if not is_dry:
        for start in range(0, len(replaced), PART):
            MemoryPair.objects.filter(pk__in=replaced[start : start + PART]).delete()
        _finish(memory, is_new, taking.report, user)
    return taking.report


def _finish(memory, is_new, report, user):
    """Note what was taken, which waits to be indexed; an empty new memory is not kept."""
    if not report.changes:
        if is_new:
            memory.delete()
        return
    memory.taken_at, memory.is_indexed = timezone.now(), False
    memory.save(update_fields=["taken_at", "is_indexed"])
    log(memory, "wagtail.create" if is_new else "wagtail.edit", user=user, content_changed=True)


# Indexing


def index(memory):
    """Write the aligned texts of all pairs of a memory; yields how many change, part by part."""
    last, is_last = 0, False
    while not is_last:
        part = list(memory.pairs.filter(pk__gt=last).order_by("pk")[:PART])
        is_last = len(part) < PART
        # Those of pairs that were replaced stand between those of the others.
        known = AlignedText.objects.filter(memory=memory, group__lt=-last)
        if not is_last:
            last = part[-1].pk
            known = known.filter(group__gte=-last)
        yield _index_part(memory, part, known)
    taken = TranslationMemory.objects.filter(pk=memory.pk, taken_at=memory.taken_at)
    taken.update(is_indexed=True)


@transaction.atomic
def _index_part(memory, pairs, known):
    """Make the ``known`` texts of a memory that nobody deletes meanwhile those of some pairs.

    Their groups are negative.
    """
    if not TranslationMemory.objects.select_for_update().filter(pk=memory.pk):
        return 0
    wanted = {}
    for pair in pairs:
        written_at = pair.written_at
        texts = {pair.language: pair.text, pair.other_language: pair.other_text}
        for language, text in texts.items():
            wanted[-pair.pk, language] = Written(text, False, translated_at=written_at)
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
