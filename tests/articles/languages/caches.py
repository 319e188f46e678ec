"""A cache in front of the site that only remembers what it was told to forget."""

from wagtail.contrib.frontend_cache.backends.base import BaseBackend

purged = []


class ForgetfulCache(BaseBackend):
    def purge(self, url):
        purged.append(url)


class BrokenCache(BaseBackend):
    def purge(self, url):
        raise ConnectionError
