"""Publishing a language, or taking it offline, at a date of its own."""

import swapper
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log


class LanguageSchedule(models.Model):
    """What becomes of a page in one language at a date.

    ``content`` is the draft as it was when the date was set, see ``frozen``, so that what is
    written afterwards does not go live by accident and no purge of revisions takes it away.

    It is gone once it has been carried out. One that was refused stays, overdue.
    """

    class Act(models.TextChoices):
        PUBLISH = "publish", _("Publish")
        WITHDRAW = "withdraw", _("Unpublish")

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
        """Whether its date has passed: it was refused, or nothing has looked at it since."""
        return self.due_at <= timezone.now()


def schedules_of(page):
    """The schedules of a page by language and act, read once for each instance.

    Without their contents.
    """
    if "_language_schedules" not in page.__dict__:
        rows = page.language_schedules.order_by("due_at").defer("content") if page.pk else ()
        page._language_schedules = list(rows)
    return {(each.language, each.act): each for each in page._language_schedules}


def schedule_lookup():
    """The lookup that fetches the schedules of pages, to where :func:`schedules_of` finds them."""
    rows = LanguageSchedule.objects.order_by("due_at").defer("content")
    return models.Prefetch("language_schedules", queryset=rows, to_attr="_language_schedules")


def call_off(page, languages, acts=LanguageSchedule.Act.values, user=None):
    """Drop what waits for its date in ``languages``, because it has been overtaken.

    Publishing a newer text by hand calls off the older one; taking a language offline, all that
    was to happen to it.
    """
    if not languages:
        return
    rows = LanguageSchedule.objects.filter(
        page_id=page.pk, language__in=languages, act__in=acts
    ).defer("content")
    for schedule in rows:
        note(schedule, "diptych.call_off_schedule", user, page=page)
        schedule.delete()


def note(schedule, action, user=None, page=None, **data):
    """Write what happened to a schedule into the log of its page."""
    data = {
        "language": schedule.language,
        "act": str(schedule.act),
        "due_at": schedule.due_at.isoformat(),
        **data,
    }
    log(instance=page or schedule.page, action=action, user=user, data=data)
