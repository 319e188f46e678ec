"""The files of WordPress's ``uploads``, from a folder or a zip.

A file is looked up by its name within that folder; nothing is written, and nothing in an archive is
extracted by its path. What leads out of the folder, and what is larger than the site takes, is
refused with a reason, by the size it declares and by that of what is read.
"""

import os
import re
import stat
import zipfile
from functools import lru_cache
from pathlib import Path, PurePosixPath
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from diptych.articles.imported_documents.zips import DAMAGED, unpacks_in_parts

#: The list of contents of an archive: about a million files.
LARGEST_DIRECTORY = 100 * 1024 * 1024
#: Where that list is described, at the end of the file.
_TAIL = 22 + 65_535 + 76

_PICTURES = "avif bmp gif heic heif ico jfif jpe jpeg jpg png svg tif tiff webp"
PICTURES = frozenset(_PICTURES.split())
#: What WordPress adds to the name of a file: the size, and that it was scaled, rotated or edited.
_SIZE = re.compile(r"-\d{1,5}x\d{1,5}$")
_CHANGED = re.compile(r"-(?:scaled|rotated|e\d{10,13})$")
#: Jetpack's servers, which show the pictures of a site.
_PHOTON = re.compile(r"^/(?=[^/]+\.[^/]+/)")
_UPLOADS = re.compile(
    r"(?:^|/)(?:wp-content/uploads|uploads|wp-content/blogs\.dir/\d+/files|files)/"
)


class UploadsRefused(Exception):
    """A folder or an archive that cannot be used; says why in the active language."""


class FileRefused(Exception):
    """One file that is not taken; says why in the active language."""


def path_in_uploads(address):
    """The path within ``uploads`` of an address, or of a path that WordPress stored.

    Raises :class:`FileRefused` for one that leads elsewhere.
    """
    address = address.strip()
    if "://" not in address and not address.startswith("/"):
        return checked_path(normalize("NFC", address))
    try:
        parts = urlsplit(address)
    except ValueError:
        raise FileRefused(_("“%s” is not an address.") % address) from None
    path = parts.path
    if re.fullmatch(r"i\d\.wp\.com", parts.netloc or ""):
        path = _PHOTON.sub("", path)
    path = normalize("NFC", unquote(path))
    found = list(_UPLOADS.finditer(path))
    if found:
        path = path[found[0].end() :]
    elif parts.netloc:
        path = path.lstrip("/")
    return checked_path(path)


def checked_path(path):
    """``path`` if it is a relative one without steps upwards; raises :class:`FileRefused`."""
    steps = PurePosixPath(path).parts
    is_outside = (
        not steps
        or steps[0] == "/"
        or ".." in path.replace("\\", "/").split("/")
        or "\\" in path
        or "\0" in path
        or ":" in steps[0]
    )
    if is_outside:
        raise FileRefused(
            _("“%s” leads out of the folder of uploads and was not read.") % path.replace("\0", "�")
        )
    return "/".join(steps)


def is_picture(path):
    """Whether a file is a picture by its name."""
    return PurePosixPath(path).suffix.lstrip(".").lower() in PICTURES


def original_path(path):
    """``path`` without what WordPress adds to the names of sizes and changed pictures."""
    folder, stem, ending = _split(path)
    stem = _SIZE.sub("", stem)
    while (shorter := _CHANGED.sub("", stem)) != stem:
        stem = shorter
    return f"{folder}{stem or _split(path)[1]}{ending}"


def _split(path):
    """Folder with its slash, name, and ending with its dot."""
    folder, slash, name = path.rpartition("/")
    stem, ending = os.path.splitext(name)
    return folder + slash, stem, ending


def open_uploads(path):
    """The uploads in a folder or a zip, to be closed; none without ``path``.

    Raises :class:`UploadsRefused`.
    """
    if not path:
        return NoUploads()
    path = Path(path)
    if path.is_dir():
        return UploadsFolder(path)
    return UploadsArchive(path)


class NoUploads:
    """Has no file."""

    #: Names that are refused, with the reasons.
    refused = ()

    def names_in(self, folder):
        return {}

    def read(self, path, most=None):
        return None

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def sizes_of(self, path):
        """The other sizes of a picture, as paths, the largest first."""
        folder, stem, ending = _split(original_path(path))
        pattern = re.compile(
            rf"{re.escape(stem)}(?:-(?:scaled|rotated|e\d{{10,13}}))?-(\d{{1,5}})x(\d{{1,5}})"
            rf"{re.escape(ending)}",
            re.IGNORECASE,
        )
        found = (pattern.fullmatch(name) for name in self.names_in(folder.rstrip("/")))
        by_area = sorted(
            (int(match[1]) * int(match[2]), match[0]) for match in found if match is not None
        )
        return [folder + name for _area, name in reversed(by_area)]


class UploadsFolder(NoUploads):
    """Those in a folder: the uploads themselves, or what they stand in."""

    def __init__(self, path):
        inside = (path / "wp-content" / "uploads", path / "uploads", path)
        self.base = next(each for each in inside if each.is_dir())
        self._resolved = self.base.resolve()
        self.names_in = lru_cache(maxsize=8)(self._names_in)

    def _names_in(self, folder):
        """``{composed name: name on the disk}``, as some systems store accents apart."""
        try:
            return {normalize("NFC", name): name for name in os.listdir(self.base / folder)}
        except (OSError, ValueError):
            return {}

    def read(self, path, most=None):
        """The contents of a file; ``None`` if there is none. Raises :class:`FileRefused`."""
        path = checked_path(path)
        folder, _slash, name = path.rpartition("/")
        name = self.names_in(folder).get(name)
        if name is None:
            return None
        file = self.base / folder / name
        if not file.resolve().is_relative_to(self._resolved):
            raise FileRefused(_("“%s” is a link to a place outside and was not read.") % path)
        try:
            status = file.stat()
            if not stat.S_ISREG(status.st_mode):
                raise FileRefused(_("“%s” is not a file.") % path)
            refuse_larger(path, status.st_size, most)
            with file.open("rb") as opened:
                return _read(opened, path, most)
        except OSError as error:
            raise FileRefused(
                _("“%(path)s” cannot be read: %(reason)s.")
                % {"path": path, "reason": error.strerror or error}
            ) from error


class UploadsArchive(NoUploads):
    """Those in a zip, at its top or in a folder of it."""

    def __init__(self, path):
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise UploadsRefused(
                _("“%(path)s” cannot be read: %(reason)s.")
                % {"path": path, "reason": error.strerror or error}
            ) from error
        try:
            if directory_size(self._file) > LARGEST_DIRECTORY:
                raise UploadsRefused(
                    _("“%s” lists too many files. Unpack it, and give the folder.") % path.name
                )
            self._archive = zipfile.ZipFile(self._file)
            self._folders, self.refused = _listed(self._archive)
        except DAMAGED as error:
            self._file.close()
            raise UploadsRefused(
                _("“%s” is not a zip that can be read. Unpack it, and give the folder.") % path.name
            ) from error
        except UploadsRefused:
            self._file.close()
            raise

    def close(self):
        self._archive.close()
        self._file.close()

    def names_in(self, folder):
        return self._folders.get(folder, {})

    def read(self, path, most=None):
        """The contents of a file; ``None`` if there is none. Raises :class:`FileRefused`."""
        path = checked_path(path)
        folder, _slash, name = path.rpartition("/")
        entry = self.names_in(folder).get(name)
        if entry is None:
            return None
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise FileRefused(_("“%s” is a link to another file and was not read.") % path)
        refuse_larger(path, entry.file_size, most)
        try:
            if not unpacks_in_parts(entry):
                raise zipfile.BadZipFile
            with self._archive.open(entry) as opened:
                return _read(opened, path, most)
        except DAMAGED as error:
            raise FileRefused(
                _("“%s” is damaged or locked in the zip: it cannot be unpacked.") % path
            ) from error


def _listed(archive):
    """``{folder: {name: entry}}`` within uploads, and the names that are refused."""
    entries, refused = [], []
    for entry in archive.infolist():
        if entry.is_dir() or entry.filename.startswith("__MACOSX/"):
            continue
        try:
            entries.append((checked_path(normalize("NFC", entry.filename)), entry))
        except FileRefused as reason:
            refused.append((entry.filename, str(reason)))
    top = _top([path for path, _entry in entries])
    folders = {}
    for path, entry in entries:
        folder, _slash, name = path.removeprefix(top).rpartition("/")
        folders.setdefault(folder, {})[name] = entry
    return folders, refused


def _top(paths):
    """The folder of an archive in which the uploads are, with its slash."""
    for marker in ("wp-content/uploads/", "uploads/"):
        for path in paths:
            start = f"/{path}".find(f"/{marker}")
            if start >= 0:
                return path[: start + len(marker)]
    firsts = {path.partition("/")[0] for path in paths if "/" in path}
    only = firsts.pop() if len(firsts) == 1 else ""
    is_folder = only and not re.fullmatch(r"\d{4}|sites", only)
    return f"{only}/" if is_folder and all(path.startswith(f"{only}/") for path in paths) else ""


def directory_size(file):
    """The length of an archive's list of contents, which Python reads at once."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    file.seek(0)
    end = tail.rfind(b"PK\5\6")
    if end < 0:
        return 0
    declared = int.from_bytes(tail[end + 12 : end + 16], "little")
    large = tail.rfind(b"PK\6\6", 0, end)
    if declared == 0xFFFFFFFF and large >= 0:
        return int.from_bytes(tail[large + 40 : large + 48], "little")
    return declared


def _read(opened, path, most):
    content = opened.read() if most is None else opened.read(most + 1)
    refuse_larger(path, len(content), most)
    return content


def refuse_larger(path, size, most):
    """Raise :class:`FileRefused` for a file of ``size`` bytes if ``most`` is smaller."""
    if most is not None and size > most:
        raise FileRefused(
            _("“%(path)s” is too large: %(size)s. At most %(most)s are allowed.")
            % {"path": path, "size": filesizeformat(size), "most": filesizeformat(most)}
        )
