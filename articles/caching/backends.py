"""Backends for the cache ``pages``: on disk by default, and what Django's own on Redis lacks.

They keep bytes as they are. Django's backends pickle whatever they are given, and unpickle whatever
they find, which is code of anybody who can write there.
"""

from diskcache import Disk
from diskcache.core import MODE_PICKLE
from diskcache.djangocache import DjangoCache

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

    ``LOCATION`` is the folder.
    """

    def __init__(self, directory, params):
        options = {"disk": BytesDisk, "size_limit": SIZE_LIMIT, **params.get("OPTIONS", {})}
        super().__init__(directory, {"SHARDS": 2, **params, "OPTIONS": options})


class BytesSerializer:
    """The ``serializer`` of Django's cache on Redis that leaves bytes as they are."""

    def dumps(self, value):
        return value

    def loads(self, stored):
        return stored
