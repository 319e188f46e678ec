"""Write again what a factory wrote before, where doing it anew would write the same.

Making a page as an editor does takes a tenth of a second, nearly all of it for building and reading
queries; writing its forty rows takes a few milliseconds. Most tests begin by making the same page
in the same database. The statements that write are recorded the first time, and executed again when
a test of the same process makes the same page in the same state of the database.

The state is known from the statements themselves: which recordings were written since the
transaction began, and which tables anything else has changed. A recording is used after the same
recordings as the first time, under the same settings, and only while none of the tables it reads
or writes was changed otherwise. On PostgreSQL a sequence goes on after a rollback: those that a
recording took numbers from are set back before it is written.
"""

import json
import pickle
import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from django.conf import UserSettingsHolder, settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import get_language

TABLES = re.compile(r'\b(?:FROM|INTO|JOIN|UPDATE(?!\s+SET\b))\s+"?(\w+)"?', re.IGNORECASE)
#: Users that are joined to other rows, who are the same where those rows are: somebody who has
#: been made meanwhile, or has signed in, is in none of them.
PEOPLE = re.compile(r'\bJOIN\s+"auth_user"')
IS_POSTGRESQL = connection.vendor == "postgresql"
#: How a statement begins that adds to the log of changes: its rows have keys by chance, and stand
#: beside any that are there.
LOGGING = 'INSERT INTO "diptych_caching_change"'
#: Statements that change no row; what is in neither list is taken for one that does.
READING = {"SELECT", "PRAGMA", "EXPLAIN", "RELEASE"}
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)([T ])(\d\d:\d\d:\d\d\.\d{3})(\d{3})?")


@dataclass(frozen=True)
class State:
    """How a database differs from the one that all tests begin with."""

    #: The keys of the recordings that were written, in their order.
    recordings: tuple = ()
    #: Tables that something else has changed.
    changed: frozenset = frozenset()


@dataclass
class Recording:
    """The statements that a factory wrote with, and what it depended on."""

    started: datetime
    statements: list = field(default_factory=list)
    tables: set = field(default_factory=set)
    #: Those of the tables that it writes.
    written: set = field(default_factory=set)
    callbacks: list = field(default_factory=list)
    result: object = None
    #: The values that PostgreSQL's sequences it took numbers from had before, by their names.
    sequences: dict = field(default_factory=dict)
    #: Whether part of it was rolled back, or came as many statements at once.
    is_partial: bool = False


class Recorder:
    """A wrapper of all queries that knows the state of the database, and records and replays."""

    def __init__(self):
        self.state = State()
        self.savepoints = {}
        self.recordings = {}
        self.recording = None
        self.replaying = False
        #: Off as soon as a test replaces functions, as recordings are made without.
        self.is_allowed = True

    def __call__(self, execute, sql, params, many, context):
        self._follow_transactions()
        result = execute(sql, params, many, context)
        if not self.replaying:
            self._note(sql, params, many)
        return result

    def _note(self, sql, params, many):
        """Follow what a statement means for the state, and for the recording if there is one."""
        verb = verb_of(sql)
        if verb == "BEGIN":
            self._forget_state()
        elif verb == "SAVEPOINT":
            self.savepoints[sql.split()[-1]] = self.state
        elif verb == "ROLLBACK":
            self.state = self.savepoints[sql.split()[-1]]
            self._mark_partial()
        elif self.recording:
            if not sql.startswith(LOGGING):
                self.recording.tables.update(TABLES.findall(PEOPLE.sub("", sql)))
            if verb not in READING:
                self.recording.written.update(TABLES.findall(sql))
                self.recording.statements.append((sql, params))
                self.recording.is_partial |= many
        elif verb not in READING:
            self._record_changed(TABLES.findall(sql))

    def _follow_transactions(self):
        if begins_transaction():
            self._forget_state()

    def _forget_state(self):
        self.state = State()
        self.savepoints.clear()

    def _mark_partial(self):
        if self.recording:
            self.recording.is_partial = True

    def _record_changed(self, tables):
        self.state = replace(self.state, changed=self.state.changed.union(tables))

    def call(self, key, make):
        """What ``make`` returns, a primary key; made really, or written from a recording.

        ``key`` holds all that it depends on besides the database, the active language and the
        settings; with ``None`` it is made really.
        """
        self._follow_transactions()
        replaced = _replaced_settings()
        if key is None or replaced is None or not self._is_usable():
            return make()
        key = (get_language(), replaced, key)
        found = self.recordings.get((*self.state.recordings, key))
        if found is None:
            return self._record(key, make)
        if found.tables & self.state.changed:
            return make()
        self._replay(found)
        self.state = replace(self.state, recordings=(*self.state.recordings, key))
        return found.result

    def _is_usable(self):
        return (
            self.is_allowed and connection.in_atomic_block and self in connection.execute_wrappers
        )

    def _record(self, key, make):
        waiting, sequences = len(connection.run_on_commit), sequence_values()
        recording = self.recording = Recording(started=datetime.now(UTC))
        try:
            recording.result = make()
        finally:
            self.recording = None
            before = self.state
            self._record_changed(recording.written)
        recording.sequences = dict(sequences.items() - sequence_values().items())
        recording.callbacks = [each[1:] for each in connection.run_on_commit[waiting:]]
        if not recording.is_partial and not recording.tables & before.changed:
            self.state = replace(before, recordings=(*before.recordings, key))
            self.recordings[self.state.recordings] = recording
        return recording.result

    def _replay(self, recording):
        now = datetime.now(UTC)
        with self._replayed(), connection.cursor() as cursor:
            set_sequences(cursor, recording.sequences)
            for sql, params in recording.statements:
                cursor.execute(sql, _moved(params, recording.started, now))
        for function, robust in recording.callbacks:
            transaction.on_commit(function, robust=robust)

    def read(self, key, fetch):
        """What ``fetch`` reads from the database: really, or as it was read in the same state.

        Its result must be new each time and can be pickled.
        """
        self._follow_transactions()
        replaced = _replaced_settings()
        if replaced is None or not self._is_usable() or self.recording:
            return fetch()
        key = (*self.state.recordings, (get_language(), replaced, key))
        found = self.recordings.get(key)
        if found is None:
            return self._record_reading(key, fetch)
        return fetch() if found.tables & self.state.changed else pickle.loads(found.result)

    def _record_reading(self, key, fetch):
        before = self.state
        recording = self.recording = Recording(started=datetime.now(UTC))
        try:
            result = fetch()
        finally:
            self.recording = None
        if not recording.statements and not recording.tables & before.changed:
            recording.result = pickle.dumps(result)
            self.recordings[key] = recording
        return result

    @contextmanager
    def _replayed(self):
        self.replaying = True
        try:
            yield
        finally:
            self.replaying = False


recorder = Recorder()


@lru_cache(maxsize=10_000)
def verb_of(sql):
    """The first word of a statement, in capitals."""
    return sql.lstrip("( \n").split(None, 1)[0].upper()


def begins_transaction():
    """Whether a transaction of PostgreSQL begins with the next statement; there is no `BEGIN`."""
    if not IS_POSTGRESQL or connection.connection is None:
        return False
    return connection.connection.info.transaction_status.name == "IDLE"


def sequence_values():
    """The last number of each of PostgreSQL's sequences, by its name; `None` of an unused one."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences")
        return dict(cursor.fetchall())


def set_sequences(cursor, values):
    """Let PostgreSQL's sequences go on after these ``values``, by :func:`sequence_values`."""
    if values:
        calls = ", ".join(["setval(quote_ident(%s)::regclass, %s, %s)"] * len(values))
        given = [(name, last or 1, last is not None) for name, last in values.items()]
        cursor.execute(f"SELECT {calls}", [each for row in given for each in row])


def _replaced_settings():
    """What a test has put in place of settings: pairs of a name and the value as text.

    ``None`` if the text of a value does not tell it from others, as with functions.
    """
    replaced = {}
    holder = settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        values = {name: repr(value) for name, value in vars(holder).items() if name.isupper()}
        replaced = {**dict.fromkeys(holder._deleted, "deleted"), **values, **replaced}
        holder = holder.default_settings
    if any(" at 0x" in value for value in replaced.values()):
        return None
    return tuple(sorted(replaced.items()))


def _moved(params, started, now):
    """The values ``params`` with all moments of the recording at about ``now``, in their order."""

    def moved(then):
        # A thousand times as fast, so that none is still to come when the last row is written.
        return now + (then - started) / 1000

    def is_recent(then):
        return started - timedelta(milliseconds=1) <= then <= started + timedelta(minutes=1)

    def move_text(match):
        day, separator, time, micro = match.groups(default="")
        then = datetime.fromisoformat(f"{day}T{time}{micro}+00:00")
        if not is_recent(then):
            return match[0]
        precision = "microseconds" if micro else "milliseconds"
        return moved(then).replace(tzinfo=None).isoformat(separator, precision)

    def move(value):
        if isinstance(value, str):
            return MOMENT.sub(move_text, value)
        if isinstance(value, datetime):  # as psycopg takes it
            return moved(value) if is_recent(value) else value
        if isinstance(value, list):
            return [move(each) for each in value]
        if hasattr(value, "obj"):  # JSON for psycopg
            return type(value)(
                json.loads(MOMENT.sub(move_text, json.dumps(value.obj, cls=DjangoJSONEncoder)))
            )
        return value

    return None if params is None else [move(each) for each in params]


def key_for(*values):
    """A key for what is made of ``values``; ``None`` if two of them cannot be told equal."""
    try:
        return _key_of(values)
    except TypeError:
        return None


def _key_of(value):
    if value is None or isinstance(value, str | int | float | type):
        return value
    if isinstance(value, date):
        return type(value), value.isoformat()
    if isinstance(value, list | tuple):
        return tuple(map(_key_of, value))
    if isinstance(value, dict):
        return tuple((name, _key_of(each)) for name, each in sorted(value.items()))
    if isinstance(value, Model):
        names = [field.attname for field in value._meta.concrete_fields]
        values = {name: getattr(value, name) for name in names}
        return type(value), value.pk or _key_of(values)
    raise TypeError(f"{value!r} is no part of a key.")
