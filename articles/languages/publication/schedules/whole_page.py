"""Dates of whole pages, at which Wagtail's own command publishes them."""

from django.contrib.auth import get_user_model
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from diptych.articles.languages.config.signals import publication_refused

#: How Wagtail logs the publication of a page at its date.
AT_ITS_DATE = "wagtail.publish.scheduled"


def who_scheduled(revision):
    """The user who set the date of ``revision``, of a whole page, or ``None``."""
    entries = PageLogEntry.objects.filter(revision=revision, action="wagtail.publish.schedule")
    users = get_user_model().objects.filter(
        pk__in=entries.order_by("-timestamp").values("user")[:1]
    )
    return users.first()


def note_missed_date(page, revision, refusal):
    """Note once in the history why ``revision`` is not published at its date, and tell of it."""
    languages, reason = [each.language for each in refusal.gradings], " ".join(refusal.messages)
    entries = PageLogEntry.objects.filter(
        page_id=page.pk, revision=revision, action="diptych.refuse_publication"
    )
    if any(each.data.get("reason") == reason for each in entries):
        return
    data = {"languages": languages, "reason": reason}
    log(instance=page, action="diptych.refuse_publication", revision=revision, data=data)
    publication_refused.send(
        type(page), page=page, languages=languages, reason=reason, user=revision.user
    )
