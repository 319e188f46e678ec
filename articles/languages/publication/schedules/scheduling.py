"""Schedules of single languages: setting dates and carrying them out."""

import logging

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, PageLogEntry

from diptych.articles.languages.config.dates import moment_in_words
from diptych.articles.languages.config.fields import (
    differing_columns,
    stored_value,
    written_columns,
)
from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.languages.config.signals import publication_refused
from diptych.articles.languages.models import LanguageSchedule, log_schedule, schedules_of
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.partial_publication import carry_over
from diptych.articles.languages.publication.readiness.gate import check_grades
from diptych.articles.languages.publication.readiness.grading import grade
from diptych.articles.languages.publication.schedules.snapshots import restore, snapshot
from diptych.articles.languages.publication.schedules.whole_page import AT_ITS_DATE
from diptych.articles.languages.translations.shared import keep_shared

logger = logging.getLogger(__name__)

PUBLISH, UNPUBLISH = LanguageSchedule.Act.PUBLISH, LanguageSchedule.Act.UNPUBLISH

#: Texts for lists, by act and whether it is overdue.
COMING = {
    (PUBLISH, False): gettext_lazy("Goes live on %(moment)s"),
    (PUBLISH, True): gettext_lazy("Should have gone live on %(moment)s"),
    (UNPUBLISH, False): gettext_lazy("Goes offline on %(moment)s"),
    (UNPUBLISH, True): gettext_lazy("Should have gone offline on %(moment)s"),
}


class Refused(Exception):
    """A scheduled action cannot be carried out; the message gives the reason."""


# Setting a date


def can_schedule(user, page, language):
    """Whether ``user`` may schedule publication and unpublishing of ``language``."""
    return page.permissions_for_user(user).can_publish_in(language) and not page.alias_of_id


@transaction.atomic
def set_date(page, language, act, due_at, user, newest=False, confirmed=()):
    """Schedule ``act`` at ``due_at``, or cancel it if that is ``None``.

    Raises :exc:`NotPublishable` when the text may not be published as it is; ``confirmed`` are the
    answers of ``user`` as :class:`Confirmation`. A changed date keeps the snapshot of the draft
    taken when it was first scheduled, unless ``newest`` is set. Returns whether anything has
    changed. Without a ``user`` no permission is checked.
    """
    if user is not None and not can_schedule(user, page, language):
        raise PermissionDenied
    page.lock_row()
    known = LanguageSchedule.objects.filter(page_id=page.pk, language=language, act=act).first()
    if due_at is None:
        return _cancel(known, user)
    schedule = known or LanguageSchedule(page_id=page.pk, language=language, act=act)
    is_new_text = act == PUBLISH and (newest or not known)
    if known and known.due_at == due_at and not is_new_text:
        return False
    schedule.due_at, schedule.user = due_at, user
    if is_new_text:
        schedule.content = _graded_snapshot(page, language, user, confirmed)
    schedule.save()
    log_schedule(schedule, "diptych.schedule_language", user)
    return True


def _graded_snapshot(page, language, user, confirmed):
    """The snapshot of the newest draft, in which the confirmations are recorded."""
    content = snapshot(page, language, user)
    draft = restore(page, content, language)
    check_grades(draft, page.stored(), [language], user, confirmed)
    name = column("provenance", language)
    return {**content, name: stored_value(draft, name) or None}


def _cancel(schedule, user):
    if schedule is None:
        return False
    log_schedule(schedule, "diptych.unschedule_language", user)
    schedule.delete()
    return True


def dates_in_words(page, language, is_live):
    """Past and scheduled publication dates of ``language``, as text by label."""
    first, last = (page.text_in(name, language) for name in ("first_public_at", "last_public_at"))
    words = {}
    if is_live and last and last != first:
        words["last"] = moment_in_words(last)
    elif not is_live and first:
        words["was_live"] = [moment_in_words(first), moment_in_words(last or first)]
    for (code, act), schedule in schedules_of(page).items():
        if code == language:
            name = f"missed_{act}" if schedule.is_overdue else act
            words[str(name)] = moment_in_words(schedule.due_at)
    return words


def coming_dates(page, language):
    """The scheduled actions of ``language``, as short sentences.

    Fetch the schedules with the pages of a list, by ``schedule_lookup``.
    """
    sentences = []
    for (code, _act), schedule in schedules_of(page).items():
        if code == language:
            moment = {"moment": moment_in_words(schedule.due_at)}
            sentences.append(COMING[schedule.act, schedule.is_overdue] % moment)
    return sentences


def problems_of(schedule):
    """The messages of the problems that would prevent the scheduled action now."""
    page = schedule.page.specific
    if not isinstance(page, MultilingualPageMixin):
        return [_("This page is not in several languages any more.")]
    if schedule.act != PUBLISH:
        return []
    draft = restore(page, schedule.content, schedule.language)
    problems = list(grade(draft, schedule.language).sentences)
    if draft.expire_at and draft.expire_at <= timezone.now():
        problems.append(
            _("The whole page was to go offline on %(moment)s.")
            % {"moment": moment_in_words(draft.expire_at)}
        )
    return problems


# Carrying out


def due_schedules():
    """Due schedules in order of date, without their snapshots; those of removed languages wait."""
    rows = LanguageSchedule.objects.filter(language__in=available_languages())
    rows = rows.filter(due_at__lte=timezone.now()).defer("content")
    return rows.select_related("page").order_by("due_at", "pk")


def carry_out(schedule):
    """Carry out a schedule; returns a message if nothing had to be done.

    Raises :exc:`Refused` without any change if that is impossible; the schedule stays and the
    reason is logged.
    """
    try:
        with transaction.atomic():
            return _carry_out(schedule)
    except Refused as refusal:
        reason = str(refusal)
    except ValidationError as error:
        reason = " ".join(error.messages)
    except Exception as error:
        logger.exception("A schedule of page %s could not be carried out.", schedule.page_id)
        reason = f"{type(error).__name__}: {error}"
    _record_refusal(schedule, reason)
    raise Refused(reason)


def _carry_out(schedule):
    # Manual publication locks the page first too, then cancels schedules.
    Page.objects.select_for_update().filter(pk=schedule.page_id).first()
    due = LanguageSchedule.objects.filter(pk=schedule.pk, due_at__lte=timezone.now())
    schedule = due.select_related("page").first()
    if schedule is None:
        return _("Somebody else has dealt with it.")
    problems = problems_of(schedule)
    if problems:
        raise Refused(" ".join(problems))
    page = schedule.page.specific
    LanguageSchedule.objects.filter(pk=schedule.pk).delete()
    if schedule.act == PUBLISH:
        publish_snapshot(page, schedule.language, schedule.content, schedule.user)
    elif not page.is_live_in(schedule.language):
        return _("It was not live.")
    else:
        unpublish(page, schedule.language)
    return ""


def _record_refusal(schedule, reason):
    """Log each reason of a refusal once."""
    entries = PageLogEntry.objects.filter(
        page_id=schedule.page_id, action="diptych.refuse_schedule", timestamp__gte=schedule.due_at
    )
    known = {
        (each.get("language"), each.get("act"), each.get("reason"))
        for each in entries.values_list("data", flat=True)
    }
    if (schedule.language, str(schedule.act), reason) not in known:
        log_schedule(schedule, "diptych.refuse_schedule", reason=reason)
        page = schedule.page.specific
        if isinstance(page, MultilingualPageMixin) and schedule.act == PUBLISH:
            details = {"page": page, "languages": [schedule.language], "reason": reason}
            publication_refused.send(type(page), user=schedule.user, **details)


@transaction.atomic
def publish_snapshot(page, language, content, scheduled_by=None):
    """Publish the snapshot ``content`` in ``language``, whose date ``scheduled_by`` had set.

    Newer unpublished changes stay a draft, and a scheduled publication of the whole page stays.
    """
    public = page.stored()
    newest = public.get_latest_revision()
    kept = public.get_latest_revision_as_object()
    waiting = list(public.revisions.filter(approved_go_live_at__isnull=False))
    draft = restore(public, content, language)
    draft.request_publication([language])
    kept.take_credit([language])  # as the snapshot does, or its credit would seem removed since
    draft.unwritten = available_languages()
    revision = draft.save_revision()
    revision.scheduled_by = scheduled_by
    draft.publish_languages(None, revision=revision, log_action=AT_ITS_DATE)
    _restore_page_schedule(public, language, waiting)
    restore_newest_draft(page.stored(), kept, newest)


def unpublish(page, language):
    """Unpublish ``page`` in ``language``. A scheduled publication of the whole page stays."""
    public = page.stored()
    waiting = list(public.revisions.filter(approved_go_live_at__isnull=False))
    page.unpublish_languages([language])
    _restore_page_schedule(public, language, waiting)


def _restore_page_schedule(before, language, waiting):
    """Restore the schedule of the whole page, which publishing and unpublishing have cancelled.

    Its content is updated where it still has the text that was live until now.
    """
    public = before.stored()
    columns = written_columns(type(public), language)
    for revision in waiting:
        version = revision.as_object()
        if not differing_columns(before, version, columns):
            carry_over(public, version, [language])
            revision.content = version.serializable_data()
        revision.save(update_fields=["content", "approved_go_live_at"])


def restore_newest_draft(page, kept, newest):
    """Save the unpublished changes of ``kept`` as the newest draft, by the user of ``newest``."""
    draft = page.get_latest_revision_as_object()
    changed = carry_over(kept, draft, available_languages())
    changed = keep_shared(kept, draft) or changed
    if changed:
        draft.request_publication([])
        draft.is_arranged = True
        draft.unwritten = available_languages()
        draft.save_revision(user=newest.user if newest else None, clean=False)
