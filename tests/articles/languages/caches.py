"""Backends of the front-end cache: one that records what is purged, and one that fails."""

from wagtail.contrib.frontend_cache.backends.base import BaseBackend

purged = []


class RecordingCache(BaseBackend):
    def purge(self, url):
        purged.append(url)


class BrokenCache(BaseBackend):
    def purge(self, url):
        raise ConnectionError
