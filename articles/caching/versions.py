"""Versions of public content, by tags.

A tag names an object or a list that readers see:

``page:<pk>``
    the text of a page, its URL, its position and the languages in which it is visible
``list:<language>``
    which pages are visible in a language, and in which order
``month:<language>-<year>-<month>``
    which articles of a month are visible in a language
``topic:<pk>``, ``author:<pk>``
    the articles on a topic and of an author
``search:<language>``
    the index of the search and its vocabulary, where they change after the pages
``related:<pk>``
    the suggestions below an article
``image:<pk>``
    an image, its texts and its renditions
``<application>.<model>:<pk>``
    a snippet, or another object whose model has a method ``cache_tags()``
``menu``, ``settings``, ``theme``, ``texts:<language>``
    parts of all pages
``page:*``, ``list:*``…
    all tags of a kind, to be invalidated
``page:any``, ``list:any``…
    any tag of a kind, to depend on
``everything``
    all tags

Code that changes such an object calls :func:`invalidate_tags` in the same transaction, which adds a
row to a small log, :class:`Change`. Every process has a copy of the log in memory and checks once
per request whether it is still complete.
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
from diptych.articles.languages.routes.frontend_caches import has_frontend_cache

logger = logging.getLogger(__name__)

EVERYTHING = "everything"
#: With more tags of a kind than this, one transaction invalidates all of the kind.
MAX_TAGS = 100
#: With more rows than this, the log is replaced by one row that invalidates everything.
MAX_ROWS = 500
#: Seconds for which the log is not read after the database has not answered.
PAUSE = 5
#: Old rows are deleted once in so many rows on average.
ROWS_BETWEEN_PRUNINGS = 20

unique_numbers = count()


def longest_life():
    """How long a stored page may be used, in seconds: ``DIPTYCH_PAGES_LIFE``, an hour."""
    return getattr(settings, "DIPTYCH_PAGES_LIFE", 60 * 60)


def retention():
    """How long rows of the log are stored: twice the life of a page, as clocks may differ."""
    return timedelta(seconds=2 * longest_life())


def with_kinds(tags):
    """``tags``, preceded by the tags that invalidate all of a kind, in a fixed order."""
    kinds = dict.fromkeys(f"{tag.partition(':')[0]}:*" for tag in tags if ":" in tag)
    return (EVERYTHING, *kinds, *tags)


def with_any(tags):
    """The invalidated ``tags``, and the tags for any of their kind."""
    return {*tags, *(f"{tag.partition(':')[0]}:any" for tag in tags if ":" in tag)}


class InvalidationLog:
    """An immutable copy of the log of changes.

    ``rows`` maps keys to tags, ``ids_by_tag`` each tag to the keys of its rows. ``counters`` maps
    each tag to the number of its invalidations since the process began, including those of pruned
    rows; the tag ``""`` identifies the process. ``state`` is unique to each log.
    """

    def __init__(self, rows, counters, ids_by_tag):
        self.state = next(unique_numbers)
        self.rows = MappingProxyType(rows)
        self.counters = MappingProxyType(counters)
        self.fingerprint = fingerprint_of(rows)
        self.ids_by_tag = MappingProxyType(ids_by_tag)

    def with_rows(self, rows):
        """A new log with the ``rows`` that the database holds now."""
        counters, ids_by_tag = dict(self.counters), {}
        if self.rows.keys() <= rows.keys():
            ids_by_tag.update(self.ids_by_tag)
        known = self.rows if ids_by_tag else {}
        for pk in rows.keys() - known.keys():
            for tag in with_any(rows[pk]):
                ids_by_tag[tag] = ids_by_tag.get(tag, frozenset()) | {pk}
                counters[tag] = counters.get(tag, 0) + (pk not in self.rows)
        return InvalidationLog(rows, counters, ids_by_tag)

    def ids_of(self, tags):
        """The keys of all rows that invalidate any of ``tags``."""
        found = set()
        for tag in with_kinds(tags):
            found |= self.ids_by_tag.get(tag, frozenset())
        return found

    def versions_of(self, tags):
        return tuple(self.counters.get(tag, 0) for tag in ("", *with_kinds(tags)))


class ProcessState:
    """The newest :class:`InvalidationLog` of this process, shared by its threads."""

    def __init__(self):
        self.reset()

    def reset(self):
        """Discard the log; tokens given before are never given again."""
        self.log = InvalidationLog({}, {"": next(unique_numbers)}, {})
        self.asked_at = time.monotonic()
        self.lock = threading.Lock()
        self.has_read = self.is_unreadable = False
        self.paused_until = 0

    def refresh(self):
        """Read new rows and return the log, or ``None`` if it cannot be read.

        Within a transaction the database may return older or uncommitted rows: a log that differs
        from the known one is not stored then, and ``None`` is returned.
        """
        connection, now = _connection(), time.monotonic()
        if self.is_paused():
            return None
        if self.is_unreadable:  # While one request tries again, the others go on without.
            self.paused_until = now + PAUSE
        if now - self.asked_at > longest_life():
            self._invalidate_everything()
        known = self.log
        try:
            with _savepoint(connection):
                fingerprint = _fingerprint(connection)
                if fingerprint != known.fingerprint:
                    if connection.in_atomic_block:
                        return None
                    with self.lock:
                        known = self._read(connection, fingerprint)
        except Error as error:  # also that the connection is closed
            if not self.is_unreadable:
                logger.warning("The log of changes cannot be read; no page is kept: %s", error)
            self.is_unreadable = True
            return None
        self.asked_at, self.paused_until = now, 0
        self.is_unreadable, self.has_read = False, True
        return known

    def pause(self):
        """Do not read the log for :data:`PAUSE` seconds, as the database has not answered."""
        self.is_unreadable, self.paused_until = True, time.monotonic() + PAUSE

    def is_paused(self):
        """Whether the log is not to be read now."""
        return time.monotonic() < self.paused_until

    def known_in_outage(self):
        """The last log that was read, for an hour while the database does not answer.

        ``None`` while the database answers, and in a process that has never read the log.
        """
        is_known = self.is_unreadable and self.has_read
        is_recent = time.monotonic() - self.asked_at < longest_life()
        return self.log if is_known and is_recent else None

    def _invalidate_everything(self):
        """Count everything as invalidated: rows may have been pruned before they were read."""
        with self.lock:
            counters = {**self.log.counters, EVERYTHING: self.log.counters.get(EVERYTHING, 0) + 1}
            self.log = InvalidationLog(dict(self.log.rows), counters, dict(self.log.ids_by_tag))
        changes_seen.send(ProcessState, tags=frozenset({EVERYTHING}))

    def _read(self, connection, fingerprint):
        """Read the rows behind the last one, and all if that is not the log of ``fingerprint``."""
        rows = {**self.log.rows, **_read_rows(connection, max(self.log.rows, default=0))}
        if fingerprint_of(rows) != fingerprint:
            rows = _read_rows(connection)
        new = [tags for pk, tags in rows.items() if pk not in self.log.rows]
        self.log = self.log.with_rows(rows)
        if new:
            changes_seen.send(ProcessState, tags=frozenset().union(*new))
        return self.log


def _connection():
    from diptych.articles.caching.models import Change

    return connections[router.db_for_write(Change)]


def _savepoint(connection):
    """A savepoint in a transaction: on PostgreSQL, a failed query would abort it."""
    return transaction.atomic(connection.alias) if connection.in_atomic_block else nullcontext()


def _fingerprint(connection):
    with connection.cursor() as cursor:
        cursor.execute(FINGERPRINT_SQL)
        rows, total = cursor.fetchone()
    return rows, int(total or 0)


def fingerprint_of(rows):
    """What tells the rows of two moments apart: their number and the sum of their keys."""
    return len(rows), sum(rows)


def _read_rows(connection, last=0):
    """``{key: tags}`` of the rows of the log behind the one with the key ``last``."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS_SQL, [last])
        return {pk: frozenset(tags.split()) for pk, tags in cursor.fetchall()}


FINGERPRINT_SQL = "SELECT COUNT(*), SUM(id) FROM diptych_caching_change"
ROWS_SQL = "SELECT id, tags FROM diptych_caching_change WHERE id > %s"

process_state = ProcessState()
os.register_at_fork(after_in_child=lambda: setattr(process_state, "lock", threading.Lock()))

# The log of the current request


class RequestLog:
    """The log as it was when the current request first read it.

    ``None`` once the request has invalidated tags itself: values it has read before may be older
    than the log.
    """

    def __init__(self):
        self.log = None
        self.is_read = False


_reading = ContextVar("diptych_reading", default=None)


def begin_reading(**kwargs):
    """Use one state of the log until :func:`end_reading` is called."""
    _reading.set(RequestLog())


def end_reading(**kwargs):
    """Read the log on each call again, as outside a request."""
    _reading.set(None)


def current_log():
    """The log at the beginning of this request, or ``None`` if it cannot be read.

    Also ``None`` in a transaction that has invalidated tags, whose data is not public yet, and for
    the rest of such a request.
    """
    if is_pending():
        return None
    reading = _reading.get()
    if reading is None:
        return process_state.refresh()
    if not reading.is_read:
        reading.log = process_state.refresh()
        reading.is_read = True
    return reading.log


def versions_of(tags):
    """A hashable token that changes when one of ``tags`` is invalidated.

    Tokens are valid in this process only. In a transaction that has invalidated tags, and where the
    log cannot be read, each call returns a new token, so that no value is shared. The page being
    rendered depends on the tags.
    """
    tags = tuple(tags)
    depends_on(*tags)
    log = current_log()
    return log.versions_of(tags) if log else (next(unique_numbers), None)


# Tags used by a rendering

_used = ContextVar("diptych_used_tags", default=None)


class recording:
    """Context manager that collects the tags used within it in a set."""

    def __enter__(self):
        tags = set()
        self.token = _used.set(tags)
        return tags

    def __exit__(self, *exception):
        _used.reset(self.token)


def tags_of_any_image():
    """The tag of all images, if the images of the site do not record their own when read."""
    return () if getattr(get_image_model(), "tags_when_read", False) else ("image:any",)


def tag_of(model, pk):
    """The tag of the object of ``model`` with this primary key."""
    if issubclass(model, apps.get_model("wagtailcore", "Page")):
        return f"page:{pk}"
    return (
        f"image:{pk}" if issubclass(model, get_image_model()) else f"{model._meta.label_lower}:{pk}"
    )


def depends_on(*tags):
    """Record that the page being rendered depends on ``tags``."""
    used = _used.get()
    if used is not None:
        used.update(tags)


# Invalidation


class _Invalidation:
    """The tags that a transaction has invalidated so far; called on commit.

    Django discards it, like the row of the log, when the transaction or its savepoint is rolled
    back.
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


def invalidate_tags(*tags):
    """Invalidate ``tags`` in every process, once this transaction is committed.

    Call it after the change, in the same transaction. Many tags of a kind invalidate all of the
    kind.
    """
    connection = _connection()
    pending = _pending(connection)
    known = frozenset().union(*(each.tags for _savepoints, each in pending))
    new = frozenset(tag for tag in tags if known.isdisjoint(with_kinds((tag,))))
    if new and _has_table(connection):
        _write(connection, pending, new)


def invalidate_everything():
    invalidate_tags(EVERYTHING)


def _pending(connection):
    """``(savepoints, _Invalidation)`` for each row of this transaction that is not rolled back."""
    return [
        (savepoints, invalidation)
        for savepoints, function, _robust in connection.run_on_commit
        if isinstance(invalidation := getattr(function, "__wrapped__", None), _Invalidation)
    ]


def is_pending():
    """Whether the current transaction has invalidated any tag."""
    return bool(_pending(_connection()))


def _write(connection, pending, new):
    """Add ``new`` tags to the row of this transaction, or of its savepoint; create it if needed."""
    from diptych.articles.caching.models import Change

    changes = Change.objects.using(connection.alias)
    for savepoints, invalidation in pending:
        if savepoints == set(connection.savepoint_ids):
            invalidation.tags = _within_limits(invalidation.tags | new)
            changes.filter(pk=invalidation.pk).update(tags=_joined(invalidation.tags))
            return
    tags = _within_limits(new)
    # The clock of the database is the same for all servers.
    change = changes.create(tags=_joined(tags), at=Now(), is_purged=not has_frontend_cache())
    after_commit(_Invalidation(change.pk, tags), using=connection.alias)


def _within_limits(tags):
    """``tags`` reduced: all of a kind if there are many of it, or everything."""
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


with_table = set()


def _has_table(connection):
    """Whether the tables exist; before their migration there is nothing to invalidate."""
    from diptych.articles.caching.models import RenderedAddress  # made after the log

    if connection.alias not in with_table:
        names = connection.introspection.table_names()
        if RenderedAddress._meta.db_table not in names:
            return False
        with_table.add(connection.alias)
    return True


def prune():
    """Delete rows older than any cached page, and replace all rows if there are too many."""
    from diptych.articles.caching.models import Change

    changes = Change.objects.using(_connection().alias)
    changes.filter(at__lt=Now() - retention(), is_purged=True).delete()
    with transaction.atomic(changes.db):
        purged = dict(changes.values_list("pk", "is_purged"))
        if len(purged) > MAX_ROWS:
            changes.filter(pk__in=purged).delete()
            changes.create(tags=EVERYTHING, at=Now(), is_purged=all(purged.values()))


def connect():
    """Read the log once per request."""
    request_started.connect(begin_reading, dispatch_uid="diptych_begin_reading")
    request_finished.connect(end_reading, dispatch_uid="diptych_end_reading")
