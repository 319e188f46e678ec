"""Versions of what is public, by tags.

A tag names something that readers see:

``page:<pk>``
    what a page says, its address, where it stands and in which languages it is visible
``list:<language>``
    which pages are visible in a language, and in which order
``month:<language>-<year>-<month>``
    which articles of a month are visible in a language
``topic:<pk>``, ``author:<pk>``
    the articles on a topic and of an author
``related:<pk>``
    the suggestions below an article
``image:<pk>``
    an image, its texts and its renditions
``<application>.<model>:<pk>``
    a snippet, or another object whose model has a method ``cache_tags()``
``menu``, ``settings``, ``theme``, ``texts:<language>``
    what all pages show
``page:*``, ``list:*``…
    all tags of a kind, to be raised
``page:any``, ``list:any``…
    any tag of a kind, to depend on
``everything``
    all of it

Whatever changes one of them calls :func:`raise_versions`, within the same transaction, which writes
a row into a small log, :class:`Change`. Every process keeps a copy of the log in memory and asks
once per request whether it is still complete.
"""

import logging
import os
import threading
import time
from contextlib import nullcontext
from contextvars import ContextVar
from datetime import timedelta
from itertools import count
from types import MappingProxyType

from django.apps import apps
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import Error, connections, router, transaction
from django.db.models.functions import Now
from wagtail.images import get_image_model

from diptych.articles.caching.signals import changes_seen, versions_raised
from diptych.articles.languages.config.background import after_commit

logger = logging.getLogger(__name__)

EVERYTHING = "everything"
#: With more tags of a kind than this, one transaction raises all of the kind.
MAX_TAGS = 100
#: With more rows than this, the log is replaced by one row that raises everything.
MAX_ROWS = 500
#: How long the log is not asked for again after the database has not answered, in seconds.
PAUSE = 5
#: Once in so many rows on average, it is looked whether there are rows to prune.
ROWS_BETWEEN_PRUNINGS = 20

unique_numbers = count()


def longest_life():
    """How long a stored page may be used, in seconds: ``DIPTYCH_PAGES_LIFE``, an hour."""
    return getattr(settings, "DIPTYCH_PAGES_LIFE", 60 * 60)


def kept_for():
    """How long rows of the log are kept: twice the life of a page, as clocks may differ."""
    return timedelta(seconds=2 * longest_life())


def with_kinds(tags):
    """``tags``, and those that are raised in place of many of their kind, in a fixed order."""
    kinds = dict.fromkeys(f"{tag.partition(':')[0]}:*" for tag in tags if ":" in tag)
    return (EVERYTHING, *kinds, *tags)


def with_any(tags):
    """``tags`` that were raised, and those that stand for any of their kind."""
    return {*tags, *(f"{tag.partition(':')[0]}:any" for tag in tags if ":" in tag)}


class Log:
    """What one process knows of the log of changes; never altered, but replaced.

    ``rows`` maps keys to tags, ``ids_by_tag`` each tag to the keys of its rows. ``counters`` counts
    for each tag how often it was raised since the process began, also in rows that have been pruned
    since; the tag ``""`` says which process it is. ``state`` is another number for each log.
    """

    def __init__(self, rows, counters):
        self.state = next(unique_numbers)
        self.rows = MappingProxyType(rows)
        self.counters = MappingProxyType(counters)
        self.fingerprint = (len(rows), sum(rows))
        ids_by_tag = {}
        for pk, tags in rows.items():
            for tag in with_any(tags):
                ids_by_tag.setdefault(tag, set()).add(pk)
        self.ids_by_tag = MappingProxyType(ids_by_tag)

    def with_rows(self, rows):
        """The log as it is now that the database holds ``rows``."""
        counters = dict(self.counters)
        for pk in rows.keys() - self.rows.keys():
            for tag in with_any(rows[pk]):
                counters[tag] = counters.get(tag, 0) + 1
        return Log(rows, counters)

    def ids_of(self, tags):
        """The keys of all rows that concern ``tags``."""
        found = set()
        for tag in with_kinds(tags):
            found |= self.ids_by_tag.get(tag, set())
        return found

    def versions_of(self, tags):
        return tuple(self.counters.get(tag, 0) for tag in ("", *with_kinds(tags)))


class Process:
    """The newest :class:`Log` that this process has read, shared by its threads."""

    def __init__(self):
        self.start_anew()

    def start_anew(self):
        """Forget the log; no token given so far is given again."""
        self.log = Log({}, {"": next(unique_numbers)})
        self.asked_at = time.monotonic()
        self.lock = threading.Lock()
        self.has_read = self.is_unreadable = False
        self.paused_until = 0

    def refresh(self):
        """Read what is new and return the log, or ``None`` where it cannot be read.

        Within a transaction the log may look older than to the rest of the process, or hold rows
        that are not committed: it is not kept then, and ``None`` unless it is the known one.
        """
        connection, now = _connection(), time.monotonic()
        if self.is_paused():
            return None
        if self.is_unreadable:  # While one request tries again, the others go on without.
            self.paused_until = now + PAUSE
        if now - self.asked_at > longest_life():
            self._distrust()
        known = self.log
        try:
            with _savepoint(connection):
                if _fingerprint(connection) != known.fingerprint:
                    if connection.in_atomic_block:
                        return None
                    with self.lock:
                        known = self._read(connection)
        except Error as error:  # also that the connection is closed
            if not self.is_unreadable:
                logger.warning("The log of changes cannot be read; no page is kept: %s", error)
            self.is_unreadable = True
            return None
        self.asked_at, self.paused_until = now, 0
        self.is_unreadable, self.has_read = False, True
        return known

    def pause(self):
        """Do not ask for the log for some seconds, as the database has given no answer."""
        self.is_unreadable, self.paused_until = True, time.monotonic() + PAUSE

    def is_paused(self):
        """Whether the log is not asked for now."""
        return time.monotonic() < self.paused_until

    def known_in_outage(self):
        """The log that was read last, where the database cannot be asked, for an hour at most.

        ``None`` while it can be asked, and in a process that has never read the log.
        """
        is_known = self.is_unreadable and self.has_read
        is_recent = time.monotonic() - self.asked_at < longest_life()
        return self.log if is_known and is_recent else None

    def _distrust(self):
        """Count everything as raised: rows may have been written and pruned without being seen."""
        with self.lock:
            counters = {**self.log.counters, EVERYTHING: self.log.counters.get(EVERYTHING, 0) + 1}
            self.log = Log(dict(self.log.rows), counters)
        changes_seen.send(Process, tags=frozenset({EVERYTHING}))

    def _read(self, connection):
        rows = _read_rows(connection)
        new = [tags for pk, tags in rows.items() if pk not in self.log.rows]
        self.log = self.log.with_rows(rows)
        if new:
            changes_seen.send(Process, tags=frozenset().union(*new))
        return self.log


def _connection():
    from diptych.articles.caching.models import Change

    return connections[router.db_for_write(Change)]


def _savepoint(connection):
    """On PostgreSQL, a query that fails would spoil the transaction around it."""
    return transaction.atomic(connection.alias) if connection.in_atomic_block else nullcontext()


def _fingerprint(connection):
    with connection.cursor() as cursor:
        cursor.execute(FINGERPRINT_SQL)
        rows, total = cursor.fetchone()
    return rows, int(total or 0)


def _read_rows(connection):
    with connection.cursor() as cursor:
        cursor.execute(ROWS_SQL)
        return {pk: frozenset(tags.split()) for pk, tags in cursor.fetchall()}


FINGERPRINT_SQL = "SELECT COUNT(*), SUM(id) FROM diptych_caching_change"
ROWS_SQL = "SELECT id, tags FROM diptych_caching_change"

process = Process()
os.register_at_fork(after_in_child=lambda: setattr(process, "lock", threading.Lock()))

# What the request under way has read


class Reading:
    """The log as it was when a request first asked for it.

    There is none once the request has raised something itself: what it has read so far may be older
    than the log it would find now.
    """

    def __init__(self):
        self.log = None
        self.is_read = False


_reading = ContextVar("diptych_reading", default=None)


def begin_reading(**kwargs):
    """Let what follows, until :func:`end_reading`, use one state of the log."""
    _reading.set(Reading())


def end_reading(**kwargs):
    """Read the log anew each time it is asked for, as outside a request."""
    _reading.set(None)


def current_log():
    """The log at the beginning of this request, or ``None`` where it cannot be read.

    ``None`` as well within a transaction that has raised something, as what it sees is not public
    yet, and during the rest of a request that has.
    """
    if is_pending():
        return None
    reading = _reading.get()
    if reading is None:
        return process.refresh()
    if not reading.is_read:
        reading.log = process.refresh()
        reading.is_read = True
    return reading.log


def versions_of(tags):
    """A hashable token that differs whenever one of the ``tags`` has been raised.

    Tokens hold for this process only. Within a transaction that has changed something itself, and
    where the log cannot be read, the token is a new one each time, so that nothing is shared. The
    tags count as used by the page that is being rendered.
    """
    tags = tuple(tags)
    depends_on(*tags)
    log = current_log()
    return log.versions_of(tags) if log else (next(unique_numbers), None)


# What a rendering uses

_used = ContextVar("diptych_used_tags", default=None)


class recording:
    """Context manager that gives a set of the tags used within it."""

    def __enter__(self):
        tags = set()
        self.token = _used.set(tags)
        return tags

    def __exit__(self, *exception):
        _used.reset(self.token)


def tag_of(model, pk):
    """The tag of the object of ``model`` with this primary key."""
    if issubclass(model, apps.get_model("wagtailcore", "Page")):
        return f"page:{pk}"
    return (
        f"image:{pk}" if issubclass(model, get_image_model()) else f"{model._meta.label_lower}:{pk}"
    )


def depends_on(*tags):
    """Note that what is being rendered shows what ``tags`` name."""
    used = _used.get()
    if used is not None:
        used.update(tags)


# Raising


class _Raised:
    """What a transaction has raised so far; called once it is committed.

    Django drops it when the transaction, or the savepoint it was made in, is rolled back, together
    with the row of the log.
    """

    def __init__(self, pk, tags):
        self.pk = pk
        self.tags = tags

    def __call__(self):
        if reading := _reading.get():
            reading.log, reading.is_read = None, True
        versions_raised.send_robust(type(self), tags=self.tags)
        if self.pk % ROWS_BETWEEN_PRUNINGS == 0:
            prune()


def raise_versions(*tags):
    """Tell every process that what ``tags`` name has changed, once this transaction is committed.

    Call it after the change, in the same transaction. Many tags of a kind raise all of the kind.
    """
    connection = _connection()
    pending = _pending(connection)
    known = frozenset().union(*(raised.tags for _savepoints, raised in pending))
    new = frozenset(tag for tag in tags if known.isdisjoint(with_kinds((tag,))))
    if new and _has_table(connection):
        _write(connection, pending, new)


def raise_everything():
    raise_versions(EVERYTHING)


def _pending(connection):
    """``(savepoints, _Raised)`` for each row written in this transaction and not rolled back."""
    return [
        (savepoints, raised)
        for savepoints, function, _robust in connection.run_on_commit
        if isinstance(raised := getattr(function, "__wrapped__", None), _Raised)
    ]


def is_pending():
    """Whether the transaction under way has raised anything."""
    return bool(_pending(_connection()))


def _write(connection, pending, new):
    """Add ``new`` tags to the row of this transaction, or of its savepoint; create it if needed."""
    from diptych.articles.caching.models import Change

    changes = Change.objects.using(connection.alias)
    for savepoints, raised in pending:
        if savepoints == set(connection.savepoint_ids):
            raised.tags = _within_limits(raised.tags | new)
            changes.filter(pk=raised.pk).update(tags=_joined(raised.tags))
            return
    tags = _within_limits(new)
    # By the clock of the database, which is the same for all servers.
    change = changes.create(tags=_joined(tags), at=Now())
    after_commit(_Raised(change.pk, tags), using=connection.alias)


def _within_limits(tags):
    """``tags`` in few words: all of a kind where there are many of it, or everything."""
    if EVERYTHING in tags:
        return frozenset({EVERYTHING})
    by_kind = {}
    for tag in tags:
        by_kind.setdefault(tag.partition(":")[0], set()).add(tag)
    return frozenset().union(
        *(
            {f"{kind}:*"} if f"{kind}:*" in found or len(found) > MAX_TAGS else found
            for kind, found in by_kind.items()
        )
    )


def _joined(tags):
    return " ".join(sorted(tags))


_with_table = set()


def _has_table(connection):
    """Whether the log exists: until it is migrated there is nothing to keep up to date."""
    from diptych.articles.caching.models import Change

    if connection.alias not in _with_table:
        names = connection.introspection.table_names()
        if Change._meta.db_table not in names:
            return False
        _with_table.add(connection.alias)
    return True


def prune():
    """Delete rows that no stored page is older than, and all of them where there are too many."""
    from diptych.articles.caching.models import Change

    changes = Change.objects.using(_connection().alias)
    changes.filter(at__lt=Now() - kept_for()).delete()
    with transaction.atomic(changes.db):
        keys = list(changes.values_list("pk", flat=True))
        if len(keys) > MAX_ROWS:
            changes.filter(pk__in=keys).delete()
            changes.create(tags=EVERYTHING, at=Now())


def connect():
    """Let each request read the log once."""
    request_started.connect(begin_reading, dispatch_uid="diptych_begin_reading")
    request_finished.connect(end_reading, dispatch_uid="diptych_end_reading")
