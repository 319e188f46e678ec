"""Which backups of a folder are kept."""

import re
from datetime import UTC, datetime

_NAME = re.compile(r"diptych-(\d{8}-\d{6})\.zip")
_FORM = "%Y%m%d-%H%M%S"
#: Functions that give the day, the week and the month of a backup.
PERIODS = {
    "daily": lambda time: time.date(),
    "weekly": lambda time: time.isocalendar()[:2],
    "monthly": lambda time: (time.year, time.month),
}


def name_for(time):
    """The name of the file of a backup made at ``time``, which tells it in UTC."""
    return f"diptych-{time.astimezone(UTC).strftime(_FORM)}.zip"


def time_of(path):
    """When the backup with the file name of ``path`` was made; ``None`` for other files."""
    found = _NAME.fullmatch(path.name)
    try:
        return datetime.strptime(found[1], _FORM).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def outdated(paths, keep):
    """Those of ``paths`` that no rule keeps.

    ``keep`` maps a period to how many of its backups are kept: of each of the last so many days,
    weeks or months that have a backup, the last one. The newest of all is always kept.
    """
    times = {path: time for path in paths if (time := time_of(path))}
    newest_first = sorted(times, key=times.get, reverse=True)
    kept = set(newest_first[:1])
    for period, count in keep.items():
        last_of = {}
        for path in newest_first:
            last_of.setdefault(PERIODS[period](times[path]), path)
        kept.update(list(last_of.values())[:count])
    return [path for path in newest_first if path not in kept]
