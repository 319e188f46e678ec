"""The report on background work."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from diptych.articles.related.models import PendingUpdate
from operations.background import ThreadBackend
from operations.maintenance.timers import TIMED
from operations.models import TimedCommand
from tests.factories import make_article, sign_in, standing_journal

pytestmark = pytest.mark.django_db


def report(client):
    answer = client.get(reverse("journal_background_work"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_what_waits_and_which_timers_are_late(admin):
    article = make_article(standing_journal())
    PendingUpdate.objects.all().delete()
    PendingUpdate.objects.mark([article.pk])
    PendingUpdate.objects.update(attempts=3)
    TimedCommand.objects.create(name="backup", succeeded_at=timezone.now())
    said = report(admin)
    assert "1 has failed." in said
    assert "TASK_WORKER" in said
    assert said.count("Overdue") == len(TIMED) - 1
    answer = admin.post(reverse("journal_retry_suggestions"))
    assert answer.status_code == 302
    assert not PendingUpdate.objects.exists()


@task()
def note_that_it_ran(key):
    cache.set(key, time.monotonic())


def test_a_task_for_later_runs_in_the_background_at_its_time(
    settings, django_capture_on_commit_callbacks
):
    name = f"{ThreadBackend.__module__}.{ThreadBackend.__qualname__}"
    settings.TASKS = {**settings.TASKS, "later": {"BACKEND": name}}
    began, key = time.monotonic(), str(uuid4())
    moment = timezone.now() + timedelta(seconds=0.3)
    with django_capture_on_commit_callbacks(execute=True):
        note_that_it_ran.using(backend="later", run_after=moment).enqueue(key)
    assert cache.get(key) is None
    while cache.get(key) is None and time.monotonic() < began + 20:
        time.sleep(0.02)
    assert cache.get(key) - began >= 0.3


def test_only_superusers_see_it_and_retry(client):
    sign_in(client, "moderator")
    assert "background-work" not in client.get("/admin/").content.decode()
    for name, arguments in (
        ("journal_retry_task", [uuid4()]),
        ("journal_delete_task", [uuid4()]),
        ("journal_retry_suggestions", []),
    ):
        assert client.post(reverse(name, args=arguments)).status_code in (302, 403)
    assert client.get(reverse("journal_background_work")).status_code in (302, 403)


def test_there_is_no_task_to_retry_without_a_queue(admin):
    assert admin.get(reverse("journal_retry_task", args=[uuid4()])).status_code == 405
    assert admin.post(reverse("journal_retry_task", args=[uuid4()])).status_code == 404
