"""The inverted index of the aligned texts: an FTS5 table on SQLite, columns on PostgreSQL.

It has each text twice, as words and as stems. Each word begins with its language, so that those of
other languages are not even looked at. Other databases have no index, and nothing is found.
"""

import re

from django.db import connections, router
from django.db.models.expressions import RawSQL

from diptych.articles.translation_tools.concordance.models import AlignedText

TEXTS = AlignedText._meta.db_table
TABLE = "diptych_concordance_fts"
#: The most texts that are looked at for one condition, the newest ones.
MOST_MATCHES = 5000
#: The most positions that PostgreSQL counts in a text.
LAST_POSITION = 16_383
#: What neither database takes as part of a word.
_NO_LETTERS = re.compile(r"[\x00-/:-@\[-`{-\x7f]+")


def inverted_index(connection=None):
    """The :class:`InvertedIndex` of a database connection, by default that of the texts."""
    connection = connection or connections[router.db_for_write(AlignedText)]
    return INDEXES.get(connection.vendor, InvertedIndex)(connection)


def entries_of(words, language):
    """``words`` of a language as the index has them, those without letters left out."""
    start = language.replace("-", "").lower()
    cleaned = (_NO_LETTERS.sub("", word) for word in words)
    return [f"{start}0{each}" for each in cleaned if each]


class InvertedIndex:
    """The index of one database; subclasses write its SQL.

    A condition is a list of alternatives, an alternative a list of phrases that a text has all of,
    a phrase a tuple of words that stand side by side. ``field`` is ``"words"`` or ``"stems"``.
    """

    def __init__(self, connection):
        self.connection = connection

    def install(self):
        """Create the index, empty."""
        self._execute(self.install_statements)

    def uninstall(self):
        self._execute(self.uninstall_statements)

    install_statements = uninstall_statements = ()

    def add(self, entries):
        """Index texts: ``(primary key, words, stems)``. Deleted rows leave it by themselves."""

    def matching(self, field, condition):
        """A query for the primary keys of the newest texts that meet a condition."""
        return None

    def counts(self, field, words, limit):
        """In how many texts each of ``words`` stands, up to ``limit``, in their order."""
        return []

    def _execute(self, statements):
        with self.connection.cursor() as cursor:
            for each in statements:
                cursor.execute(each)


class _SQLIndex(InvertedIndex):
    #: The key, and what follows SELECT for the texts that meet one parameter.
    key = source = ""

    def matching(self, field, condition):
        source = self.source.format(field=field)
        return RawSQL(  # noqa: S611 constant names; words are parameters
            f"SELECT {self.key} FROM {source} ORDER BY {self.key} DESC LIMIT {MOST_MATCHES}",  # noqa: S608 constant names; words are parameters
            [self._parameter(field, condition)],
        )

    def counts(self, field, words, limit):
        source = self.source.format(field=field)
        one = f"SELECT COUNT(*) FROM (SELECT 1 FROM {source} LIMIT {limit}) AS found"  # noqa: S608 constant names; words are parameters
        with self.connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join([one] * len(words)),
                [self._parameter(field, [[(each,)]]) for each in words],
            )
            return [count for (count,) in cursor.fetchall()]


class SQLiteIndex(_SQLIndex):
    """An FTS5 table with the words and stems, which a trigger deletes with their text."""

    key = "rowid"
    source = f"{TABLE} WHERE {TABLE} MATCH %s"
    install_statements = (
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, stems, tokenize='ascii')",
        f"""CREATE TRIGGER {TABLE}_delete AFTER DELETE ON {TEXTS}
            BEGIN DELETE FROM {TABLE} WHERE rowid = old.id; END""",  # noqa: S608 constant names
    )
    uninstall_statements = (
        f"DROP TRIGGER IF EXISTS {TABLE}_delete",
        f"DROP TABLE IF EXISTS {TABLE}",
    )

    def add(self, entries):
        statement = f"INSERT INTO {TABLE} (rowid, words, stems) VALUES (%s, %s, %s)"  # noqa: S608 constant names; words are parameters
        with self.connection.cursor() as cursor:
            cursor.executemany(
                statement, [(pk, " ".join(words), " ".join(stems)) for pk, words, stems in entries]
            )

    def _parameter(self, field, condition):
        alternatives = [
            " AND ".join(f'"{" ".join(phrase)}"' for phrase in phrases) for phrases in condition
        ]
        return f"{field} : ({' OR '.join(f'({each})' for each in alternatives)})"


class PostgreSQLIndex(_SQLIndex):
    """Two columns of ``tsvector`` in the table of texts, each with a GIN index."""

    key = "id"
    source = f"{TEXTS} WHERE {{field}} @@ %s::tsquery"
    install_statements = (
        f"ALTER TABLE {TEXTS} ADD COLUMN words tsvector, ADD COLUMN stems tsvector",
        f"CREATE INDEX diptych_concordance_words ON {TEXTS} USING gin (words)",
        f"CREATE INDEX diptych_concordance_stems ON {TEXTS} USING gin (stems)",
    )
    uninstall_statements = (
        f"ALTER TABLE {TEXTS} DROP COLUMN IF EXISTS words, DROP COLUMN IF EXISTS stems",
    )

    def add(self, entries):
        statement = f"UPDATE {TEXTS} SET words = %s::tsvector, stems = %s::tsvector WHERE id = %s"  # noqa: S608 constant names; words are parameters
        with self.connection.cursor() as cursor:
            cursor.executemany(
                statement, [(_vector(words), _vector(stems), pk) for pk, words, stems in entries]
            )

    def _parameter(self, field, condition):
        alternatives = [
            " & ".join(f"({' <-> '.join(map(_quoted, phrase))})" for phrase in phrases)
            for phrases in condition
        ]
        return " | ".join(f"({each})" for each in alternatives)


def _quoted(word):
    return f"'{word}'"


def _vector(words):
    return " ".join(
        f"{_quoted(each)}:{min(place, LAST_POSITION)}" for place, each in enumerate(words, start=1)
    )


INDEXES = {"sqlite": SQLiteIndex, "postgresql": PostgreSQLIndex}
