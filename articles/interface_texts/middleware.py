"""Reloading of saved texts in every process of a server, without a restart."""

import os
import threading
from pathlib import Path

from django.utils.translation.reloader import translation_file_changed

from diptych.articles.interface_texts.site_catalogues import compiled_files

#: Seconds that a request waits for the requests under way before the catalogues are reloaded.
RELOAD_TIMEOUT = 2


class CatalogueReloader:
    """Reloads Django's translations when a compiled catalogue has changed.

    Reloading resets the active language of every thread. So that no response changes its
    language half-way, it waits until no request is under way in another thread.
    """

    def __init__(self):
        self._condition = threading.Condition()
        self._under_way = 0
        self._loaded = self._on_disk()

    def begin(self):
        """Count a request that begins, after a reload if one is due."""
        with self._condition:
            if self._is_stale():
                self._reload()
            self._under_way += 1

    def end(self):
        """Count off a request that ends."""
        with self._condition:
            self._under_way -= 1
            self._condition.notify_all()

    def _reload(self):
        """Wait for the other requests; one of their threads may have reloaded meanwhile."""
        self._condition.wait_for(self._can_go_on, timeout=RELOAD_TIMEOUT)
        if self._is_stale():
            self._loaded = self._on_disk()
            translation_file_changed(sender=type(self), file_path=Path("django.mo"))
            self._condition.notify_all()

    def _can_go_on(self):
        return not self._under_way or not self._is_stale()

    def _is_stale(self):
        return self._on_disk() != self._loaded

    @staticmethod
    def _on_disk():
        return [(path, _file_state(path)) for path in compiled_files()]


def _file_state(path):
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


reloader = CatalogueReloader()


class CatalogueReloadMiddleware:
    """Checks the compiled catalogues before each request; comes before ``LocaleMiddleware``.

    A nested request, such as Wagtail makes for a preview, keeps the texts of the outer one.
    """

    nested = threading.local()

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if getattr(self.nested, "is_under_way", False):
            return self.get_response(request)
        reloader.begin()
        self.nested.is_under_way = True
        try:
            return self.get_response(request)
        finally:
            self.nested.is_under_way = False
            reloader.end()
