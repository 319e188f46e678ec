"""Removal of metadata from JPEG, PNG, WebP and GIF files.

Each function copies the parts needed to show the image byte for byte; no pixel is decoded, so
the removal is lossless. Camera data, positions, comments, previews, edit histories
and data after the end of the picture are removed; colour profiles are not.
"""

import re

from diptych.articles.images.uploads.faults import DamagedPicture

# JPEG: segments, each a marker and a length that counts itself.

JPEG_START, JPEG_END, JPEG_SCAN, JPEG_COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
JPEG_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
JPEG_APPLICATIONS = range(0xE0, 0xF0)
# Within a scan an 0xFF is followed by a zero, a restart marker or another 0xFF.
JPEG_MARKER_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def jpeg_without_metadata(content):
    """Keep the segments of the image, its colour profile and its colour transform."""
    kept, position = bytearray(content[:2]), 2
    while (position := content.find(b"\xff", position)) >= 0:
        while content[position + 1] == 0xFF:
            position += 1
        marker = content[position + 1]
        if marker in JPEG_WITHOUT_LENGTH or marker == JPEG_END:
            kept += content[position : position + 2]
            position += 2
            if marker == JPEG_END:
                break
            continue
        end = position + 2 + int.from_bytes(content[position + 2 : position + 4])
        kept += _jpeg_segment(marker, content[position:end])
        position = end
        if marker == JPEG_SCAN:
            found = JPEG_MARKER_AFTER_SCAN.search(content, position)
            end = found.start() if found else len(content)
            kept += content[position:end]
            position = end
    return bytes(kept)


def _jpeg_segment(marker, segment):
    """The part of a segment that is kept."""
    if marker not in JPEG_APPLICATIONS and marker != JPEG_COMMENT:
        return segment
    name = segment[4:]
    if name.startswith(b"JFIF\0") and len(name) >= 14:
        # The density of the pixels, then a preview of zero by zero.
        return b"\xff\xe0\x00\x10" + name[:12] + b"\0\0"
    if marker == 0xE2 and name.startswith(b"ICC_PROFILE\0"):
        return segment
    if marker == 0xEE and name.startswith(b"Adobe"):
        return segment
    return b""


# PNG: chunks of length, type, data and checksum.

PNG_PIXELS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"sBIT", b"pHYs"}
PNG_COLOURS = {b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"cICP", b"mDCV", b"cLLI"}
PNG_FRAMES = {b"acTL", b"fcTL", b"fdAT"}
PNG_KEPT = PNG_PIXELS | PNG_COLOURS | PNG_FRAMES


PNG_CAMERA_DATA, PNG_TEXTS = b"eXIf", {b"tEXt", b"zTXt", b"iTXt"}
PNG_TEXTS_OF_CAMERAS = (b"Raw profile type exif\0", b"XML:com.adobe.xmp\0")


def png_without_metadata(content):
    """Keep the chunks of the image, its frames and its colours."""
    kept = (content[start:end] for name, start, end in _png_chunks(content) if name in PNG_KEPT)
    return content[:8] + b"".join(kept)


def png_has_camera_data(content):
    """Whether the file has EXIF or XMP data, which may hold an orientation."""
    return any(
        name == PNG_CAMERA_DATA
        or (name in PNG_TEXTS and content.startswith(PNG_TEXTS_OF_CAMERAS, start + 8))
        for name, start, _end in _png_chunks(content)
    )


def _png_chunks(content):
    """The type of each chunk, where it starts and where it ends."""
    start = 8
    while True:
        name = content[start + 4 : start + 8]
        end = start + 12 + int.from_bytes(content[start : start + 4])
        if len(name) < 4 or end > len(content):
            raise DamagedPicture
        yield name, start, end
        if name == b"IEND":
            return
        start = end


# WebP: chunks of type, length and data, padded to an even length, within one RIFF chunk.

WEBP_KEPT = {b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"}
WEBP_FRAME_HEADER = 16
WEBP_METADATA_FLAGS = 0x08 | 0x04


def webp_without_metadata(content):
    """Keep the image or its frames, and the colour profile."""
    end = 8 + int.from_bytes(content[4:8], "little")
    if end > len(content):
        raise DamagedPicture
    body = _webp_chunks(content[12:end])
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


def _webp_chunks(content):
    kept, position = bytearray(), 0
    while position + 8 <= len(content):
        name = content[position : position + 4]
        size = int.from_bytes(content[position + 4 : position + 8], "little")
        data = content[position + 8 : position + 8 + size]
        if len(data) < size:
            raise DamagedPicture
        position += 8 + size + size % 2
        if name not in WEBP_KEPT:
            continue
        if name == b"VP8X":
            data = bytes([data[0] & ~WEBP_METADATA_FLAGS]) + data[1:]
        elif name == b"ANMF":
            data = data[:WEBP_FRAME_HEADER] + _webp_chunks(data[WEBP_FRAME_HEADER:])
        kept += name + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)
    return bytes(kept)


# GIF: a header, then blocks whose data come in pieces of at most 255 bytes.

GIF_EXTENSION, GIF_FRAME, GIF_END = 0x21, 0x2C, 0x3B
GIF_TIMING, GIF_APPLICATION = 0xF9, 0xFF
GIF_APPLICATIONS_KEPT = {b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"}


def gif_without_metadata(content):
    """Keep the frames, their timing, how often they repeat and the colour profile."""
    position = 13 + _gif_colours(content[10])
    kept = bytearray(content[:position])
    while position < len(content) and content[position] != GIF_END:
        start = position
        if content[start] == GIF_EXTENSION:
            label, application = content[start + 1], content[start + 3 : start + 14]
            position = _gif_end_of_pieces(content, start + 2)
            wanted = label == GIF_TIMING or (
                label == GIF_APPLICATION and application in GIF_APPLICATIONS_KEPT
            )
        elif content[start] == GIF_FRAME:
            position = _gif_end_of_pieces(content, start + 11 + _gif_colours(content[start + 9]))
            wanted = True
        else:
            position, wanted = start + 1, False
        if wanted:
            kept += content[start:position]
    return bytes(kept) + bytes([GIF_END])


def _gif_colours(flags):
    """The length in bytes of the colour table, from ``flags``."""
    return 3 << (flags & 0x07) + 1 if flags & 0x80 else 0


def _gif_end_of_pieces(content, position):
    while content[position]:
        position += 1 + content[position]
    return position + 1
