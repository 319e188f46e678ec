"""Storage of cached pages: the memory of each process, and a store shared by processes.

The store is the cache ``pages`` of Django's ``CACHES``; without it only the memory is used. A store
that fails is not used for :data:`PAUSE` seconds. Pages of what readers typed, of which anybody can
make any number, have a memory of their own and do not go into the store: they displace no others.
"""

import hashlib
import logging
import os
import threading
import time
from collections import OrderedDict
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.utils.version import get_version
from wagtail import __version__ as wagtail_version

from diptych.articles.caching.entries import from_bytes, to_bytes

logger = logging.getLogger(__name__)

ALIAS = "pages"
#: Seconds for which a store that has failed is not used.
PAUSE = 10


class Memory:
    """The most recently used pages of this process, within ``limit`` bytes."""

    def __init__(self, limit):
        self.limit = limit
        self.size = 0
        self.entries = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key):
        entry = self.entries.get(key)
        if entry is not None:
            with self.lock:
                if key in self.entries:
                    self.entries.move_to_end(key)
        return entry

    def set(self, key, entry):
        with self.lock:
            self._remove(key)
            self.entries[key] = entry
            entry.counted = entry.size
            self.size += entry.counted
            while self.size > self.limit and self.entries:
                self._remove(next(iter(self.entries)))

    def _remove(self, key):
        entry = self.entries.pop(key, None)
        if entry is not None:
            self.size -= entry.counted

    def clear(self):
        with self.lock:
            self.entries.clear()
            self.size = 0


class Store:
    """The shared store; its errors are caught and logged."""

    def __init__(self):
        self.closed_until = 0
        self.has_failed = False

    @property
    def is_open(self):
        return ALIAS in settings.CACHES and time.monotonic() >= self.closed_until

    def get(self, key):
        stored = self._ask("get", key)
        return from_bytes(stored) if isinstance(stored, bytes) else None

    def set(self, key, entry):
        self._ask("set", key, to_bytes(entry), entry.life)

    def lock(self, key, seconds):
        """Acquire the lock of ``key``; returns whether it was free."""
        return self._ask("add", f"{key}-lock", b"1", seconds) is not False

    def is_locked(self, key):
        return bool(self._ask("get", f"{key}-lock"))

    def unlock(self, key):
        self._ask("delete", f"{key}-lock")

    def _ask(self, method, key, *arguments):
        if not self.is_open:
            return None
        try:
            answer = getattr(caches[ALIAS], method)(f"{namespace()}-{key}", *arguments)
        except Exception as error:
            self.closed_until = time.monotonic() + PAUSE
            if not self.has_failed:
                logger.warning("The cache of pages fails (%r): pages are kept without it.", error)
            self.has_failed = True
            return None
        if self.has_failed and method == "set":  # On a full disk pages are found all the same.
            logger.warning("The cache of pages works again.")
            self.has_failed = False
        return answer


@cache
def namespace():
    """A fingerprint of the code, templates, catalogues and settings that determine rendering.

    Deployments that render pages differently do not share entries.
    """
    digest = hashlib.blake2b(digest_size=9)
    chosen = getattr(settings, "DIPTYCH_PAGES_NAMESPACE", "")
    own = chosen, settings.SECRET_KEY, settings.DEBUG, settings.INSTALLED_APPS, settings.MIDDLEWARE
    base = getattr(settings, "DIPTYCH_BASE_TEMPLATE", None)
    for value in (*own, base, get_version(), wagtail_version):
        digest.update(repr(value).encode())
    for path in () if chosen else _files_of_code():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files_of_code():
    """The Python files, templates and catalogues of this package and of the project."""
    folders = {Path(each.path) for each in apps.get_app_configs() if _is_own(each)}
    folders.update(map(Path, settings.LOCALE_PATHS))
    folders.update(Path(path) for each in settings.TEMPLATES for path in each.get("DIRS", ()))
    found = {
        Path(folder, name)
        for top in folders
        if folders.isdisjoint(top.parents)  # an application may be in the folder of another
        for folder, _folders, names in os.walk(top)
        for name in names
        if name.endswith((".py", ".html", ".xml", ".mo"))
    }
    manifest = Path(settings.STATIC_ROOT or "") / "staticfiles.json"
    return sorted(path for path in {*found, manifest} if path.is_file())


def _is_own(application):
    is_installed = "site-packages" in application.path
    return not is_installed or application.label.startswith("diptych")


SIZE = getattr(settings, "DIPTYCH_PAGES_MEMORY", 8 * 1024 * 1024)

memory = Memory(SIZE)
#: Pages of what readers typed.
typed = Memory(SIZE // 4)
store = Store()


def fetch(key, log):
    """The entry of ``key`` that is current according to ``log``, or ``None``."""
    entry = memory.get(key)
    if entry is not None and entry.is_current(log):
        return entry
    entry = store.get(key)
    if entry is None or not entry.is_current(log):
        return None
    memory.set(key, entry)
    return entry


def keep(key, entry):
    memory.set(key, entry)
    store.set(key, entry)
