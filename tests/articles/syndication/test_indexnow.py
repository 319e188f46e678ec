"""Search engines are told of what has been published, where a key is set, and of nothing else."""

import logging

import pytest
import requests
from django.test import TestCase, override_settings
from django_tasks import task_backends
from wagtail.models import PageViewRestriction

from config.settings import base
from diptych.articles.syndication.indexnow import BACKEND, check_key, tell
from tests.factories import make_article, publish_draft, write_draft

pytestmark = pytest.mark.django_db

KEY = "a-key-of-the-journal"
FRENCH = "http://testserver/fr/articles/le-lac-gele/"
ENGLISH = "http://testserver/en/stories/the-lake-freezes/"


@pytest.fixture
def sent(monkeypatch):
    """What is sent, as pairs of address and data."""
    found = []

    def post(url, json, timeout):
        found.append((url, json))
        answer = requests.Response()
        answer.status_code = 200
        return answer

    monkeypatch.setattr("diptych.articles.syndication.indexnow.requests.post", post)
    return found


@pytest.fixture
def article(journal):
    return make_article(journal)


def published(article, capture, **texts):
    with capture(execute=True):
        publish_draft(article, **texts)


@override_settings(DIPTYCH_INDEXNOW_KEY=KEY)
def test_what_is_published_is_told(article, sent, client, django_capture_on_commit_callbacks):
    published(article, django_capture_on_commit_callbacks, lead_fr="Autre.", lead_en="Other.")
    [(endpoint, data)] = sent
    assert endpoint == "https://api.indexnow.org/indexnow"
    assert sorted(data.pop("urlList")) == [ENGLISH, FRENCH]
    where = "http://testserver/indexnow.txt"
    assert data == {"host": "testserver", "key": KEY, "keyLocation": where}
    assert client.get(where).content.decode() == KEY


def test_without_a_key_nothing_is_told(article, sent, client, django_capture_on_commit_callbacks):
    published(article, django_capture_on_commit_callbacks, lead_fr="Autre.")
    assert sent == []
    assert client.get("/indexnow.txt").status_code == 404


@override_settings(DIPTYCH_INDEXNOW_KEY=KEY)
def test_drafts_and_private_pages_are_told_to_nobody(
    article, sent, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        write_draft(article, lead_fr="Autre.")
    assert sent == []
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    published(article, django_capture_on_commit_callbacks, lead_fr="Encore.")
    tell.func(str(article.pk), ["fr", "en"])
    assert sent == []


@override_settings(DIPTYCH_INDEXNOW_KEY=KEY)
def test_a_language_that_is_not_live_is_told_to_nobody(journal, sent):
    half = make_article(journal, live_in=("fr",))
    tell.func(str(half.pk), ["en", "fr"])
    assert [data["urlList"] for _url, data in sent] == [[FRENCH]]


def test_this_site_tells_in_the_background(journal):
    assert base.TASKS[BACKEND]["BACKEND"] == "operations.background.ThreadBackend"
    dummy = {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
    queues = {"default": base.TASKS["default"], BACKEND: dummy}
    with override_settings(DIPTYCH_INDEXNOW_KEY=KEY, TASKS=queues):
        article = make_article(journal)
        task_backends[BACKEND].clear()
        with TestCase.captureOnCommitCallbacks(execute=True):
            publish_draft(article, lead_fr="Autre.")
        assert len(task_backends[BACKEND].results) == 1


@override_settings(DIPTYCH_INDEXNOW_KEY=KEY)
def test_an_engine_that_does_not_answer_holds_up_nothing(article, monkeypatch, caplog):
    def post(url, json, timeout):
        raise requests.ConnectTimeout("too long")

    monkeypatch.setattr("diptych.articles.syndication.indexnow.requests.post", post)
    with caplog.at_level(logging.WARNING):
        tell.func(str(article.pk), ["fr"])
    assert FRENCH in caplog.text and KEY not in caplog.text


@pytest.mark.parametrize(("key", "faults"), [("", 0), (KEY, 0), ("short", 1), ("a b c d e f", 1)])
def test_a_key_of_another_form_is_an_error(key, faults):
    with override_settings(DIPTYCH_INDEXNOW_KEY=key):
        assert len(check_key(None)) == faults
