"""A cached page: headers, compressed body and tags, serialized to bytes.

The format is JSON, a compressed body and a checksum: data written by others into a shared store is
never executed, and incomplete data is rejected.
"""

import gzip
import hashlib
import json
import struct
import time
import zlib
from dataclasses import dataclass, field

from django.utils.http import http_date

try:
    import brotli
except ImportError:
    brotli = None

#: Encodings in the order in which they are preferred. Bodies are stored in the first.
ENCODINGS = ("br", "gzip") if brotli else ("gzip",)
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
FRAME = struct.Struct(">4sII")
MAGIC = b"DPC1"


@dataclass
class Entry:
    """A response to an anonymous reader.

    ``tags`` are the tags it depends on; ``changes`` are the keys of the log rows that had
    invalidated any of them before it was rendered. ``query_keys`` are the query keys of its view,
    ``None`` if unknown.
    """

    headers: list
    bodies: dict
    tags: frozenset
    changes: frozenset
    query_keys: tuple | None
    life: float
    created: float
    digest: str
    modified: str
    #: The log that the entry was last compared with.
    log: object = field(default=None, repr=False)
    #: Whether this process has seen to it that its address is recorded.
    is_recorded: bool = False

    def is_current(self, log):
        """Whether the entry has not expired and ``log`` has no newer rows for its tags.

        An entry with a creation time in the future is treated as expired: the clock was set back.
        """
        if not 0 <= time.time() - self.created < self.life:
            return False
        if self.log is not log:
            if not log.ids_of(self.tags) <= self.changes:
                return False
            self.log = log
        return True

    def body_in(self, encoding):
        """The body as ``encoding``, one of :data:`ENCODINGS` or ``""``."""
        if encoding not in self.bodies:
            plain = decompress(*next(iter(self.bodies.items())))
            if not encoding:
                return plain
            self.bodies[encoding] = compress(encoding, plain)
        return self.bodies[encoding]

    def etag(self, encoding):
        return f'"{self.digest}-{encoding}"' if encoding else f'"{self.digest}"'

    @property
    def age(self):
        """Whole seconds since it was rendered."""
        return max(0, int(time.time() - self.created))

    @property
    def size(self):
        """Approximate size in memory in bytes, with the body in two encodings."""
        return 2000 + 2 * len(next(iter(self.bodies.values())))


def make_entry(response, tags, changes, query_keys, life):
    """The :class:`Entry` for a rendered response."""
    encoding, created = ENCODINGS[0], time.time()
    return Entry(
        headers=[
            (name, value)
            for name, value in response.items()
            if name.lower() not in ("content-length", "etag", "last-modified", "vary")
        ],
        bodies={encoding: compress(encoding, response.content)},
        tags=frozenset(tags),
        changes=frozenset(changes),
        query_keys=query_keys,
        life=life,
        created=created,
        digest=hashlib.blake2b(response.content, digest_size=12).hexdigest(),
        modified=response.get("Last-Modified") or http_date(created),
    )


def compress(encoding, content):
    if encoding == "br":
        return brotli.compress(content, quality=BROTLI_QUALITY)
    return gzip.compress(content, GZIP_LEVEL, mtime=0)


def decompress(encoding, content):
    return brotli.decompress(content) if encoding == "br" else gzip.decompress(content)


def to_bytes(entry):
    encoding, body = next(iter(entry.bodies.items()))
    facts = {
        "headers": entry.headers,
        "encoding": encoding,
        "tags": sorted(entry.tags),
        "changes": sorted(entry.changes),
        "query_keys": entry.query_keys,
        "life": entry.life,
        "created": entry.created,
        "digest": entry.digest,
        "modified": entry.modified,
    }
    content = json.dumps(facts).encode()
    content = len(content).to_bytes(4) + content + body
    return FRAME.pack(MAGIC, len(content), zlib.crc32(content)) + content


def from_bytes(stored):
    """The entry deserialized from ``stored``, or ``None`` if the bytes are invalid."""
    try:
        magic, length, checksum = FRAME.unpack_from(stored)
        content = memoryview(stored)[FRAME.size :]
        if (magic, length, checksum) != (MAGIC, len(content), zlib.crc32(content)):
            return None
        start = 4 + int.from_bytes(content[:4])
        facts = json.loads(bytes(content[4:start]))
        encoding, keys = facts.pop("encoding"), facts.pop("query_keys")
        if encoding not in ENCODINGS:
            return None
        return Entry(
            bodies={encoding: bytes(content[start:])},
            headers=[tuple(pair) for pair in facts.pop("headers")],
            tags=frozenset(facts.pop("tags")),
            changes=frozenset(facts.pop("changes")),
            query_keys=keys if keys is None else tuple(keys),
            **facts,
        )
    except (struct.error, TypeError, ValueError, KeyError, AttributeError):
        return None
