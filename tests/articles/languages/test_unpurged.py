"""What a cache in front of the site could not be told, it is told later by the timer."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import now

from diptych.articles.caching.models import Change
from diptych.articles.delivery import purging
from diptych.articles.delivery.frontend_cache import CloudflareBackend
from diptych.articles.languages.models import UnpurgedAddress
from diptych.articles.languages.routes import frontend_caches
from diptych.articles.models import JournalSettings
from diptych.themes.models import AppearanceSettings
from tests.articles.languages import caches
from tests.articles.languages.editor import PUBLISH, article_form, edit
from tests.deploy.origin import running_origin
from tests.factories import make_article
from tests.failing_queue import tasks_of

ADDRESS = "http://testserver/fr/articles/le-lac/"


@pytest.fixture
def cache(settings, monkeypatch):
    """A cache in front of the site that answers ``status``, with what it was asked."""
    caches.install_frontend_cache(monkeypatch)
    settings.DIPTYCH_PAGES_CACHE_CONTROL = {"s-maxage": 600}
    with running_origin() as origin:
        backend = {
            "BACKEND": "diptych.articles.delivery.frontend_cache.HTTPBackend",
            "LOCATION": f"http://127.0.0.1:{origin.port}",
        }
        settings.WAGTAILFRONTENDCACHE = {"default": backend}
        yield origin


@pytest.fixture
def publish(cache, journal, admin, django_capture_on_commit_callbacks):
    """Publish an article whose front page has been seen by readers."""
    page = make_article(journal, "Le lac", "The lake")
    JournalSettings.for_site(journal.site)
    AppearanceSettings.for_site(journal.site)

    def publish():
        caches.commit_all()
        assert Client().get("/fr/").status_code == 200
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
    caches.commit_all()
    JournalSettings.for_site(journal.site)
    AppearanceSettings.for_site(journal.site)
    caches.commit_all()
    assert Client().get(page.url_in("fr")).status_code == 200
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
    UnpurgedAddress.objects.update(since=now() - timedelta(days=1, minutes=1))
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


def test_what_waits_in_a_process_that_is_killed_is_purged_by_the_timer(cache, publish, settings):
    waiting = {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
    settings.TASKS, kept = {**settings.TASKS, "purging": waiting}, settings.TASKS
    publish()
    assert told(cache) == []
    settings.TASKS = kept
    run_timer()
    purged = told(cache)
    assert ADDRESS in purged and "http://testserver/fr/" in purged
    run_timer()
    assert told(cache) == []


def test_a_cache_that_is_gone_is_asked_once_and_others_go_on(db, cache, monkeypatch, settings):
    backend = "tests.articles.languages.caches.RecordingCache"
    settings.WAGTAILFRONTENDCACHE = {
        "gone": settings.WAGTAILFRONTENDCACHE["default"],
        "other": {"BACKEND": backend},
    }
    monkeypatch.setattr(frontend_caches, "BATCH", 2)
    cache.status = 503
    addresses = [f"{ADDRESS}{number}/" for number in range(5)]
    frontend_caches.keep_unpurged(addresses)
    caches.purged.clear()
    run_timer()
    assert caches.purged == addresses
    assert told(cache) == addresses[:2]
    assert sorted(UnpurgedAddress.objects.values_list("address", flat=True)) == addresses
    cache.status = 200
    run_timer()
    assert set(told(cache)) == set(addresses) and not UnpurgedAddress.objects.exists()


def test_changes_wait_for_a_cache_that_is_gone(cache, publish, monkeypatch):
    monkeypatch.setattr(purging, "BATCH", 1)
    cache.status = 503
    publish()
    assert "http://testserver/fr/" in told(cache)
    assert Change.objects.filter(is_purged=False).exists()
    cache.status = 200
    run_timer()
    assert "http://testserver/fr/" in told(cache)
    assert not Change.objects.filter(is_purged=False).exists()


def test_a_change_is_given_up_after_a_day(cache, publish, monkeypatch, caplog):
    monkeypatch.setattr(purging, "BATCH", 1)
    cache.status = 503
    publish()
    long_ago = now() - timedelta(days=1, minutes=1)
    Change.objects.update(at=long_ago)
    UnpurgedAddress.objects.update(since=long_ago)
    told(cache)
    run_timer()
    assert told(cache) == [] and "2 changes could not be purged" in caplog.text


def test_what_cloudflare_refuses_is_kept(db, cache):
    backend = CloudflareBackend({"ZONEID": "z1", "BEARER_TOKEN": "t"})
    backend.cloudflare_purge_endpoint_url = f"http://127.0.0.1:{cache.port}/purge"
    cache.status = 500
    backend.purge_batch([ADDRESS])
    assert UnpurgedAddress.objects.get().address == ADDRESS
