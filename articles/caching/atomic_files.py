"""Files that are replaced whole or not at all."""

import os
import tempfile
from contextlib import suppress


def write_whole(contents, is_durable=True):
    """Write files, given as paths and bytes, so that a reader finds each old or new, never half.

    None is replaced before all are written down; a process that is killed leaves the old ones.
    Unless they are to be ``is_durable``, the system may write them to the disk later.
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
        # Whoever could read the old file can read the new one; a new file is readable by all.
        os.chmod(draft, path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except BaseException:
        os.unlink(draft)
        raise
    return draft
