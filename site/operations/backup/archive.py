"""The file of a backup: a ZIP archive with a manifest of its contents.

    manifest.json       versions, migrations, rows of each table, size and SHA-256 of each file
    database.sqlite3    or database.dump, which pg_restore reads
    media/…             uploads
    texts/…             catalogues of the site texts

The manifest is written last, so an archive without one was not finished.
"""

import hashlib
import json
import os
import warnings
import zipfile
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

MANIFEST = "manifest.json"
MEDIA = "media/"
TEXTS = "texts/"
FORMAT = 1
CHUNK = 1024 * 1024


class BadArchive(Exception):
    """An archive that cannot be used, with the reason for people."""


class ArchiveWriter:
    """Adds files to an archive and notes their sizes and checksums."""

    def __init__(self, archive):
        self.archive = archive
        self.files = {}

    def add(self, name, source, compress=False):
        """Write the contents of the open file ``source``; replaces a file of the same name."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        digest, size = hashlib.sha256(), 0
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Duplicate name", UserWarning)
            with self.archive.open(info, "w", force_zip64=True) as target:
                while chunk := source.read(CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    target.write(chunk)
        self.files[name] = {"bytes": size, "sha256": digest.hexdigest()}

    def finish(self, about):
        """Write the manifest: ``about`` and the files."""
        manifest = {"format": FORMAT, **about, "files": self.files}
        self.archive.writestr(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))


@contextmanager
def new_archive(path):
    """An :class:`ArchiveWriter` for ``path``, where a file appears once it is complete.

    Only the owner may read the file.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w") as archive:
                yield ArchiveWriter(archive)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


class ArchiveReader:
    """An existing archive; ``manifest`` is its parsed manifest."""

    def __init__(self, path):
        try:
            self.archive = zipfile.ZipFile(path)
            self.manifest = json.loads(self.archive.read(MANIFEST))
        except FileNotFoundError:
            raise BadArchive(_("There is no file %s.") % path) from None
        except (KeyError, ValueError, OSError, zipfile.BadZipFile):
            raise BadArchive(_("%s is no backup, or was not finished.") % path) from None
        if self.manifest.get("format") != FORMAT:
            raise BadArchive(_("%s was written by another version of this command.") % path)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.archive.close()

    def names(self, prefix):
        """The names below ``prefix``, without it."""
        files = self.manifest["files"]
        return [name.removeprefix(prefix) for name in files if name.startswith(prefix)]

    def open(self, name):
        return self.archive.open(name)

    def digest(self, name):
        return self.manifest["files"][name]["sha256"]

    def faults(self):
        """The differences between the archive and its manifest, as messages."""
        there = set(self.archive.namelist()) - {MANIFEST}
        for name in sorted(there ^ set(self.manifest["files"])):
            yield _("%s is not in both the archive and its manifest.") % name
        for name in sorted(there & set(self.manifest["files"])):
            try:
                with self.open(name) as source:
                    is_same = digest_of(source) == self.digest(name)
            except (OSError, zipfile.BadZipFile, zipfile.zlib.error):
                is_same = False
            if not is_same:
                yield _("%s is damaged.") % name

    def extract(self, name, target):
        """Write a file of the archive to the path ``target``."""
        with self.open(name) as source, open(target, "wb") as file:
            while chunk := source.read(CHUNK):
                file.write(chunk)
        return Path(target)


def digest_of(source):
    """The SHA-256 of an open file, in hexadecimal digits."""
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
