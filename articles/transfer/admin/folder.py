"""The folder of the server in which files of imports are, ``DIPTYCH_IMPORTS_FOLDER``."""

from contextlib import suppress
from itertools import count
from pathlib import Path, PurePath
from uuid import uuid4

from django.conf import settings
from django.utils.text import get_valid_filename

from diptych.articles.transfer.wordpress.archives import is_zipped_export

EXPORT, ARCHIVE = ".xml", ".zip"
#: In bytes; file systems take names of 255.
LONGEST_STEM = 200


def imports_folder():
    """The folder; ``None`` where the project has not set any."""
    folder = getattr(settings, "DIPTYCH_IMPORTS_FOLDER", None)
    return Path(folder) if folder else None


def found_in_folder():
    """The names of the exports in the folder, and of the zips and folders that may be uploads."""
    exports, uploads = [], []
    for path in _entries():
        if path.is_file() and is_export(path):
            exports.append(path.name)
        elif path.is_dir() or path.suffix.lower() == ARCHIVE:
            uploads.append(path.name)
    return exports, uploads


def is_export(path):
    """Whether a file is an XML file, or a zip of some."""
    ending = path.suffix.lower()
    return ending == EXPORT or (ending == ARCHIVE and is_zipped_export(path))


def _entries():
    folder = imports_folder()
    if folder is None or not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def keep(upload):
    """Store an uploaded ``.xml`` or ``.zip`` in the folder, under a free name; returns the name.

    No file is replaced: an import may be reading it, or a trial may have read it.
    """
    folder = imports_folder()
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{uuid4().hex}.part"
    try:
        with part.open("xb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        free = _free_path(folder, upload.name)
        part.replace(free)
    finally:
        part.unlink(missing_ok=True)
    return free.name


def _free_path(folder, name):
    """The path of a new, empty file that is called as ``name``, or nearly so."""
    name = get_valid_filename(PurePath(name.replace("\\", "/")).name)
    stem, ending = name[:-4].lstrip("."), name[-4:]
    stem = stem.encode()[:LONGEST_STEM].decode(errors="ignore") or "import"
    for number in count(1):
        path = folder / (f"{stem}-{number}{ending}" if number > 1 else f"{stem}{ending}")
        with suppress(FileExistsError):
            path.touch(exist_ok=False)
            return path


def stamps(options):
    """Size and time of the files that ``options`` names; other ones once a file was replaced."""
    names = [*options.get("exports", ()), options.get("uploads")]
    paths = [imports_folder() / name for name in names if name]
    found = {path.name: path.stat() for path in paths if path.is_file()}
    return {name: [stat.st_size, stat.st_mtime_ns] for name, stat in found.items()}
