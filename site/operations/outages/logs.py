"""One line in the log for an outage, in place of a traceback for each request."""

import logging
import threading
import time

from operations.outages.faults import database_is_away, disk_is_full

#: The least time between two lines on the same outage, in seconds.
PAUSE = 60
#: The status of answers during an outage.
OF_OUTAGES = (503, 507)


class OutageFilter(logging.Filter):
    """Filter of ``django.request``: shortens and limits the records of an outage.

    An unavailable database is a warning, as reports by e-mail need the database themselves.
    """

    def __init__(self):
        super().__init__()
        self.lock = threading.Lock()
        self.told_at = {}

    def filter(self, record):
        error = record.exc_info[1] if record.exc_info else None
        if disk_is_full(error):
            return self._shorten(record, "The disk is full: %s", logging.ERROR, error)
        if database_is_away(error):
            return self._shorten(record, "The database is away: %s", logging.WARNING, error)
        if error is None and getattr(record, "status_code", None) in OF_OUTAGES:
            # The failed request was an error page or a probe.
            return self._shorten(record, "Answered %s", logging.WARNING, record.status_code)
        return True

    def _shorten(self, record, message, level, reason):
        with self.lock:
            now = time.monotonic()
            if now - self.told_at.get(message, -PAUSE) < PAUSE:
                return False
            self.told_at[message] = now
        record.msg, record.args = message, (str(reason).strip(),)
        record.exc_info = record.exc_text = None
        record.levelno, record.levelname = level, logging.getLevelName(level)
        return True
