"""Backends for the cache ``pages``: on disk by default, and a serializer for Redis.

They store bytes without pickling. Django's backends unpickle any stored value, so that anybody with
write access to the store could execute code.
"""

from diskcache import Disk
from diskcache.core import MODE_PICKLE
from diskcache.djangocache import DjangoCache

#: How long to wait for a process that is writing, in seconds.
LONGEST_WAIT = 0.25
#: The most bytes on disk. Beyond it, pages that have not been stored lately are deleted.
SIZE_LIMIT = 256 * 1024 * 1024


class BytesDisk(Disk):
    """Stores bytes, strings and numbers; treats pickled values as missing."""

    def fetch(self, mode, filename, value, read):
        if mode == MODE_PICKLE:
            return None
        return super().fetch(mode, filename, value, read)


class PagesOnDisk(DjangoCache):
    """Pages in files of a folder, shared by the processes of one machine; needs no server.

    ``LOCATION`` is the folder. If writing is blocked for :data:`LONGEST_WAIT` (another process
    hangs or the disk is full), operations raise or return without effect; DiskCache would retry for
    ever.
    """

    def __init__(self, directory, params):
        options = {"disk": BytesDisk, "size_limit": SIZE_LIMIT, **params.get("OPTIONS", {})}
        usual = {"SHARDS": 2, "DATABASE_TIMEOUT": LONGEST_WAIT}
        super().__init__(directory, {**usual, **params, "OPTIONS": options})

    def add(self, *arguments, **options):
        return super().add(*arguments, **options, retry=False)

    def set(self, *arguments, **options):
        if not super().set(*arguments, **options, retry=False):
            raise TimeoutError("A process has been writing for too long, or the disk is full.")
        return True

    def delete(self, *arguments, **options):
        return super().delete(*arguments, **options, retry=False)


class BytesSerializer:
    """A ``serializer`` for Django's Redis cache that stores bytes unchanged."""

    def dumps(self, value):
        return value

    def loads(self, stored):
        return stored
