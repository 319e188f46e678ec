"""Have the texts that several images lack drafted by a machine; its answers wait in their forms."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from diptych.articles.images.models import UnconfirmedImageText
from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.translation_tools.glossary.matching import Glossary
from diptych.articles.translation_tools.image_texts.drafting import passage_of, plain
from diptych.articles.translation_tools.image_texts.files import ORIGINAL, import_file, texts_of
from diptych.articles.translation_tools.importing import TAKEN, Refused
from diptych.articles.translation_tools.machine import drafting, markup
from diptych.articles.translation_tools.machine.limits import fitting, too_long
from diptych.articles.translation_tools.machine.models import MachineDraft, MachineText
from diptych.articles.translation_tools.machine.passages import OpenPassages
from diptych.articles.translation_tools.machine.undoing import ACTION as UNDONE
from diptych.articles.translation_tools.translation_file import Entry, TranslationFile


@dataclass
class Batch:
    """The texts that one draft sends, and how many are left for others."""

    passages: OpenPassages
    left: int
    #: The draft under way that has texts of the same images.
    other: MachineDraft | None


def open_texts(images, source, language, provider):
    """The :class:`Batch` of the texts that ``images`` have in ``source`` only.

    Those that wait to be confirmed, or that another draft has sent, are left out.
    """
    sent = _under_way(language)
    glossary, due, other = Glossary.current(), [], None
    for each in texts_of(images, source, language):
        if each.key in sent:
            other = sent[each.key]
        elif not each.target:
            due.append(each)

    def passages_of(text):
        terms = glossary.preferred(text.source, source, language)
        return [passage_of(text.entry_id, text.key, text.label, text.source, terms)]

    return Batch(*fitting(due, passages_of, provider), other)


def drafts():
    """The :class:`MachineDraft` rows of images."""
    return MachineDraft.objects.filter(page=None, catalogue=None)


def _under_way(language):
    """The draft under way of each text into ``language``, by the key of the text."""
    work = {each.pk: each for each in drafts().under_way().filter(language=language)}
    rows = MachineText.objects.filter(draft__in=list(work))
    return {key: work[pk] for key, pk in rows.values_list("key", "draft")}


@transaction.atomic
def begin(images, source, language, user, provider):
    """Have the texts that ``images`` lack in ``language`` drafted from ``source``.

    Returns the run, one under way if that has all of them. Raises :class:`NotSendable`.
    """
    keys = sorted(each.pk for each in images)
    locked = get_image_model().objects.select_for_update().in_bulk(keys)
    images = {str(pk): each for pk, each in sorted(locked.items())}
    batch = open_texts(list(images.values()), source, language, provider)
    parts = {}
    for each in batch.passages.found:
        parts.setdefault(images[image_id(each.key)], []).append(each)
    if not parts and batch.other:
        return batch.other
    if not parts:
        is_long = batch.passages.refused
        raise drafting.NotSendable(
            too_long() if is_long else _("There is nothing to translate here.")
        )
    run = MachineDraft(
        language=language, source_language=source, engine=provider.name[:100], started_by=user
    )
    return drafting.start(run, parts.items(), provider)


def image_id(key):
    """The primary key of the image in the key of a text."""
    return key.partition(".")[0]


def images_of(run):
    """The images of a run, of those that are still there."""
    keys = set(run.texts.order_by().values_list("key", flat=True))
    return get_image_model().objects.filter(pk__in={id_in(image_id(each)) for each in keys})


def may_take_back(user, run):
    """Whether ``user`` may send texts into the language of ``run`` and change all its images."""
    if not drafting.can_send_for(user, run.language):
        return False
    policy = policy_registry.get_by_type(get_image_model())
    changeable = policy.instances_user_has_permission_for(user, "change")
    return not images_of(run).exclude(pk__in=changeable.order_by().values("pk")).exists()


def write_answers(run):
    """Have the answers of a run wait to be confirmed, and store what became of each."""
    rows = list(run.texts.filter(state=MachineText.State.ANSWERED))
    entries = {each.pk: entry for each in rows if (entry := _entry_of(each)) is not None}
    units = [("", "", list(entries.values()))]
    file = TranslationFile(ORIGINAL, run.source_language, run.language, units=units)
    history = drafting.DRAFTED, {"engine": run.engine}
    origin = drafting.origin_of(run.engine)
    report = import_file(file, origin, run.started_by, history=history)
    found = {each.id: each for each in report.rows}
    for row in rows:
        if row.pk in entries:
            drafting.note(row, found[row.entry])
            if found[row.entry].status == TAKEN:
                run.before[row.key] = entries[row.pk].target[0]
    MachineText.objects.bulk_update(rows, ["state", "reason"])


def _entry_of(row):
    """The answer as an entry; ``None``, with the reason in ``row``, if it is refused."""
    try:
        return Entry(row.entry, markup.read(row.text["markup"]), (plain(row.answer),))
    except Refused as refusal:
        row.state, row.reason = MachineText.State.FAILED, str(refusal)
        return None


@transaction.atomic
def undo(run, user):
    """Take back what waits of a run; returns ``(how many texts, how many were confirmed)``."""
    keys = {id_in(image_id(each)) for each in run.before}
    origin = drafting.origin_of(run.engine)[: UnconfirmedImageText.ORIGIN_LENGTH]
    same = UnconfirmedImageText.objects.filter(
        image__in=keys, language=run.language, origin=origin
    ).select_related("image")
    due = {}
    for row in same.select_for_update(of=("self",)):
        if run.before.get(f"{row.image_id}.{row.field}") == row.text:
            due.setdefault(row.image, []).append(row.pk)
    numbers = [each for some in due.values() for each in some]
    UnconfirmedImageText.objects.filter(pk__in=numbers).delete()
    for image, some in due.items():
        data = {"language": run.language, "engine": run.engine, "units": len(some)}
        log(instance=image, action=UNDONE, user=user, data=data)
    run.state = MachineDraft.State.UNDONE
    run.save(update_fields=["state"])
    return len(numbers), len(run.before) - len(numbers)
