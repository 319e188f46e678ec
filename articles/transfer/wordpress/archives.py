"""Exports in a zip: its XML files are read as if they were unpacked, and nothing is."""

import zipfile
from contextlib import closing, contextmanager
from pathlib import Path

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from diptych.articles.imported_documents.zips import DAMAGED, unpacks_in_parts
from diptych.articles.transfer.wordpress.uploads import directory_size

#: Bytes of the list of contents of a zip, and of all its XML files.
LARGEST_LIST, LARGEST = 128 * 1024, 5 * 1024**3
#: How many times its packed size a file larger than this may have; texts have twenty at most.
MOST_TIMES, UNSUSPECTED = 100, 20 * 1024**2


class UnreadableFile(Exception):
    """A file of which nothing, or nothing more, can be read; says why in the active language."""


class ZippedFile:
    """An XML file in a zip; like a path, it has a name and can be opened."""

    def __init__(self, archive, entry):
        self.archive, self.entry = archive, entry
        self.name = f"{archive.name}/{entry.filename}"

    @contextmanager
    def open(self, _mode="rb"):
        """The file, whose reading raises :class:`UnreadableFile` where the zip is damaged."""
        is_zip, is_whole = _refused_if_no_zip(self.archive.name), _refused_if_damaged(self.name)
        with is_zip, zipfile.ZipFile(self.archive) as archive, is_whole:
            opened = archive.open(self.entry)
        with closing(opened):
            yield _Opened(opened, self.name)


class _Opened:
    def __init__(self, file, name):
        self.file, self.name = file, name

    def read(self, size):
        with _refused_if_damaged(self.name):
            return self.file.read(size)


@contextmanager
def _refused_if_damaged(name):
    try:
        yield
    except DAMAGED as error:
        raise UnreadableFile(
            _("“%s” is damaged or locked in the zip: it cannot be unpacked.") % name
        ) from error


@contextmanager
def _refused_if_no_zip(name):
    try:
        yield
    except DAMAGED as error:
        message = _("%(file)s is no zip that can be read. Unpack it, and give what was in it.")
        raise UnreadableFile(message % {"file": name}) from error


def files_in(path):
    """The files of an export at ``path``: itself, or those in a zip.

    Raises :class:`UnreadableFile` for a zip without any, or with too much.
    """
    path = Path(path)
    if path.suffix.lower() != ".zip" or not path.is_file():
        return [path]
    with _refused_if_no_zip(path.name):
        entries = [each for each in _entries(path) if _is_xml(each)]
        if not all(map(unpacks_in_parts, entries)):
            raise zipfile.BadZipFile
    if not entries:
        raise UnreadableFile(_("%(file)s holds no XML file.") % {"file": path.name})
    size = sum(each.file_size for each in entries)
    is_bomb = any(
        each.file_size > max(UNSUSPECTED, MOST_TIMES * each.compress_size) for each in entries
    )
    if size > LARGEST or is_bomb:
        raise UnreadableFile(
            _("%(file)s would unpack to %(size)s, and is not read. Unpack it yourself.")
            % {"file": path.name, "size": filesizeformat(size)}
        )
    return [ZippedFile(path, each) for each in sorted(entries, key=lambda each: each.filename)]


def is_zipped_export(path):
    """Whether a zip holds XML files and nothing else."""
    try:
        entries = _entries(path)
    except (UnreadableFile, *DAMAGED):
        return False
    return bool(entries) and all(map(_is_xml, entries))


def _entries(path):
    """The files of a zip but for those that an operating system adds.

    Raises :class:`UnreadableFile` for a zip of many files.
    """
    with path.open("rb") as file:
        if directory_size(file) > LARGEST_LIST:
            raise UnreadableFile(
                _("%(file)s lists too many files, and is not read. Unpack it yourself.")
                % {"file": path.name}
            )
        with zipfile.ZipFile(file) as archive:
            found = [each for each in archive.infolist() if not each.is_dir()]
    return [each for each in found if not _is_hidden(each.filename)]


def _is_hidden(name):
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")


def _is_xml(entry):
    return entry.filename.lower().endswith(".xml")
