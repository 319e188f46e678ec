"""The folder of an export: writes changed files and deletes obsolete files of earlier exports."""

import glob
import hashlib
import json
import os
from contextlib import suppress

from django.utils.translation import gettext as _

from diptych.articles.caching.atomic_files import write_whole

MANIFEST = "manifest.json"
#: The files that a run has begun to write, one a line, until the manifest is written.
BEGUN = "begun.txt"


class FolderInUse(Exception):
    """The folder holds files that no copy made."""


def checked(path):
    """``path`` without its first slash; ``None`` where no file of a copy may stand there.

    It may not lead out of the copy, nor into its hidden files.
    """
    parts = path.lstrip("/").split("/")
    if "\0" in path or any(part in ("", ".", "..") for part in parts) or parts[0].startswith("."):
        return None
    return "/".join(parts)


class Folder:
    """The files of a copy below ``root``, as the manifest of the last run has them.

    ``own`` names the hidden folder for the manifest and other files that are not content.

    A run that is killed leaves whole files, old or new; the next one goes on from there.
    """

    def __init__(self, root, own):
        self.root = root
        self.own = root / own
        if self.own.is_symlink():
            self._refuse()
        self.known = self._read_manifest()
        if self.known is None:
            if root.exists() and not self._is_free():
                self._refuse()
            self.known = {}
        self.own.mkdir(parents=True, exist_ok=True)
        self._tidy_begun()
        if not (self.own / MANIFEST).exists():
            self._write_manifest({})
        self.kept, self.written, self.deleted = {}, 0, 0
        self._begun = (self.own / BEGUN).open("a", encoding="utf-8")

    def _is_free(self):
        return self.root.is_dir() and all(each == self.own for each in self.root.iterdir())

    def _refuse(self):
        message = _("%(folder)s is not empty, and holds no copy made by this command.")
        raise FolderInUse(message % {"folder": self.root})

    def _read_manifest(self):
        path = self.own / MANIFEST
        try:
            files = json.loads(path.read_text(encoding="utf-8"))["files"]
            return {place: digest for place, digest in files.items() if self._is_within(place)}
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            message = _("%(file)s, the list of the files of the copy, cannot be read.")
            raise FolderInUse(message % {"file": path}) from error

    def _is_within(self, place):
        """Whether ``place`` is one that a copy may have, and no link leads out of ``root``."""
        visible = place.removeprefix(f"{self.own.name}/")
        if checked(visible) != visible:
            return False
        return (self.root / place).parent.resolve().is_relative_to(self.root.resolve())

    def _tidy_begun(self):
        """Know the files of a run that did not end, and remove drafts that it left."""
        with suppress(FileNotFoundError):
            places = (self.own / BEGUN).read_text(encoding="utf-8", errors="replace").splitlines()
            for place in filter(self._is_within, places):
                self.known.setdefault(place, "")
                path = self.root / place
                for draft in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
                    draft.unlink()

    def is_current(self, place, size):
        """Whether the file ``place`` was made before and has ``size`` bytes."""
        return bool(self.known.get(place)) and self._size(place) == size

    def keep(self, place):
        """Leave the file ``place``, if there is one, as it is."""
        if place in self.known:
            self.kept[place] = self.known[place]

    def write(self, place, content):
        """Write the file ``place``, unless it is there already; raises ``OSError``."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.root / place
        if self.known.get(place) != digest or not _holds(path, content):
            if not self._is_within(place):
                raise FileExistsError(_("its folder is a link that leads out of the copy"))
            if place not in self.known and place not in self.kept and path.exists():
                message = _("a file that no copy made stands there")
                raise FileExistsError(message)
            path.parent.mkdir(parents=True, exist_ok=True)
            if place not in self.known:
                self._begun.write(f"{place}\n")
                self._begun.flush()
            write_whole({path: content}, is_durable=False)
            self.written += 1
        self.kept[place] = digest

    def _size(self, place):
        try:
            return (self.root / place).stat().st_size
        except OSError:
            return -1

    def finish(self, is_gone=None):
        """Write the manifest, and delete files of earlier runs that the copy has no more.

        After a run that failed, ``is_gone`` returns whether the file at a place is to be deleted.
        """
        for place in self.known.keys() - self.kept.keys():
            if is_gone is None or is_gone(place):
                self._delete(place)
            else:
                self.kept[place] = self.known[place]
        # All files listed in the manifest must exist, after a power failure too.
        os.sync()
        self._write_manifest(self.kept)
        self._begun.close()
        (self.own / BEGUN).unlink()

    def _delete(self, place):
        if not self._is_within(place):
            return
        path = self.root / place
        with suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()
            self.deleted += 1
        for folder in path.parents:
            if folder == self.root:
                break
            with suppress(OSError):
                folder.rmdir()

    def _write_manifest(self, files):
        content = json.dumps({"files": dict(sorted(files.items()))}, indent=0, ensure_ascii=False)
        write_whole({self.own / MANIFEST: content.encode()})


def _holds(path, content):
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
