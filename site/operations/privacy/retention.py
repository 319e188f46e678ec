"""Delete personal data older than the limits in the setting ``RETENTION_DAYS``."""

from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils.timezone import now
from wagtail.models import Comment, ModelLogEntry, PageLogEntry

from diptych.articles.languages.models import DraftLink, Notification
from operations.accounts.models import FactorRecord
from operations.mail.password_reset import stored_requests


def outdated():
    """The querysets of the rows to delete, by kind of data."""
    found = {
        "sessions": [Session.objects.filter(expire_date__lt=now())],
        "second_factor": [FactorRecord.objects.filter(expires__lt=now())],
    }
    kinds = {
        "history": [(PageLogEntry, "timestamp"), (ModelLogEntry, "timestamp")],
        "comments": [(Comment, "resolved_at")],
        "draft_links": [(DraftLink, "expires_at")],
        "notifications": [(Notification, "created_at")],
        "sign_ins": [
            (AccessLog, "attempt_time"),
            (AccessFailureLog, "attempt_time"),
            (AccessAttempt, "attempt_time"),
        ],
        "background_work": [],
    }
    if apps.is_installed("django_tasks_db"):
        tasks = apps.get_model("django_tasks_database", "DBTaskResult")
        kinds["background_work"].append((tasks, "finished_at"))
        # They contain addresses typed by anybody, and are not needed once done.
        found["password_requests"] = [stored_requests().successful()]
    if apps.is_installed("diptych.articles.newsletter"):
        subscriptions = apps.get_model("diptych_newsletter", "Subscription").objects
        requests = apps.get_model("diptych_newsletter", "SignUpRequest").objects
        found["newsletter_requests"] = [subscriptions.expired(), requests.past()]
    for kind, days in settings.RETENTION_DAYS.items():
        if days is not None:
            moment = now() - timedelta(days=days)
            found[kind] = [
                model._base_manager.filter(**{f"{column}__lt": moment})
                for model, column in kinds[kind]
            ]
    return found
