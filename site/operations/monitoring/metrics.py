"""Metrics for Prometheus at ``/metrics``, protected by the token ``METRICS_TOKEN``.

Counts are in the memory of each process or, with ``PROMETHEUS_MULTIPROC_DIR``, in a file for each
process in that folder, added up on request (``gunicorn.conf.py``). Counts from the database are
queried on request. No label has a value that readers can choose.
"""

import logging
import os
import time

from django.apps import apps
from django.conf import settings
from django.db import Error
from django.db.models import Min
from django.dispatch import receiver
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from wagtail.signals import page_published

from diptych.articles.languages.config.background import after_commit
from operations.background import pending_changed, tasks_waiting
from operations.mail.models import OutgoingMail
from operations.models import TimedCommand
from operations.monitoring.requests import current_request
from operations.outages.limits import limited

logger = logging.getLogger(__name__)

PATH = "/metrics"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
QUEUE = "django_tasks_db"

OWN = CollectorRegistry()
REQUESTS = Counter(
    "journal_http_requests",
    "Requests by the name of the view, method, status and language of the answer.",
    ["view", "method", "status", "language"],
    registry=OWN,
)
SECONDS = Histogram(
    "journal_http_request_seconds",
    "How long requests took.",
    ["view", "method"],
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=OWN,
)
PAGES = Counter(
    "journal_page_cache_requests",
    "Requests that the page cache answered (hit) or had rendered (miss).",
    ["result"],
    registry=OWN,
)
PUBLISHING = Histogram(
    "journal_publish_seconds",
    "From the beginning of a request that publishes to the commit of the last page.",
    buckets=(0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=OWN,
)
#: Of tasks in the memory of processes, or of a queue in the database: the label `queue`.
WAITING, OLDEST = (
    ("journal_tasks_waiting", "Background tasks that wait; in the memory, those that run as well."),
    (
        "journal_tasks_oldest_timestamp_seconds",
        "Since when the oldest of the tasks that wait has been due; infinite if there is none.",
    ),
)


#: Of tasks that the queue in the database lists.
RUNNING, LISTED = (
    (
        "journal_tasks_running",
        "Tasks that a worker has begun, with those of workers that were killed.",
    ),
    ("journal_tasks_listed_failed", "Tasks that failed and are still listed."),
)


class MetricsMiddleware:
    """Counts requests and answers ``/metrics``."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.languages = frozenset(dict(settings.LANGUAGES))

    def __call__(self, request):
        if request.path_info == PATH:
            return _answer(request)
        begin, method = time.perf_counter(), request.method
        response = self.get_response(request)
        self._count(request, response, method, begin)
        return response

    def _count(self, request, response, method, begin):
        view = _view_of(request)
        method = method if method in METHODS else "other"
        language = response.headers.get("Content-Language", "")
        language = language if language in self.languages else "none"
        REQUESTS.labels(view, method, response.status_code, language).inc()
        SECONDS.labels(view, method).observe(time.perf_counter() - begin)
        if result := getattr(request, "page_cache", None):
            PAGES.labels(result).inc()
        if published_at := getattr(request, "published_at", None):
            PUBLISHING.observe(published_at - begin)


def _view_of(request):
    if getattr(request, "page_cache", None) == "hit":
        return "page cache"
    match = request.resolver_match
    return match.view_name if match else "none"


def _answer(request):
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(metrics(), content_type=CONTENT_TYPE_LATEST, headers=headers)


def metrics():
    """All numbers, of all processes, in the text format of Prometheus."""
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(OWN)
    registry.register(DatabaseCollector())
    return generate_latest(registry)


@receiver(page_published)
def _note_publication(sender, **kwargs):
    request = current_request()
    if request is not None:
        after_commit(_note_commit, request)


def _note_commit(request):
    request.published_at = time.perf_counter()


# Tasks in the memory of this process


def _measure_own_tasks():
    """Have gauges of the tasks that processes keep in their memory."""
    waiting = Gauge(*WAITING, ["queue"], multiprocess_mode="livesum", registry=OWN)
    oldest = Gauge(*OLDEST, ["queue"], multiprocess_mode="livemin", registry=OWN)
    failed = Counter(
        "journal_tasks_failed",
        "Tasks in the memory of processes that failed.",
        ["queue"],
        registry=OWN,
    )

    def measure(sender, pending, **kwargs):
        waiting.labels("memory").set(len(pending))
        # Set by the process that has tasks: in one that has none the value would begin at 0.
        oldest.labels("memory").set(min(pending, default=float("inf")))

    def count(sender, task_result, **kwargs):
        if task_result.status == TaskResultStatus.FAILED:
            failed.labels("memory").inc()

    pending_changed.connect(measure, weak=False)
    task_finished.connect(count, weak=False)


if not apps.is_installed(QUEUE):
    _measure_own_tasks()


# Counts from the database


class DatabaseCollector(Collector):
    """The queue, e-mails and timers, and whether the database answers at all."""

    def collect(self):
        families = []
        try:
            with limited(settings.DATABASE_LIMITS["readers"]):
                for read in (_mails, _commands, _tasks):
                    families.extend(read())
        except Error as error:
            logger.warning("The database cannot be measured: %s", error)
            families = [_gauge("journal_database_up", "Whether the database answers.", 0)]
        else:
            families.append(_gauge("journal_database_up", "Whether the database answers.", 1))
        return families


def _gauge(name, text, value):
    return GaugeMetricFamily(name, text, value=value)


def _mails():
    waiting = OutgoingMail.objects.exclude(due_at=None).count()
    given_up = OutgoingMail.objects.given_up().count()
    yield _gauge("journal_mails_waiting", "E-mails that are still to be sent.", waiting)
    yield _gauge("journal_mails_given_up", "E-mails that the mail server did not take.", given_up)


def _commands():
    ends = {"succeeded_at": "success", "failed_at": "failure"}
    rows = list(TimedCommand.objects.order_by("name"))
    for field, end in ends.items():
        family = GaugeMetricFamily(
            f"journal_command_last_{end}_timestamp_seconds",
            f"When a command of a timer last ended with a {end}.",
            labels=["command"],
        )
        for row in rows:
            if moment := getattr(row, field):
                family.add_metric([row.name], moment.timestamp())
        yield family


def _tasks():
    if not apps.is_installed(QUEUE):
        return
    from django_tasks_db.models import DBTaskResult

    waiting = tasks_waiting()
    oldest = waiting.aggregate(oldest=Min("since"))["oldest"]
    values = {
        WAITING: waiting.count(),
        OLDEST: oldest.timestamp() if oldest else float("inf"),
        RUNNING: DBTaskResult.objects.running().count(),
        LISTED: DBTaskResult.objects.failed().count(),
    }
    for (name, text), value in values.items():
        family = GaugeMetricFamily(name, text, labels=["queue"])
        family.add_metric(["database"], value)
        yield family
