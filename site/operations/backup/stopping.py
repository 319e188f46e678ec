"""Clean up unfinished files of a backup or a restore that is stopped."""

import shutil
import signal
import threading
import time
from contextlib import contextmanager

#: The names of folders and files that are deleted at the end of a backup or a restore.
UNFINISHED = (".diptych-backup-*", ".diptych-restore-*", ".diptych-*.zip.part")
#: Seconds after which unfinished files are abandoned.
ABANDONED = 24 * 60 * 60


@contextmanager
def cleaned_up_when_terminated():
    """Make SIGTERM raise ``SystemExit`` in the block, so that it deletes unfinished files."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(number, frame):
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


def delete_abandoned(folder):
    """Delete files in ``folder`` left by commands that were killed a day ago or earlier."""
    oldest = time.time() - ABANDONED
    for path in [path for pattern in UNFINISHED for path in folder.glob(pattern)]:
        if path.lstat().st_mtime > oldest:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
