"""Processes of a server without a shared cache, in one process."""

from contextlib import contextmanager

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from wagtail.contrib.frontend_cache.backends.base import BaseBackend

from diptych.articles.caching import storage, versions
from diptych.articles.caching.cacheable_requests import key_of
from diptych.articles.caching.storage import Memory
from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.caching.versions import ProcessState
from tests.articles.languages.caches import install_frontend_cache


def keep_values_apart(monkeypatch):
    """Let each :class:`Worker` have kept values of its own."""
    for name in ("get", "get_many"):
        method = getattr(TaggedCache, name)

        def own(self, key, *arguments, method=method):
            return method(self, (versions.process_state, key), *arguments)

        monkeypatch.setattr(TaggedCache, name, own)


class Worker:
    """What a process of a server has for itself: its copy of the log, its memory and its cache."""

    def __init__(self, monkeypatch, name, client):
        self.monkeypatch = monkeypatch
        self.process, self.memory = ProcessState(), Memory(8_000_000)
        self.typed = Memory(2_000_000)
        self.cache = LocMemCache(name, {})
        self.client = client

    def reset(self):
        """Forget all that is kept."""
        self.process, self.memory = ProcessState(), Memory(8_000_000)
        self.typed = Memory(2_000_000)
        self.cache.clear()

    def keeps(self, path, log):
        """Whether it has the page and would give it to a reader, as ``log`` tells."""
        memory = self.typed if "?q=" in path else self.memory
        entry = memory.entries.get(key_of(f"http://testserver{path}"))
        return entry is not None and log.ids_of(entry.tags) <= entry.changes

    def answer(self, path, **options):
        """What a reader gets: the status, where to, and the content."""
        with self.running():
            response = self.client.get(path, **options)
        self.cache_control = response.get("Cache-Control", "")
        return response.status_code, response.get("Location"), response.content

    @contextmanager
    def running(self):
        """Let what the block does be done by this process."""
        with self.monkeypatch.context() as patch:
            patch.setattr(versions, "process_state", self.process)
            patch.setattr(storage, "memory", self.memory)
            patch.setattr(storage, "typed", self.typed)
            patch.setattr(caches._connections, "default", self.cache, raising=False)
            yield


class FrontCache(BaseBackend):
    """A cache in front that stores what the site lets it store, by the whole address."""

    stored = {}

    def purge(self, url):
        self.stored.pop(url.removeprefix("http://testserver"), None)


class BehindCache:
    """A :class:`Worker` with a :class:`FrontCache`."""

    def __init__(self, worker):
        self.worker, self.stored = worker, FrontCache.stored
        self.stored.clear()

    def keeps(self, path, log):
        return path in self.stored

    def answer(self, path):
        if path in self.stored:
            return self.stored[path]
        answer = self.worker.answer(path)
        if "s-maxage=600" in self.worker.cache_control:
            self.stored[path] = answer
        return answer


def put_cache_in_front(monkeypatch, settings):
    """Let the site know of a :class:`FrontCache`, and let that store its pages."""
    install_frontend_cache(monkeypatch)
    settings.DIPTYCH_PAGES_CACHE_CONTROL = {"s-maxage": 600}
    settings.WAGTAILFRONTENDCACHE = {"default": {"BACKEND": f"{__name__}.FrontCache"}}
