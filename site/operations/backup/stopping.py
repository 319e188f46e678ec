"""What is left of a backup or a restore that is stopped: nothing."""

import shutil
import signal
import threading
import time
from contextlib import contextmanager

#: The names of folders and files that are deleted at the end of a backup or a restore.
UNFINISHED = (".diptych-backup-*", ".diptych-restore-*", ".diptych-*.zip.part")
#: After so many seconds nobody writes them any more.
ABANDONED = 24 * 60 * 60


@contextmanager
def cleaned_up_when_terminated():
    """Let SIGTERM end the block by a ``SystemExit``, so that it deletes what is unfinished."""
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
    """Delete what is left in ``folder`` of commands that were killed a day ago or earlier."""
    oldest = time.time() - ABANDONED
    for path in [path for pattern in UNFINISHED for path in folder.glob(pattern)]:
        if path.lstat().st_mtime > oldest:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
