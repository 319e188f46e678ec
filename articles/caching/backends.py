"""Backends for the cache ``pages``: on disk by default, and what Django's own on Redis lacks.

They keep bytes as they are. Django's backends pickle whatever they are given, and unpickle whatever
they find, which is code of anybody who can write there.
"""

from diskcache import Disk
from diskcache.core import MODE_PICKLE
from diskcache.djangocache import DjangoCache

#: How long to wait for a process that is writing, in seconds.
LONGEST_WAIT = 0.25
#: The most bytes on disk. Beyond it, pages that have not been stored lately are deleted.
SIZE_LIMIT = 256 * 1024 * 1024


class BytesDisk(Disk):
    """Keeps bytes, texts and numbers only; finds nothing where somebody has stored a pickle."""

    def fetch(self, mode, filename, value, read):
        if mode == MODE_PICKLE:
            return None
        return super().fetch(mode, filename, value, read)


class PagesOnDisk(DjangoCache):
    """Pages in files of a folder, for the processes of one machine; needs no server.

    ``LOCATION`` is the folder. Where nothing can be written for :data:`LONGEST_WAIT`, as another
    process hangs or the disk is full, the store fails or has not done what was asked: DiskCache
    would try again for ever.
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
    """The ``serializer`` of Django's cache on Redis that leaves bytes as they are."""

    def dumps(self, value):
        return value

    def loads(self, stored):
        return stored
