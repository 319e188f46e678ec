"""Archives of files for several pages, as ZIP."""

import io
import zipfile
import zlib

from django.utils.text import slugify
from django.utils.translation import gettext as _

from diptych.articles.translation_tools import formats
from diptych.articles.translation_tools.exporting import page_of
from diptych.articles.translation_tools.formats.reading import (
    LARGEST_FILE,
    FileRefused,
    check_files,
    check_size,
)

_BEGINNING = b"PK\x03\x04"


def name_of(file, kind):
    """The name under which a :class:`TranslationFile` is stored in the format ``kind``."""
    title = slugify(file.title)[:60] or "page"
    whole = f"{page_of(file) or file.original}-{title}"
    return f"{whole}.{file.target_language}.{formats.FORMATS[kind][1]}"


def write(files, kind):
    """The bytes of an archive of ``files`` in the format ``kind``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in files:
            archive.writestr(name_of(each, kind), formats.write(each, kind))
    return stream.getvalue()


def read(name, data):
    """``(name, TranslationFile)`` of each file in an archive, or of a single one.

    Raises :class:`FileRefused`. All files together are no larger than a single one may be.
    """
    check_size(data)
    if not data.startswith(_BEGINNING):
        return [(name, each) for each in formats.read(data)]
    try:
        return _read_archive(data)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise FileRefused(_("The archive is damaged, or has a password.")) from error


def _read_archive(data):
    left, found = LARGEST_FILE, []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [each for each in archive.infolist() if _is_of_ours(each.filename)]
        if not entries:
            raise FileRefused(_("There is no XLIFF or PO file in the archive."))
        check_files(entries)
        for entry in entries:
            with archive.open(entry) as stream:
                content = stream.read(left + 1)
            left -= len(content)
            if left < 0:
                raise FileRefused(_("The files in the archive are too large together."))
            found += _named(entry.filename, content)
            check_files(found)
    return found


def _is_of_ours(name):
    return name.rpartition(".")[2].lower() in formats.EXTENSIONS


def _named(name, content):
    try:
        return [(name.rpartition("/")[2], each) for each in formats.read(content)]
    except FileRefused as refusal:
        raise FileRefused(f"{name}: {refusal}") from refusal
