"""Kill a piece of work with SIGKILL at some of its statements, and compare what is in the end.

Each run is a process of its own, forked from this one, on a copy of an SQLite database. Which
statements those are is drawn by a seed, so a run can be repeated.
"""

import os
import random
import re
import signal
import sqlite3
import traceback
from contextlib import closing
from itertools import count

from django.db import connection

#: Tables in which SQLite keeps parts of an index, and the greatest keys.
_OF_SQLITE = re.compile(r"_fts_\w+$|^sqlite_")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?")
#: Columns that are drawn anew in each run.
_DRAWN = {"uuid"}


def differences_when_killed(work, start, since, seed, runs=1, kills=5):
    """What differs from an uninterrupted run after ``work`` was killed and called again.

    ``work`` is called on copies of the database ``start``, beside it: once to its end, which leaves
    ``done.sqlite3``, then ``runs`` times so that it is killed ``kills`` times before it may come to
    its end. ``since`` is the moment, as text in UTC, from which on times are not compared.
    """
    done = copy_database(start, start.with_name("done.sqlite3"))
    statements = run_killed(work, done)
    expected, found, drawn = contents(done, since), {}, random.Random(seed)
    for number in range(runs):
        again = copy_database(start, start.with_name("again.sqlite3"))
        moments = [drawn.randint(1, statements // min(kills, 2)) for _kill in range(kills)]
        for moment in moments:
            run_killed(work, again, kill_at=moment)
        run_killed(work, again)
        differing = different_rows(expected, contents(again, since))
        if differing:
            name = f"run {number}, killed before statements {moments} of {statements}, seed {seed}"
            found[name] = differing
    return found


def copy_database(start, path):
    """Copy the SQLite database ``start`` to ``path``, which nobody has open; returns ``path``."""
    for rest in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + rest).unlink(missing_ok=True)
    with closing(sqlite3.connect(start)) as source, closing(sqlite3.connect(path)) as copy:
        source.backup(copy)
    return path


def run_killed(work, path, kill_at=None):
    """Call ``work`` in another process on the database at ``path``; how many statements it made.

    ``None`` if it was killed before the statement with the number ``kill_at``.
    """
    connection.close()
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        _work(work, path, kill_at, write)
    os.close(write)
    with os.fdopen(read) as said:
        statements = said.read()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return None
    assert status == 0, "The work has failed."
    return int(statements)


def _work(work, path, kill_at, write):
    status, numbers = 1, count(1)

    def kill(execute, sql, params, many, context):
        if next(numbers) == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    try:
        connection.settings_dict["NAME"] = str(path)
        with connection.execute_wrapper(kill):
            work()
        connection.close()
        os.write(write, str(next(numbers) - 1).encode())
        status = 0
    except BaseException:  # whatever it is, the process must not go on as its parent
        traceback.print_exc()
    finally:
        os._exit(status)


def contents(path, since):
    """The rows of each table of an SQLite database, sorted, as text."""
    with sqlite3.connect(path) as database:
        database.row_factory = sqlite3.Row
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [row[0] for row in names if not _OF_SQLITE.search(row[0])]
        return {
            table: sorted(
                _without_moments(repr(_kept(row)), since)
                for row in database.execute(f'SELECT * FROM "{table}"')
            )
            for table in tables
        }


def _kept(row):
    return {key: value for key, value in dict(row).items() if key not in _DRAWN}


def _without_moments(text, since):
    def moment(found):
        return "now" if f"{found[1]} {found[2]}" >= since else found[0]

    return _MOMENT.sub(moment, text)


def different_rows(expected, found):
    """Up to three rows that stand in one of two :func:`contents` only, by table."""
    differing = {}
    for table in sorted(expected.keys() | found.keys()):
        one, other = expected.get(table), found.get(table)
        if one != other:
            lacking = [row for row in one or () if row not in (other or ())]
            added = [row for row in other or () if row not in (one or ())]
            differing[table] = {
                "rows": [len(one or ()), len(other or ())],
                "lacking": lacking[:3],
                "added": added[:3],
            }
    return differing
