"""Dates at which a language of a page is published or unpublished."""

import swapper
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log


class LanguageSchedule(models.Model):
    """A scheduled action on a page in one language.

    ``content`` is a snapshot of the draft when it was scheduled, see ``schedules.snapshots``: later
    edits are not published with it, and purging revisions does not delete it.

    Deleted once carried out; one that was refused stays and is overdue.
    """

    class Act(models.TextChoices):
        PUBLISH = "publish", _("Publish")
        UNPUBLISH = "unpublish", _("Unpublish")

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="language_schedules",
        verbose_name=_("page"),
    )
    language = models.CharField(_("language"), max_length=12)
    act = models.CharField(_("action"), max_length=12, choices=Act.choices)
    due_at = models.DateTimeField(_("date"), db_index=True)
    content = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("scheduled by"),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("schedule of a language")
        verbose_name_plural = _("schedules of languages")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language", "act"], name="diptych_schedule_unique"
            )
        ]

    def __str__(self):
        return f"{self.page_id} ({self.language}): {self.act} {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def is_overdue(self):
        """Whether its date has passed: it was refused, or has not been processed yet."""
        return self.due_at <= timezone.now()


def schedules_of(page):
    """The schedules of a page by language and act, read once for each instance.

    Snapshots are deferred.
    """
    if "_language_schedules" not in page.__dict__:
        rows = page.language_schedules.order_by("due_at").defer("content") if page.pk else ()
        page._language_schedules = list(rows)
    return {(each.language, each.act): each for each in page._language_schedules}


def schedule_lookup():
    """The ``Prefetch`` that :func:`schedules_of` reads."""
    rows = LanguageSchedule.objects.order_by("due_at").defer("content")
    return models.Prefetch("language_schedules", queryset=rows, to_attr="_language_schedules")


def call_off(page, languages, acts=LanguageSchedule.Act.values, user=None):
    """Cancel the schedules of ``languages``.

    Called when a newer text is published manually, and when a language is unpublished.
    """
    if not languages:
        return
    rows = LanguageSchedule.objects.filter(
        page_id=page.pk, language__in=languages, act__in=acts
    ).defer("content")
    for schedule in rows:
        log_schedule(schedule, "diptych.call_off_schedule", user, page=page)
        schedule.delete()


def log_schedule(schedule, action, user=None, page=None, **data):
    """Log an event of a schedule."""
    data = {
        "language": schedule.language,
        "act": str(schedule.act),
        "due_at": schedule.due_at.isoformat(),
        **data,
    }
    log(instance=page or schedule.page, action=action, user=user, data=data)
