"""Readers see saved words at once, in every process of the server, without a restart."""

import os
import threading
from pathlib import Path

from django.utils.translation.reloader import translation_file_changed

from articles.interface_texts.files import compiled_files

#: How many seconds a request waits for those under way before the words are read anew.
PATIENCE = 2


class WordsOfTheProcess:
    """Which state of the compiled catalogues this process has read.

    Reading them anew makes Django forget which language each thread speaks. So that no answer
    changes its language half-way, it waits until no request is under way in another thread.
    """

    def __init__(self):
        self._turn = threading.Condition()
        self._under_way = 0
        self._read = self._on_disk()

    def begin(self):
        with self._turn:
            if self._are_stale():
                self._read_anew()
            self._under_way += 1

    def end(self):
        with self._turn:
            self._under_way -= 1
            self._turn.notify_all()

    def _read_anew(self):
        """Wait for the others; one of them may have read the words anew in the meantime."""
        self._turn.wait_for(self._may_go_on, timeout=PATIENCE)
        if self._are_stale():
            self._read = self._on_disk()
            translation_file_changed(sender=type(self), file_path=Path("django.mo"))
            self._turn.notify_all()

    def _may_go_on(self):
        return not self._under_way or not self._are_stale()

    def _are_stale(self):
        return self._on_disk() != self._read

    @staticmethod
    def _on_disk():
        return [(path, _state(path)) for path in compiled_files()]


def _state(path):
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


words = WordsOfTheProcess()


class FreshWordsMiddleware:
    """Looks at the catalogues before each request; stands before ``LocaleMiddleware``.

    A request within a request, as Wagtail makes one for a preview, speaks as the outer one does.
    """

    inside = threading.local()

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if getattr(self.inside, "request", False):
            return self.get_response(request)
        words.begin()
        self.inside.request = True
        try:
            return self.get_response(request)
        finally:
            self.inside.request = False
            words.end()
