"""Classification of exceptions of the services that the site needs."""

import errno
import sqlite3

from django.db import DatabaseError, InterfaceError, OperationalError

#: Errors of SQLite that concern its file or its locks, not the query.
SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}
#: Error numbers of a file system that is full or whose quota or limit is reached.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
#: The SQLSTATE of PostgreSQL for a full disk.
POSTGRESQL_FULL = "53100"
#: An error is looked for in so many causes.
LONGEST_CHAIN = 10


def database_is_away(error):
    """Whether ``error`` or its cause is that the database does not answer in time."""
    return any(map(_is_away, _causes(error))) and not disk_is_full(error)


def disk_is_full(error):
    """Whether ``error`` or its cause is that storage is full."""
    return any(map(_is_full, _causes(error)))


def _causes(error):
    found = []
    while error is not None and error not in found and len(found) < LONGEST_CHAIN:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _is_away(error):
    if not isinstance(error, DatabaseError | InterfaceError):
        return False
    code = _sqlite_code(error)
    if code is not None:
        return code in SQLITE_AWAY
    return isinstance(error, OperationalError | InterfaceError)


def _is_full(error):
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    if not isinstance(error, DatabaseError):
        return False
    is_full = getattr(error.__cause__, "sqlstate", None) == POSTGRESQL_FULL
    return is_full or _sqlite_code(error) == sqlite3.SQLITE_FULL


def _sqlite_code(error):
    """The primary code of an error of SQLite; ``None`` for another database."""
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
