"""Files that are replaced whole or not at all."""

import os
import tempfile
from contextlib import suppress


def write_whole(contents, is_durable=True):
    """Write files atomically; ``contents`` maps paths to bytes.

    All files are written to temporary files before the first is replaced, so an interrupted process
    leaves the old ones. With ``is_durable=False``, they are not flushed to disk.
    """
    drafts = {}
    try:
        for path, content in contents.items():
            drafts[path] = _write_draft(path, content, is_durable)
        for path, draft in drafts.items():
            os.replace(draft, path)
    finally:
        for draft in drafts.values():
            with suppress(FileNotFoundError):
                os.unlink(draft)


def _write_draft(path, content, is_durable):
    descriptor, draft = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            if is_durable:
                file.flush()
                os.fsync(file.fileno())
        # Keep the mode of the old file; a new file is readable by all.
        os.chmod(draft, path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except BaseException:
        os.unlink(draft)
        raise
    return draft
