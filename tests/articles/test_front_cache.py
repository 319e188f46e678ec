"""A cache in front of the site that hangs or fails keeps nobody waiting."""

import socket
import time

import pytest
import requests
from django_tasks import task_backends
from wagtail.models import Page

from diptych.articles.delivery import frontend_cache
from diptych.articles.delivery.frontend_cache import (
    CloudflareBackend,
    HTTPBackend,
    purge_page_in_background,
)
from diptych.articles.languages.models import UnpurgedAddress
from tests.articles.languages import caches
from tests.deploy.origin import running_origin
from tests.factories import make_article

pytestmark = pytest.mark.django_db

URLS = [f"https://journal.example:8443/fr/{number}/?page=2" for number in range(3)]


def backend_at(port):
    return HTTPBackend({"LOCATION": f"http://127.0.0.1:{port}"})


def test_addresses_are_purged_with_their_host():
    with running_origin() as origin:
        backend_at(origin.port).purge_batch(URLS)
    asked = [(each["method"], each["path"], each["headers"]["host"]) for each in origin.requests]
    assert asked == [("PURGE", f"/fr/{n}/?page=2", "journal.example:8443") for n in range(3)]


def test_what_is_not_there_is_no_reason_to_stop(caplog):
    with running_origin() as origin:
        origin.status = 404
        backend_at(origin.port).purge_batch(URLS)
    assert len(origin.requests) == 3
    assert caplog.text.count("could not be purged") == 3


def test_a_cache_that_hangs_is_waited_for_once(monkeypatch, caplog):
    monkeypatch.setattr(frontend_cache, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        backend_at(silent.getsockname()[1]).purge_batch(URLS)
    assert time.monotonic() - started < 2
    assert "3 addresses were not purged" in caplog.text


def test_a_cache_that_is_gone_is_logged(caplog):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    backend_at(port).purge_batch(URLS)
    assert "3 addresses were not purged" in caplog.text


@pytest.fixture
def asked_of_cloudflare(monkeypatch):
    """What was asked of Cloudflare, which answers with an error."""
    asked = []

    def post(url, **what):
        asked.append((url, what["json"], what["headers"]))
        answer = requests.Response()
        answer.status_code, answer._content = 403, b'{"success": false, "errors": []}'
        return answer

    monkeypatch.setattr(requests, "post", post)
    return asked


@pytest.mark.parametrize(
    "access, header",
    [
        ({"BEARER_TOKEN": "t"}, "Authorization"),
        ({"EMAIL": "a@b.example", "TOKEN": "t"}, "X-Auth-Key"),
    ],
)
def test_an_asterisk_purges_the_zone_at_cloudflare(asked_of_cloudflare, caplog, access, header):
    backend = CloudflareBackend({"ZONEID": "z1", **access})
    backend.purge_batch(["https://journal.example/*"])
    backend.purge_batch(URLS)
    (everything, some) = asked_of_cloudflare
    assert everything[0].endswith("/zones/z1/purge_cache")
    assert everything[1] == {"purge_everything": True}
    assert some[1] == {"files": URLS}
    assert all(header in each[2] for each in asked_of_cloudflare)
    assert "Cloudflare could not be purged" in caplog.text


@pytest.mark.parametrize(
    "body, logged",
    [
        (b'{"success": false, "errors": [{"code": 1012, "message": "Too many URLs"}]}', "Too many"),
        (b'{"success": false}', "did not say why"),
        (b"<p>Sign in to this network</p>", "did not say why"),
        (b'{"success": true, "errors": []}', ""),
    ],
)
def test_cloudflare_purged_only_what_it_says_it_did(monkeypatch, caplog, body, logged):
    answer = requests.Response()
    answer.status_code, answer._content = 200, body
    monkeypatch.setattr(requests, "post", lambda *arguments, **what: answer)
    CloudflareBackend({"ZONEID": "z1", "BEARER_TOKEN": "t"}).purge_batch(URLS)
    assert UnpurgedAddress.objects.count() == (3 if logged else 0)
    assert logged in caplog.text


@pytest.mark.parametrize("error", [requests.ConnectionError, requests.Timeout])
def test_cloudflare_that_does_not_answer_is_waited_for_once(monkeypatch, caplog, error):
    asked = []

    def post(url, **what):
        asked.append(what["json"])
        raise error("no answer")

    monkeypatch.setattr(requests, "post", post)
    monkeypatch.setattr(CloudflareBackend, "CHUNK_SIZE", 1)
    CloudflareBackend({"ZONEID": "z1", "BEARER_TOKEN": "t"}).purge_batch(URLS)
    assert asked == [{"files": URLS[:1]}]
    assert set(UnpurgedAddress.objects.values_list("address", flat=True)) == set(URLS)
    assert "3 addresses were not purged" in caplog.text


def test_pages_are_purged_in_the_background(
    journal, settings, monkeypatch, django_capture_on_commit_callbacks
):
    caches.install_frontend_cache(monkeypatch)
    backend = "tests.articles.languages.caches.RecordingCache"
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": backend}}
    waiting = {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
    settings.TASKS = {**settings.TASKS, "purging": waiting}
    article = make_article(journal)
    plain = Page(title="Plain", slug="plain")
    Page.objects.get(pk=journal.home.pk).add_child(instance=plain)
    caches.commit_all()
    caches.purged.clear()
    with django_capture_on_commit_callbacks(execute=True):
        for page in (article, plain):
            purge_page_in_background(type(page), page)
        assert task_backends["purging"].results == []
    (result,) = task_backends["purging"].results
    assert result.args == [] and caches.purged == []
    result.task.func()
    assert caches.purged == [plain.get_full_url()]
