"""Send the open passages of a page to a machine, in the background, and take its answers.

A text is marked as sent before it is: what is broken off then is reported, and not sent again by
itself. What is answered is stored at once, and written into the draft at the end, as texts that
somebody has to confirm.
"""

import json
import logging
import time
import uuid
from dataclasses import asdict
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from diptych.articles.languages.config.background import after_commit, on_backend
from diptych.articles.languages.permissions.policy import can
from diptych.articles.languages.translations.copying import start_translation
from diptych.articles.translation_tools import site_texts
from diptych.articles.translation_tools.exporting import original_of
from diptych.articles.translation_tools.importing import TAKEN, Refused, take
from diptych.articles.translation_tools.machine import limits, markup, setting
from diptych.articles.translation_tools.machine.interface import (
    LONGEST,
    Busy,
    MachineError,
    Text,
    within,
)
from diptych.articles.translation_tools.machine.models import MachineDraft, MachineText
from diptych.articles.translation_tools.machine.passages import open_passages
from diptych.articles.translation_tools.machine.undoing import (
    PageLocked,
    newest_draft,
    standing_of,
    with_written,
)
from diptych.articles.translation_tools.translation_file import Entry, TranslationFile

logger = logging.getLogger(__name__)

#: The queue of its own that a project may have.
BACKEND = "machine"
PERMISSION = "diptych_translation_tools.send_to_machine"
#: The entries in the history of a page.
SENT, DRAFTED = "diptych.send_to_machine", "diptych.machine_draft"
#: A task goes on with another request for so long, in seconds; then another task does.
PART = 2
#: How often a machine that takes no requests is asked.
ATTEMPTS = 3

State, TextState = MachineDraft.State, MachineText.State


class NotSendable(Exception):
    """Nothing is sent; the text says why."""


def can_send(user, page, language):
    """Whether ``user`` may send texts of ``page`` to a machine for their translation."""
    return can_send_for(user, language) and page.permissions_for_user(user).can_edit()


def can_send_for(user, language):
    """Whether ``user`` may send texts to a machine for translating them into ``language``."""
    return (
        user is not None
        and user.is_active
        and user.has_perm(PERMISSION)
        and can(user, "edit", language)
    )


def origin_of(engine):
    """What a page says of texts that came from a machine and that nobody has confirmed."""
    return f"machine · {engine}"


@transaction.atomic
def begin(page, language, user, provider, keys=(), is_start=False):
    """Have the open passages of the newest draft of ``page`` drafted, in the units ``keys`` or all.

    Returns the :class:`MachineDraft`, that which is under way if there is one; raises
    :class:`NotSendable`.
    """
    try:
        draft = newest_draft(page, user)
    except PageLocked as error:
        raise NotSendable(_("The page is locked.")) from error
    work = MachineDraft.objects.filter(page_id=draft.pk, language=language)
    if other := under_way(work):
        return other
    passages = open_passages(draft, language, keys).found
    if not passages:
        raise NotSendable(_("There is nothing to translate here."))
    if limits.characters_in(provider, passages) > limits.MOST_CHARACTERS:
        message = _("These are more than %(count)s characters: choose single passages.")
        raise NotSendable(message % {"count": limits.most_characters()})
    run = MachineDraft(
        page_id=draft.pk,
        language=language,
        source_language=draft.source_language,
        engine=provider.name[:100],
        started_by=user,
        is_start=is_start,
    )
    return start(run, [(draft, passages)], provider)


def start(run, parts, provider):
    """Store ``run`` with its texts, within a transaction, and have it run.

    ``parts`` are pairs: an object whose history says what is sent of it, and its passages.
    """
    run.save()
    passages = [each for _instance, some in parts for each in some]
    MachineText.objects.bulk_create(_row(run, provider, each) for each in passages)
    for instance, some in parts:
        log_sent(instance, some, run.language, provider, run.started_by)
    _queue(run)
    return run


def log_sent(instance, passages, language, provider, user):
    """Note in the history of ``instance`` that its ``passages`` are sent."""
    data = {
        "language": language,
        "engine": provider.name[:100],
        "texts": len(passages),
        "characters": limits.characters_in(provider, passages),
    }
    log(instance=instance, action=SENT, user=user, data=data)


def _queue(run, later=None):
    """Have ``run`` run in the background; what cannot be queued is taken up by the timer."""
    work = on_backend(run_draft, BACKEND)
    if later is None:
        after_commit(work.enqueue, run.pk)
    elif work.get_backend().supports_defer:
        after_commit(work.using(run_after=later).enqueue, run.pk)


def under_way(drafts):
    """That of ``drafts`` that waits or runs; one that nothing takes up any more is stopped."""
    known = drafts.filter(state__in=[State.WAITING, State.RUNNING])
    if found := known.under_way().first():
        return found
    known.update(state=State.STOPPED, error=_("It was broken off."))
    return None


def _row(run, provider, passage):
    text = asdict(passage.text)
    same = (passage.text.markup, passage.text.old_source, passage.text.old_translation)
    decides = [
        *(type(provider).__name__, provider.name, provider.tone, provider.decisive_options),
        *(run.source_language, run.language, *same, passage.text.terms),
    ]
    return MachineText(
        draft=run,
        entry=passage.entry,
        key=passage.key,
        label=passage.label[:255],
        text=text,
        digest=sha256(json.dumps(decides).encode()).hexdigest(),
    )


# In the background


@task()
def run_draft(pk):
    """Send what waits of a :class:`MachineDraft`, and write what is answered."""
    claim, now = uuid.uuid4(), timezone.now()
    is_due = Q(not_before=None) | Q(not_before__lte=now)
    waiting = MachineDraft.objects.filter(is_due, pk=pk, state=State.WAITING)
    if not waiting.update(state=State.RUNNING, claim=claim, heard_at=now, not_before=None):
        return
    run = MachineDraft.objects.select_related("page", "started_by").get(pk=pk)
    with translation.override(_language_of(run.started_by)):
        _Sending(run).send()


def resume(**kwargs):
    """Take up drafts that were broken off or put off: a receiver of ``work_due``."""
    for run in MachineDraft.objects.broken_off().select_related("started_by"):
        with translation.override(_language_of(run.started_by)), transaction.atomic():
            if _own(run).update(state=State.WAITING, claim=None, not_before=timezone.now()):
                reason = _("It was broken off after this was sent, and no answer was stored.")
                run.texts.filter(state=TextState.SENT).update(state=TextState.FAILED, reason=reason)
    for run in MachineDraft.objects.left_waiting():
        _queue(run)


def _language_of(user):
    """The language in which ``user`` reads the admin."""
    if user is None:
        return settings.LANGUAGE_CODE
    return UserProfile.get_for_user(user).get_preferred_language()


def _own(run):
    """The row of a run, while no other task has taken it over."""
    return MachineDraft.objects.filter(pk=run.pk, claim=run.claim, state=State.RUNNING)


def _may_go_on(run):
    """Whether whoever started ``run`` may still send its texts."""
    if run.page_id is not None:
        return can_send(run.started_by, run.page.specific, run.language)
    is_known = run.catalogue is None or site_texts.is_installed()
    return is_known and can_send_for(run.started_by, run.language)


class _Sending:
    """One task of a run."""

    def __init__(self, run):
        self.run, self.begun_at = run, time.monotonic()

    @property
    def seconds(self):
        return time.monotonic() - self.begun_at

    def send(self):
        try:
            self.provider = setting.provider()
            if not _may_go_on(self.run):
                raise NotSendable(_("Whoever started it may not send texts to a machine any more."))
        except setting.BadSetting as fault:
            self._stop(str(fault))
            return
        except NotSendable as refusal:
            self._give_up(str(refusal))
            return
        while batch := self._next():
            if self.seconds > PART:
                if _own(self.run).update(state=State.WAITING, claim=None):
                    _queue(self.run)
                return
            if not self._claim(batch) or not self._ask(batch):
                return
        self._finish(State.DONE, "")

    def _next(self):
        """The next texts of one request, each once; answers that are known need none."""
        batch, known, characters = [], {}, 0
        for row in self.run.texts.filter(state=TextState.WAITING):
            if row.digest in known or self._is_answered(row):
                continue
            count = self.provider.characters_of(Text(**row.text))
            is_full = len(batch) >= self.provider.most_texts
            if batch and (is_full or characters + count > self.provider.most_characters):
                break
            batch.append(row)
            known[row.digest] = row
            characters += count
        return batch

    def _is_answered(self, row):
        """Use the answer to the same text, if one is stored."""
        states = (TextState.ANSWERED, TextState.TAKEN)
        same = MachineText.objects.filter(digest=row.digest, state__in=states).exclude(answer="")
        known = same.order_by("-pk").values_list("answer", flat=True).first()
        if known is not None:
            row.answer, row.state = known, TextState.ANSWERED
            row.save(update_fields=["answer", "state"])
        return known is not None

    def _claim(self, batch):
        """Mark ``batch`` as sent; ``False`` if another task has taken over."""
        with transaction.atomic():
            if not _own(self.run).update(heard_at=timezone.now()):
                return False
            self._mark(batch, TextState.SENT)
        return True

    def _mark(self, batch, state, reason=""):
        rows = MachineText.objects.filter(pk__in=[each.pk for each in batch])
        rows.update(state=state, reason=reason)

    def _ask(self, batch):
        """Send ``batch`` and store its answers; ``False`` where the run ends here."""
        texts = [Text(**each.text) for each in batch]
        languages = self.run.source_language, self.run.language
        try:
            answers = within(LONGEST - self.seconds, self.provider.translate, texts, *languages)
            if not isinstance(answers, list) or len(answers) != len(batch):
                raise MachineError(_("The answer of the machine cannot be read."))
        except Busy as refusal:
            self._put_off(batch, refusal)
            return False
        except Exception as error:  # a provider of the project may raise anything
            if not isinstance(error, MachineError):
                logger.exception("The machine draft %s was stopped.", self.run.pk)
                error = MachineError(_("The machine cannot be used: see the log of the server."))
            self._mark(batch, TextState.FAILED, str(error))
            self._stop(str(error))
            return False
        self._store(batch, answers)
        return True

    def _store(self, batch, answers):
        for row, answer in zip(batch, answers, strict=True):
            is_text = isinstance(answer, str) and bool(answer.strip())
            row.answer = _storable(answer) if is_text else ""
            row.state = TextState.ANSWERED if is_text else TextState.FAILED
            row.reason = "" if is_text else _("The machine answered without a text.")
            # One that was given up meanwhile stays so; others in the page may have the same text.
            same = self.run.texts.filter(digest=row.digest)
            still = same.filter(state__in=[TextState.SENT, TextState.WAITING])
            still.update(answer=row.answer, state=row.state, reason=row.reason)

    def _put_off(self, batch, refusal):
        """Try again later, if the machine was not asked too often."""
        self._mark(batch, TextState.WAITING)
        attempts = self.run.attempts + 1
        if attempts >= ATTEMPTS:
            self._stop(str(refusal))
            return
        later = timezone.now() + timedelta(seconds=refusal.seconds)
        put_off = {"not_before": later, "attempts": attempts, "error": str(refusal)}
        _own(self.run).update(state=State.WAITING, claim=None, **put_off)
        _queue(self.run, later)

    def _give_up(self, reason):
        """End the run and take nothing, as whoever started it may not write it any more."""
        left = self.run.texts.filter(state__in=[TextState.WAITING, TextState.ANSWERED])
        left.update(state=TextState.FAILED, reason=reason)
        _own(self.run).update(state=State.STOPPED, error=reason)

    def _stop(self, reason):
        """End the run; what is answered is taken nevertheless."""
        waiting = self.run.texts.filter(state=TextState.WAITING)
        waiting.update(
            state=TextState.FAILED, reason=_("Not sent: %(reason)s") % {"reason": reason}
        )
        self._finish(State.STOPPED, reason)

    def _finish(self, state, error):
        try:
            with transaction.atomic():
                if not _own(self.run).update(heard_at=timezone.now()):
                    return
                write_answers(self.run)
                self.run.state, self.run.error = state, error
                self.run.save(update_fields=["state", "error", "before"])
        except Exception:  # whatever it is, somebody waits for the end
            logger.exception("The machine draft %s could not be written.", self.run.pk)
            error = _("The answers could not be written into the draft.")
            answered = self.run.texts.filter(state=TextState.ANSWERED)
            answered.update(state=TextState.FAILED, reason=error)
            _own(self.run).update(state=State.STOPPED, error=error)


def _storable(answer):
    """``answer`` without what no database stores: null characters and halves of pairs."""
    return answer.replace("\0", "").encode("utf-8", "replace").decode()


def write_answers(run):
    """Write the answers of a run where they belong, and store what became of each."""
    if run.page_id is not None:
        _write_into_draft(run)
        return
    if run.catalogue is None:
        from diptych.articles.translation_tools.image_texts import batches as drafting
    else:
        from diptych.articles.translation_tools.site_texts import drafting

    drafting.write_answers(run)


def _write_into_draft(run):
    rows = list(run.texts.filter(state=TextState.ANSWERED))
    entries = [entry for row in rows if (entry := _entry_of(row)) is not None]
    try:
        draft = newest_draft(run.page.specific, run.started_by)
    except PageLocked:
        _fail(entries, rows, _("The page is locked."))
        return
    if run.is_start:
        start_translation(draft, run.language, with_text=False)
    before = standing_of(draft, run.language, list(dict.fromkeys(row.key for row in rows)))
    units = [("", "", entries)]
    file = TranslationFile(original_of(draft), run.source_language, run.language, units=units)
    report = take(draft, file, origin_of(run.engine))
    found = {each.id: each for each in report.rows}
    for row in rows:
        if row.state == TextState.ANSWERED:
            note(row, found[row.entry])
    MachineText.objects.bulk_update(rows, ["state", "reason"])
    if taken := report.counts[TAKEN]:
        run.before = with_written(before, draft, run.language)
        revision = draft.save_revision(user=run.started_by, clean=False)
        data = {"language": run.language, "engine": run.engine, "taken": taken}
        log(instance=draft, action=DRAFTED, user=run.started_by, revision=revision, data=data)


def _entry_of(row):
    """The segment of an answer; ``None``, with the reason in ``row``, if it is refused."""
    try:
        target = markup.read(row.answer)
    except Refused as refusal:
        row.state, row.reason = TextState.FAILED, str(refusal)
        return None
    return Entry(row.entry, markup.read(row.text["markup"]), target)


def _fail(entries, rows, reason):
    names = {each.id for each in entries}
    for row in rows:
        if row.entry in names:
            row.state, row.reason = TextState.FAILED, reason
    MachineText.objects.bulk_update(rows, ["state", "reason"])


def note(row, result):
    """Store in a row what became of its answer, as the report says."""
    if result.status == TAKEN:
        row.state, row.reason = TextState.TAKEN, ""
        return
    row.state = TextState.FAILED
    row.reason = result.reason or _("The machine gives the text that stands there.")
