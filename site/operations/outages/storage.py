"""Uploads that are stored whole or not at all."""

import errno
import os
import tempfile
from contextlib import suppress

from django.core.files.storage import FileSystemStorage

#: Error numbers of file systems without hard links.
NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS}


class WholeFileStorage(FileSystemStorage):
    """Writes a file under another name and gives it its own once it is complete.

    Django's storage leaves half a file, or an empty one, where the disk is full.
    """

    def _save(self, name, content):
        folder = os.path.dirname(self.path(name))
        os.makedirs(folder, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk.encode() if isinstance(chunk, str) else chunk)
            os.chmod(draft, 0o644 if (mode := self.file_permissions_mode) is None else mode)
            self._ensure_location_group_id(draft)
            return self._named(draft, name)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(draft)

    def _named(self, draft, name):
        """Give the complete file its name, or another one if that was taken meanwhile."""
        while True:
            path = self.path(name)
            try:
                os.link(draft, path)
            except FileExistsError:
                name = self.get_available_name(name)
                continue
            except OSError as error:
                if error.errno not in NO_LINKS:
                    raise
                os.rename(draft, path)
            return os.path.relpath(path, self.location)
