"""Removal of metadata from AVIF and HEIC files by overwriting it in place.

The files are nested boxes, some of which hold byte offsets from the start of the file. So no
byte is moved: metadata is overwritten and keeps its length.
"""

from dataclasses import dataclass

from diptych.articles.images.uploads.faults import DamagedPicture

CONTAINERS = {b"moov", b"trak", b"mdia", b"minf"}
PRIVATE = {b"uuid", b"udta", b"free", b"skip"}
# An offset of four bytes, then a TIFF header with an empty directory.
EMPTY_EXIF = bytes(4) + b"II*\0" + b"\x08\0\0\0" + bytes(6)
METADATA_ITEMS = {b"Exif", b"mime", b"uri "}


@dataclass(frozen=True)
class Box:
    name: bytes
    start: int
    body: int
    end: int


def without_metadata(content):
    content = bytearray(content)
    _blank(content, 0, len(content))
    return bytes(content)


def _boxes(content, start, end):
    """The boxes between two offsets, each checked to fit."""
    while start + 8 <= end:
        size, name = (
            int.from_bytes(content[start : start + 4]),
            bytes(content[start + 4 : start + 8]),
        )
        body = start + 8
        if size == 1:
            size, body = int.from_bytes(content[start + 8 : start + 16]), start + 16
        stop = start + size if size else end
        if not body <= stop <= end:
            raise DamagedPicture
        yield Box(name, start, body, stop)
        start = stop


def _blank(content, start, end):
    for box in _boxes(content, start, end):
        if box.name in CONTAINERS:
            _blank(content, box.body, box.end)
        elif box.name == b"meta":
            _blank_items(content, box)
        elif box.name in PRIVATE:
            content[box.start + 4 : box.start + 8] = b"free"
            content[box.body : box.end] = bytes(box.end - box.body)


def _blank_items(content, meta):
    """Overwrite the items of a ``meta`` box that are not images."""
    parts = {box.name: box for box in _boxes(content, meta.body + 4, meta.end)}
    if b"iinf" not in parts or b"iloc" not in parts:
        return
    kinds = _kinds_of_items(content, parts[b"iinf"])
    inside = parts[b"idat"].body if b"idat" in parts else 0
    for item, ranges in _places_of_items(content, parts[b"iloc"], inside):
        if kinds.get(item) not in METADATA_ITEMS:
            continue
        blank = EMPTY_EXIF if kinds[item] == b"Exif" else b""
        for start, length in ranges:
            if not length or start + length > len(content):
                raise DamagedPicture
            filling = blank if len(blank) <= length else b""
            content[start : start + length] = filling.ljust(length, b"\0" if blank else b" ")


def _kinds_of_items(content, box):
    """``{item number: item type}``."""
    wide = content[box.body] > 0
    kinds = {}
    for entry in _boxes(content, box.body + (8 if wide else 6), box.end):
        wide_number = content[entry.body] > 2
        reader = Reader(content, entry.body + 4)
        number = reader.number(4 if wide_number else 2)
        reader.number(2)
        kinds[number] = bytes(content[reader.position : reader.position + 4])
    return kinds


def _places_of_items(content, box, inside):
    """``(item, [(start, length), …])`` for each item; ``inside`` is where ``idat`` begins."""
    version, reader = content[box.body], Reader(content, box.body + 4)
    sizes = reader.number(2)
    offset_size, length_size = sizes >> 12, sizes >> 8 & 15
    base_size, index_size = sizes >> 4 & 15, sizes & 15 if version else 0
    for _item in range(reader.number(4 if version == 2 else 2)):
        item = reader.number(4 if version == 2 else 2)
        method = reader.number(2) & 15 if version else 0
        reader.number(2)
        base, ranges = reader.number(base_size) + (inside if method else 0), []
        extents = reader.number(2)
        if extents > 1 and not length_size:
            raise DamagedPicture
        for _extent in range(extents):
            reader.number(index_size)
            offset = reader.number(offset_size)
            ranges.append((base + offset, reader.number(length_size)))
        yield item, ranges


class Reader:
    """Reads consecutive integers from ``content``."""

    def __init__(self, content, position):
        self.content = content
        self.position = position

    def number(self, size):
        end = self.position + size
        if end > len(self.content):
            raise DamagedPicture
        value = int.from_bytes(self.content[self.position : end])
        self.position = end
        return value
