"""``/healthz`` and ``/readyz``: whether this process is alive, and whether it is ready.

They are answered before all other middleware, so a probe may use any host name and plain HTTP. The
answers contain names of parts only: no versions, addresses or errors.
"""

import logging
import os
import tempfile
from datetime import timedelta
from functools import cache

from django.apps import apps
from django.conf import settings
from django.core.cache import cache as shared_cache
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse
from django.utils import timezone

from operations.background import tasks_waiting
from operations.mail.models import OutgoingMail
from operations.outages.limits import limited

logger = logging.getLogger(__name__)

#: How long background work may wait.
LONGEST_WAIT = timedelta(minutes=15)
#: Without these no page can be made: 503. Without the others pages are served: 200.
NEEDED = ("database", "migrations")
#: The checks that use the database, in order.
OF_DATABASE = ("migrations", "queue")


class HealthMiddleware:
    """The first middleware: answers the two addresses and passes on the rest."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.answers = {"/healthz": _alive, "/readyz": _ready}

    def __call__(self, request):
        answer = self.answers.get(request.path_info)
        if answer is None or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        return response


def _alive(request):
    return JsonResponse({"status": "alive"})


def _ready(request):
    """The state of each part. ``?strict`` answers 503 if any of them fails."""
    with limited(settings.DATABASE_LIMITS["readers"]):
        states = _states()
    failed = {name for name, state in states.items() if state != "ok"}
    is_unready = bool(failed.intersection(NEEDED))
    status = "unready" if is_unready else "degraded" if failed else "ready"
    refuses = is_unready or (failed and "strict" in request.GET)
    return JsonResponse({"status": status, **states}, status=503 if refuses else 200)


def _states():
    states = {}
    for name, check in CHECKS.items():
        # A database that does not answer is waited for once.
        is_vain = name in OF_DATABASE and "failed" in states.values()
        states[name] = "failed" if is_vain else _state_of(name, check)
    return states


def _state_of(name, check):
    try:
        return "ok" if check() else "failed"
    except Exception as error:
        logger.warning("The check of the %s fails: %r", name, error)
        return "failed"


def _applied():
    return MigrationRecorder(connection).migration_qs


def _database_answers():
    return _applied().exists()


def _is_migrated():
    """Whether the newest migration of each application is applied."""
    newest = _newest_migrations()
    names = {name for _application, name in newest}
    return newest <= set(_applied().filter(name__in=names).values_list("app", "name"))


@cache
def _newest_migrations():
    """The newest migrations of the code, which does not change while a process runs."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


def _cache_keeps():
    shared_cache.set("journal-ready", True, 60)
    return shared_cache.get("journal-ready") is True


def _storage_takes():
    """Whether a file can be written where uploads are kept; a bucket is not asked."""
    if not hasattr(default_storage, "location"):
        return True
    try:
        folder = default_storage.path("")
    except NotImplementedError:
        return True
    while not os.path.isdir(folder):  # nothing has been uploaded yet
        folder = os.path.dirname(folder)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"\0" * 4096)
        file.flush()
    return True


def _queue_moves():
    """Whether no e-mail and no background work in the database has been waiting for long."""
    oldest = timezone.now() - LONGEST_WAIT
    if OutgoingMail.objects.filter(due_at__lt=oldest).exists():
        return False
    if not apps.is_installed("django_tasks_db"):
        return True
    return not tasks_waiting().filter(since__lt=oldest).exists()


CHECKS = {
    "database": _database_answers,
    "migrations": _is_migrated,
    "queue": _queue_moves,
    "cache": _cache_keeps,
    "storage": _storage_takes,
}
