"""What a cache in front of the site could not be told, it is told later by the timer."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils.timezone import now

from diptych.articles.delivery.frontend_cache import CloudflareBackend
from diptych.articles.languages.models import UnpurgedAddress
from diptych.articles.languages.routes import frontend_caches
from tests.articles.languages import caches
from tests.articles.languages.editor import PUBLISH, article_form, edit
from tests.deploy.origin import running_origin
from tests.factories import make_article
from tests.failing_queue import tasks_of

CACHE = "wagtail.contrib.frontend_cache"
ADDRESS = "http://testserver/fr/articles/le-lac/"


@pytest.fixture
def cache(settings, monkeypatch):
    """A cache in front of the site that answers ``status``, with what it was asked."""
    installed = apps.is_installed
    monkeypatch.setattr(apps, "is_installed", lambda name: name == CACHE or installed(name))
    with running_origin() as origin:
        backend = {
            "BACKEND": "diptych.articles.delivery.frontend_cache.HTTPBackend",
            "LOCATION": f"http://127.0.0.1:{origin.port}",
        }
        settings.WAGTAILFRONTENDCACHE = {"default": backend}
        yield origin


@pytest.fixture
def publish(journal, admin, django_capture_on_commit_callbacks):
    page = make_article(journal, "Le lac", "The lake")

    def publish():
        # What was made before belongs to the same transaction, which raises each tag once.
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks(execute=True):
            answer = edit(admin, page, article_form("La mer", "The lake", PUBLISH))
        page.refresh_from_db()
        assert answer.status_code == 302 and page.headline_fr == "La mer"

    return publish


def told(origin):
    asked = [f"http://{each['headers']['host']}{each['path']}" for each in origin.requests]
    origin.requests.clear()
    return asked


def run_timer():
    call_command("publish_scheduled", verbosity=0)


def test_a_cache_that_refuses_is_told_by_the_timer(cache, publish):
    cache.status = 503
    publish()
    refused = set(told(cache))
    assert ADDRESS in refused
    run_timer()
    assert set(told(cache)) == refused, "It refused once more."
    cache.status = 200
    run_timer()
    assert set(told(cache)) == refused
    run_timer()
    assert told(cache) == []


def test_a_cache_that_does_not_have_an_address_is_not_told_again(cache, publish):
    cache.status = 404
    publish()
    assert ADDRESS in told(cache)
    run_timer()
    assert told(cache) == []


def test_what_could_not_be_queued_is_purged_by_the_timer(cache, publish, settings):
    settings.TASKS, kept = tasks_of(settings, "purging"), settings.TASKS
    publish()
    assert told(cache) == []
    settings.TASKS = kept
    run_timer()
    purged = told(cache)
    assert ADDRESS in purged and "http://testserver/fr/" in purged


def test_what_is_deleted_is_purged_by_the_timer(
    cache, journal, settings, django_capture_on_commit_callbacks
):
    page = make_article(journal, "Le lac", "The lake")
    settings.TASKS, kept = tasks_of(settings, "purging"), settings.TASKS
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    settings.TASKS = kept
    run_timer()
    assert ADDRESS in told(cache)


def test_what_a_broken_backend_could_not_purge_is_purged_by_the_timer(cache, publish, settings):
    settings.WAGTAILFRONTENDCACHE = {
        "default": {"BACKEND": "tests.articles.languages.caches.BrokenCache"}
    }
    publish()
    assert UnpurgedAddress.objects.filter(address=ADDRESS).exists()
    run_timer()
    backend = "tests.articles.languages.caches.RecordingCache"
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": backend}}
    caches.purged.clear()
    run_timer()
    assert ADDRESS in caches.purged and not UnpurgedAddress.objects.exists()


def test_a_cache_is_given_up_after_a_day(cache, publish, caplog):
    cache.status = 503
    publish()
    UnpurgedAddress.objects.update(first_failed_at=now() - timedelta(days=1, minutes=1))
    told(cache)
    run_timer()
    assert told(cache) == [] and "given up" in caplog.text


def test_no_more_than_some_are_kept(cache, publish, monkeypatch, caplog):
    monkeypatch.setattr(UnpurgedAddress, "MOST", 2)
    cache.status = 503
    publish()
    assert UnpurgedAddress.objects.count() == 2 and "too many" in caplog.text
    run_timer()
    assert UnpurgedAddress.objects.count() == 2, "What is kept is tried again when it is full."


def test_no_address_is_sought_for_which_there_is_no_room(db, settings, monkeypatch, caplog):
    monkeypatch.setattr(UnpurgedAddress, "MOST", 3)
    monkeypatch.setattr(frontend_caches, "BATCH", 2)
    settings.TASKS, sought = tasks_of(settings), []

    def addresses():
        for number in range(20):
            sought.append(f"{ADDRESS}{number}/")
            yield sought[-1]

    with pytest.raises(OperationalError):
        frontend_caches.enqueue_purge(frontend_caches.purge_urls, [], addresses)
    assert len(sought) == 4 and UnpurgedAddress.objects.count() == 3
    assert caplog.text.count("too many") == 1


def test_what_cloudflare_refuses_is_kept(db, cache):
    backend = CloudflareBackend({"ZONEID": "z1", "BEARER_TOKEN": "t"})
    backend.cloudflare_purge_endpoint_url = f"http://127.0.0.1:{cache.port}/purge"
    cache.status = 500
    backend.purge_batch([ADDRESS])
    assert UnpurgedAddress.objects.get().address == ADDRESS
