"""The numbers for Prometheus: who gets them, what they count, and that processes are added up."""

import math
import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from operations.background import ThreadBackend
from operations.mail.models import OutgoingMail
from operations.models import TimedCommand
from operations.monitoring import metrics
from operations.monitoring.metrics import OWN, MetricsMiddleware
from operations.monitoring.requests import RequestLogMiddleware
from tests.articles.images.test_renditions import record_the_thread
from tests.factories import make_article, standing_journal
from tests.migrated import copy_migrated
from tests.servers import checked_python, fetch, free_port, production_environment, running_site

TOKEN = "a-token-of-more-than-20-letters"


@pytest.fixture
def measured(settings):
    settings.METRICS_TOKEN = TOKEN
    name = "operations.monitoring.metrics.MetricsMiddleware"
    settings.MIDDLEWARE = [settings.MIDDLEWARE[0], name, *settings.MIDDLEWARE[1:]]


def values_of(text):
    """The values by name and labels: ``(name, {label, …})``."""
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def asked(**headers):
    answer = Client(headers=headers).get("/metrics")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return values_of(answer.content.decode())


@pytest.mark.parametrize("given", [{}, {"authorization": "Bearer é"}, {"authorization": TOKEN}])
def test_without_the_token_nothing_is_told(given, measured):
    answer = Client(headers=given).get("/metrics")
    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.django_db
def test_prometheus_asks_the_process_itself(measured, settings):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["journal.example"], True
    assert asked(host="10.0.0.7:8000", authorization=f"Bearer {TOKEN}")


@pytest.mark.django_db
def test_without_the_setting_there_is_nothing(client):
    assert client.get("/metrics").status_code == 404


def ask(view, request=None, **attributes):
    request = request or RequestFactory().get("/made-up/")
    vars(request).update(attributes)
    return MetricsMiddleware(RequestLogMiddleware(view))(request)


def counted(*arguments, **attributes):
    """The labels of each counter to which one request adds 1, by the name of the counter."""
    before = counts()
    ask(*arguments, **attributes)
    added = {key: value - before.get(key, 0) for key, value in counts().items()}
    assert set(added.values()) <= {0, 1}
    return {name: dict(labels) for (name, *labels), number in added.items() if number}


def counts():
    found = (sample for sample in samples() if sample.name.endswith("_total"))
    return {(sample.name, *sample.labels.items()): sample.value for sample in found}


def samples():
    return [sample for family in OWN.collect() for sample in family.samples]


def test_a_request_counts_by_view_and_not_by_path():
    response = HttpResponse(headers={"Content-Language": "fr"}, status=302)
    found = counted(lambda _request: response, resolver_match=resolve("/admin/login/"))
    assert found == {
        "journal_http_requests_total": {
            "view": "wagtailadmin_login",
            "method": "GET",
            "status": "302",
            "language": "fr",
        }
    }


def test_what_readers_make_up_is_no_label():
    response = HttpResponse(headers={"Content-Language": "xx"}, status=404)
    request = RequestFactory().generic("BREW", "/made-up/")
    (labels,) = counted(lambda _request: response, request).values()
    assert labels == {"view": "none", "method": "other", "status": "404", "language": "none"}
    assert not re.search("BREW|made-up|xx", str(samples()))


@pytest.mark.parametrize(("result", "view"), [("hit", "page cache"), ("miss", "none")])
def test_the_page_cache_counts(result, view):
    found = counted(lambda _request: HttpResponse(), page_cache=result)
    assert found["journal_page_cache_requests_total"] == {"result": result}
    assert found["journal_http_requests_total"]["view"] == view


@pytest.mark.django_db
def test_a_publication_is_timed_until_it_is_committed(django_capture_on_commit_callbacks):
    article = make_article(standing_journal(), "Un pont", "A bridge")

    def publish(request):
        with django_capture_on_commit_callbacks(execute=True):
            article.save_revision().publish()
        return HttpResponse()

    def published():
        return OWN.get_sample_value("journal_publish_seconds_count")

    before = published()
    ask(publish)
    assert published() == before + 1
    ask(lambda _request: HttpResponse())
    assert published() == before + 1


@pytest.mark.django_db
def test_the_database_says_what_waits():
    TimedCommand.objects.all().delete()
    moment = timezone.now() - timedelta(hours=2)
    TimedCommand.objects.create(name="backup", succeeded_at=moment)
    for due_at in (moment, None, None):
        OutgoingMail.objects.create(message={}, recipients="a@journal.example", due_at=due_at)
    found = values_of(metrics.metrics().decode())
    assert found["journal_database_up",] == 1
    assert found["journal_mails_waiting",] == 1
    assert found["journal_mails_given_up",] == 2
    last = "journal_command_last_{}_timestamp_seconds"
    assert found[last.format("success"), "backup"] == pytest.approx(moment.timestamp(), abs=1)
    assert (last.format("failure"), "backup") not in found


@pytest.mark.django_db
def test_without_a_database_the_rest_is_told():
    def fail(execute, sql, params, many, context):
        raise OperationalError("password authentication failed for user desk")

    with connection.execute_wrapper(fail):
        text = metrics.metrics().decode()
    assert values_of(text)["journal_database_up",] == 0
    assert "journal_http_requests" in text
    assert "desk" not in text


def test_tasks_of_this_process(db, django_capture_on_commit_callbacks):
    def value(name):
        return OWN.get_sample_value(name, {"queue": "memory"}) or 0

    backend = ThreadBackend("pictures", {})
    failed, begin = value("journal_tasks_failed_total"), time.time()
    seen, told_under_lock = [], []

    def look(sender, pending, **kwargs):
        told_under_lock.append(backend.pending_lock.locked())
        seen.append(
            (value("journal_tasks_waiting"), value("journal_tasks_oldest_timestamp_seconds"))
        )

    metrics.pending_changed.connect(look)
    with django_capture_on_commit_callbacks(execute=True):
        backend.enqueue(record_the_thread, ("fail",), {})
    backend.pool.submit(int).result()
    metrics.pending_changed.disconnect(look)
    (waiting, since), (left, none) = seen
    assert (waiting, left) == (1, 0)
    assert begin <= since <= time.time()
    assert math.isinf(none)
    assert value("journal_tasks_failed_total") == failed + 1
    assert told_under_lock == [True, True]


# Servers


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder, and the environment of a site in it that is measured."""
    folder = tmp_path_factory.mktemp("metrics")
    copy_migrated(folder / "journal.sqlite3")
    return folder, production_environment(folder, METRICS_TOKEN=TOKEN, TMPDIR=str(folder))


def workers_of(folder):
    """The numbers of the processes that have counted a request."""
    return {int(path.stem.removeprefix("counter_")) for path in folder.glob("*/counter_*.db")}


def measured_one_by_one(folder, port):
    """The workers, each stopped once it has answered a request, so that another answers the next.

    It is sent on to HTTPS: a worker that is stopped must not hold a lock of a file.
    """
    stopped = set()
    try:
        for _worker in range(3):
            assert fetch(port, "/robots.txt", "POST", X_Forwarded_Proto="http").status == 301
            for worker in workers_of(folder) - stopped:
                os.kill(worker, signal.SIGSTOP)
                stopped.add(worker)
    finally:
        for worker in stopped:
            os.kill(worker, signal.SIGCONT)
    return stopped


def requests_counted(port):
    answer = fetch(port, "/metrics", Authorization=f"Bearer {TOKEN}")
    found = values_of(answer.body.decode())
    return sum(value for key, value in found.items() if key[0] == "journal_http_requests_total")


@pytest.mark.processes
def test_the_numbers_of_several_workers_add_up(site):
    folder, environment = site
    port = free_port()
    with running_site(folder, environment, port, workers=3):
        workers = measured_one_by_one(folder, port)
        assert len(workers) == 3
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _number: fetch(port, "/robots.txt"), range(60)))
        sent = len(workers) + len(answers)
        assert {requests_counted(port) for _time in range(8)} == {sent}
        # What a worker has counted stays when it ends.
        os.kill(workers.pop(), signal.SIGKILL)
        assert {requests_counted(port) for _time in range(8)} == {sent}
        assert fetch(port, "/metrics").status == 401
    assert list(folder.glob("diptych-metrics-*")) == []


#: One task failed, one was begun by a worker that was killed, one was due just now, one waits.
OF_THE_QUEUE = """
from datetime import timedelta
from diptych.articles.delivery.purging import purge_changes
from operations.monitoring.metrics import metrics
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

long_ago = timezone.now() - timedelta(days=2)
for change in (
    {"status": "FAILED"},
    {"status": "RUNNING", "enqueued_at": long_ago},
    {"run_after": timezone.now(), "enqueued_at": long_ago},
    {},
    {"run_after": timezone.now() + timedelta(days=1)},
):
    task = purge_changes.using(backend="purging").enqueue()
    DBTaskResult.objects.filter(pk=task.id).update(worker_ids=[], **change)
print(metrics().decode())
"""


@pytest.mark.processes
def test_tasks_of_a_queue_in_the_database(site):
    _folder, environment = site
    environment = {**environment, "TASK_WORKER": "true"}
    checked_python(environment, "manage.py", "migrate", "--verbosity=0")
    begin = time.time()
    said = checked_python(
        environment, "manage.py", "shell", "--no-imports", "--command", OF_THE_QUEUE
    )
    found = values_of(said)
    assert found["journal_tasks_waiting", "database"] == 2
    assert found["journal_tasks_running", "database"] == 1
    assert found["journal_tasks_listed_failed", "database"] == 1
    assert begin <= found["journal_tasks_oldest_timestamp_seconds", "database"] <= time.time()
    assert ("journal_tasks_waiting", "memory") not in found
