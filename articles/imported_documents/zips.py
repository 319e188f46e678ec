"""What may be unpacked of a zip that somebody sends."""

import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile

#: What reading a damaged or locked zip raises.
DAMAGED = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    zlib.error,
)


def unpacks_in_parts(entry):
    """Whether a file of a zip can be read in parts, so that no more than asked for is unpacked.

    The other methods unpack whatever they have read at once, whatever size the zip declares.
    WordPress, Word and operating systems use none of them.
    """
    return entry.compress_type in (ZIP_STORED, ZIP_DEFLATED)
