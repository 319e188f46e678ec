"""Colour profiles, as small as they can be, written by hand: no library brings any but sRGB's."""

import struct

UNREADABLE = b"x" * 200


def _profile(space, tags, connection=b"XYZ ", kind=b"mntr"):
    """An ICC profile of version 2: a header, a table of tags, and the tags."""
    body, table, offset = b"", b"", 128 + 4 + 12 * len(tags)
    for name, unpadded in tags.items():
        content = unpadded + bytes(-len(unpadded) % 4)
        table += struct.pack(">4sII", name, offset + len(body), len(content))
        body += content
    header = struct.pack(
        ">I4sI4s4s4s12s4sI4sI4sQI",
        offset + len(body),
        b"",
        0x02400000,
        kind,
        space,
        connection,
        bytes(12),
        b"acsp",
        0,
        b"",
        0,
        b"",
        0,
        0,
    )
    header += struct.pack(">3i4s", *_fixed(0.9642, 1.0, 0.8249), b"")
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _fixed(*numbers):
    return [round(number * 65536) for number in numbers]


def _point(*numbers):
    return struct.pack(">4sI3i", b"XYZ ", 0, *_fixed(*numbers))


def _gamma(exponent):
    return struct.pack(">4sIIH", b"curv", 0, 1, round(exponent * 256))


def _text():
    name = b"test\0"
    return struct.pack(">4sII", b"desc", 0, len(name)) + name + bytes(8 + 3 + 67)


COMMON = {
    b"desc": _text(),
    b"cprt": struct.pack(">4sI", b"text", 0) + b"none\0",
    b"wtpt": _point(0.9642, 1.0, 0.8249),
}

#: The colours of Adobe RGB (1998), wider than those of a screen in the greens.
ADOBE = _profile(
    b"RGB ",
    COMMON
    | {
        b"rXYZ": _point(0.60974, 0.31111, 0.01947),
        b"gXYZ": _point(0.20528, 0.62567, 0.06087),
        b"bXYZ": _point(0.14919, 0.06322, 0.74457),
        b"rTRC": _gamma(2.2),
        b"gTRC": _gamma(2.2),
        b"bTRC": _gamma(2.2),
    },
)

#: Greys that are lighter than those of a screen.
GREY = _profile(b"GRAY", COMMON | {b"kTRC": _gamma(1.2)})


def _inks():
    """A table from four inks, each none or full, to colours as the eye sees them (L*a*b*)."""
    ramp = bytes(range(256))
    grid = b""
    for cyan in (0, 1):
        for magenta in (0, 1):
            for yellow in (0, 1):
                for black in (0, 1):
                    light = 255 - 60 * cyan - 70 * magenta - 20 * yellow
                    light = light * (1 - black) + 20 * black
                    shade = (1 - black) * 50
                    green_red = 128 - cyan * shade + magenta * shade
                    blue_yellow = 128 - cyan * shade + yellow * shade
                    grid += bytes([light, green_red, blue_yellow])
    matrix = struct.pack(">9i", *_fixed(1, 0, 0, 0, 1, 0, 0, 0, 1))
    head = struct.pack(">4sI4B", b"mft1", 0, 4, 3, 2, 0)
    return head + matrix + ramp * 4 + grid + ramp * 3


#: Inks that nobody prints with.
INK = _profile(b"CMYK", COMMON | {b"A2B0": _inks()}, connection=b"Lab ", kind=b"prtr")
