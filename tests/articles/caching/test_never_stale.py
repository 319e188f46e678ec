"""No reader ever gets a page that is out of date, whichever way something was changed."""

import os
from random import Random

import pytest
from django.conf import settings as site_settings
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpResponse
from django.test import Client, override_settings

from articles.caching import storage, versions
from articles.caching.middleware import PageCacheMiddleware
from articles.caching.storage import Memory
from articles.caching.versions import Process
from tests.articles.caching.journal import CHANGES, ChangingJournal

#: How much of what is not kept is read between two changes.
READ = 0.4
NOT_KEPT = 599
PAGE_CACHE = "articles.caching.middleware.PageCacheMiddleware"
#: Changes in the slow tier, and in the quick one.
MANY, FEW = int(os.environ.get("DIPTYCH_CHANGES", "60")), 6


class Worker:
    """What a process of a server has for itself: its copy of the log, its memory and its cache."""

    def __init__(self, monkeypatch, name):
        self.monkeypatch = monkeypatch
        self.process, self.memory = Process(), Memory(8_000_000)
        self.cache = LocMemCache(name, {})
        self.client = Client()

    def kept(self, path):
        """What a reader gets at once, from the cache; ``None`` where it would be rendered."""
        response = self.get(path, lambda *_arguments: HttpResponse(status=NOT_KEPT))
        return None if response.status_code == NOT_KEPT else answer(response)

    def get(self, path, render=PageCacheMiddleware._rendered):
        with self.monkeypatch.context() as patch:
            patch.setattr(PageCacheMiddleware, "_rendered", render)
            patch.setattr(versions, "process", self.process)
            patch.setattr(storage, "memory", self.memory)
            patch.setattr(caches._connections, "default", self.cache, raising=False)
            return self.client.get(path)


def answer(response):
    """What a reader gets: the status, where to, and the content."""
    return response.status_code, response.get("Location"), response.content


@pytest.fixture
def uncached():
    """A reader of the site without the page cache."""
    client = Client()
    others = [each for each in site_settings.MIDDLEWARE if each != PAGE_CACHE]
    with override_settings(MIDDLEWARE=others):
        client.handler.load_middleware()
    return client


def stale_answers(changes, seed, monkeypatch, uncached, settings):
    """``(number, change, address)`` for each answer that is not what would be rendered now.

    After each change, every address is asked in both workers. What they answer from the cache is
    compared; of the others, some are read, so that the next changes find them kept.
    """
    settings.DIPTYCH_ARTICLES_PER_PAGE = 3
    random = Random(seed)
    journal = ChangingJournal(random)
    workers = [Worker(monkeypatch, name) for name in ("first", "second")]
    found, compared = [], 0
    each_once = random.sample(CHANGES, len(CHANGES))
    for number in range(changes):
        name = each_once[number] if number < len(each_once) else random.choice(CHANGES)
        getattr(journal, name)()
        for path in journal.addresses():
            kept = [worker.kept(path) for worker in workers]
            if kept != [None, None]:
                now = answer(uncached.get(path))
                compared += 1
                found += [(number, name, path) for each in kept if each not in (None, now)]
            elif random.random() < READ:
                random.choice(workers).get(path)
    assert compared > changes
    return found[:20]


def test_a_few_changes(committed, monkeypatch, uncached, settings, pages_on_disk):
    seed = Random().randrange(1000)
    assert stale_answers(FEW, seed, monkeypatch, uncached, settings) == [], f"seed {seed}"


@pytest.mark.scale
def test_many_changes(committed, monkeypatch, uncached, settings, pages_on_disk):
    seed = 15
    assert stale_answers(MANY, seed, monkeypatch, uncached, settings) == []
