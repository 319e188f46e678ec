"""The inverted index that each database keeps of the texts: which entries have which stems.

SQLite has an FTS5 table without a copy of the texts, PostgreSQL ``tsvector`` columns beside the
entries. Triggers on the table of texts keep both up to date, whatever writes or deletes a text.
The index only says which entries match; they are ranked in Python, so that every database gives
the same results in the same order.
"""

from django.core.exceptions import ImproperlyConfigured
from django.db import connections, router

from articles.analysis.tokenizer import JOINT
from articles.languages.models import PageLanguage
from articles.search.models import SearchEntry, SearchText
from articles.search.scope import EVERYTHING

ENTRIES, TEXTS = SearchEntry._meta.db_table, SearchText._meta.db_table
ROWS = PageLanguage._meta.db_table
HEADLINE = ("headline",)
#: The fields with few words.
SHORT_FIELDS = (*HEADLINE, "lead", "headings")
#: The fields by which many matches are sorted, and all that are indexed.
TOP_FIELDS = (*SHORT_FIELDS, "often")
FIELDS = (*SHORT_FIELDS, "body", "often")
#: Entries found by one search; of more matches, those created last. Only stop words and the like
#: match more.
LIMIT = 5_000
#: Entries found by their name.
NAMED_LIMIT = 50

SQLITE_TABLE = "diptych_search_fts"
#: Before a language code that PostgreSQL indexes like a word; no stem begins so.
LANGUAGE_PREFIX = "0language0"
#: PostgreSQL's column for the words of all ``SHORT_FIELDS``.
SHORT = "best"


def inverted_index(connection=None):
    """The :class:`InvertedIndex` of a database connection, by default that of the entries."""
    connection = connection or connections[router.db_for_read(SearchEntry)]
    return INDEXES.get(connection.vendor, InvertedIndex)(connection)


class InvertedIndex:
    """The index of one database; subclasses write its SQL.

    A condition is a list of alternatives, an alternative a tuple of stems that stand side by side.
    Stems have nothing but letters and digits, and are passed as parameters all the same.
    """

    limit = LIMIT
    #: The FROM clauses of entries and of the index alone, and the key of an entry in both.
    source = index_source = key = None
    #: The condition that leaves out entries before a key.
    from_key = None
    optimise_statement = ""

    def __init__(self, connection):
        self.connection = connection

    def install(self):
        """Create the index and fill it with the texts there are; replaces an existing one.

        A migration that makes Django recreate one of the tables has to call it afterwards.
        """
        self._execute(self.install_statements())

    def uninstall(self):
        self._execute(self.uninstall_statements())

    def optimise(self):
        """Make reading faster, after much has been written."""
        self._execute([self.optimise_statement])

    def install_statements(self):
        return []

    def uninstall_statements(self):
        return []

    def matches(self, conditions, language, fields=()):
        """SQL for entries that meet all ``conditions``, and its parameters.

        It may let entries of another ``language`` pass. With ``fields``, only these are searched.
        """
        raise ImproperlyConfigured("Search needs SQLite or PostgreSQL.")

    def has_stem(self, field, stem):
        """SQL for entries that have ``stem`` in a field, and its parameters."""
        raise NotImplementedError

    def find(self, conditions, language, only_short=False, filters=(), scope=EVERYTHING):
        """``(kind, row, facets)`` of the entries that match, by date, the newest first.

        ``only_short`` searches the ``SHORT_FIELDS`` alone; ``filters`` are facet tokens that the
        entries must have. Of more than ``limit`` entries, those created last are found.
        """
        where, parameters = self._where(conditions, language, only_short, filters, scope)
        return self._rows(
            "SELECT kind, row_id, facets FROM (SELECT e.kind, e.day, e.row_id, e.facets "
            f"FROM {self.source} WHERE {where} ORDER BY {self.key} DESC LIMIT {self.limit}"
            ") AS newest ORDER BY day DESC, row_id DESC",
            parameters,
        )

    def count(self, queries, scope=EVERYTHING):
        """How many articles match each of ``queries``, up to ``limit``, by the query's name.

        A query is a tuple of a name and the first arguments of :meth:`find`.
        """
        parts, parameters = [], []
        for name, *query in queries:
            where, values = self._where(*query, filters=(), scope=scope)
            found = f"SELECT 1 FROM {self.source} WHERE {where} AND e.kind = %s LIMIT {self.limit}"
            parts.append(f"SELECT %s, COUNT(*) FROM ({found}) AS found")
            parameters += [name, *values, SearchEntry.Kind.ARTICLE]
        return dict(self._union(parts, parameters))

    def with_matches(self, queries, language, scope=EVERYTHING):
        """The positions of those of ``queries``, lists of conditions, that any entry matches."""
        parts, parameters = [], []
        for number, conditions in enumerate(queries):
            where, values = self._where(conditions, language, False, (), scope)
            parts.append(
                f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {self.source} WHERE {where})"
            )
            parameters += values
        return {number for (number,) in self._union(parts, parameters)}

    def named(self, conditions, language, kinds, scope=EVERYTHING):
        """The rows of some entries of ``kinds`` whose headline meets ``conditions``."""
        where, parameters = self.matches(conditions, language, HEADLINE)
        within, values = self._within(language, scope)
        listed = ", ".join(["%s"] * len(kinds))
        rows = self._rows(
            f"SELECT e.row_id FROM {self.source} WHERE {where} AND {within} "
            f"AND e.kind IN ({listed}) ORDER BY e.row_id DESC LIMIT {NAMED_LIMIT}",
            [*parameters, *values, *kinds],
        )
        return [row for (row,) in rows]

    def rows_by_field(self, stems, first_row):
        """By ``(stem, field)`` for each of the ``TOP_FIELDS``, the set of rows that have it.

        Rows before ``first_row`` are left out.
        """
        asked = [(stem, field) for stem in stems for field in TOP_FIELDS]
        parts, parameters = [], []
        for number, (stem, field) in enumerate(asked):
            where, values = self.has_stem(field, stem)
            parts.append(
                f"SELECT {number}, {self.key} FROM {self.index_source} "
                f"WHERE {where} AND {self.from_key}"
            )
            parameters += [*values, first_row]
        found = {}
        for number, row in self._union(parts, parameters):
            found.setdefault(asked[number], set()).add(row)
        return found

    def _where(self, conditions, language, only_short, filters, scope):
        where, parameters = self.matches(conditions, language, SHORT_FIELDS if only_short else ())
        within, values = self._within(language, scope)
        filtered = ["e.facets LIKE %s"] * len(filters)
        parameters = [*parameters, *values, *(f"% {token} %" for token in filters)]
        return " AND ".join([where, within, *filtered]), parameters

    def _within(self, language, scope):
        """SQL for entries of a language within a :class:`Scope`, and its parameters."""
        parts, parameters = ["e.language = %s"], [language]
        if scope.hidden:
            parts.append(f"e.row_id NOT IN ({','.join(map(str, map(int, scope.hidden)))})")
        if scope.root_path:
            start = f"substr(r.url_path, 1, {len(scope.root_path)}) = %s"
            parts.append(f"EXISTS (SELECT 1 FROM {ROWS} r WHERE r.id = e.row_id AND {start})")
            parameters.append(scope.root_path)
        return " AND ".join(parts), parameters

    def _union(self, parts, parameters):
        return self._rows(" UNION ALL ".join(parts), parameters) if parts else []

    def _rows(self, statement, parameters):
        with self.connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall()

    def _execute(self, statements):
        with self.connection.cursor() as cursor:
            for statement in filter(None, statements):
                cursor.execute(statement)


class SQLiteIndex(InvertedIndex):
    """An FTS5 table."""

    source = f"{SQLITE_TABLE} JOIN {ENTRIES} e ON e.row_id = {SQLITE_TABLE}.rowid"
    index_source = SQLITE_TABLE
    key = f"{SQLITE_TABLE}.rowid"
    from_key = f"{key} >= %s"
    optimise_statement = f"INSERT INTO {SQLITE_TABLE} ({SQLITE_TABLE}) VALUES ('optimize')"

    def install_statements(self):
        table, names = SQLITE_TABLE, ", ".join(FIELDS)
        new = ", ".join(f"new.{name}" for name in FIELDS)
        old = ", ".join(f"old.{name}" for name in FIELDS)
        insert = f"INSERT INTO {table} (rowid, {names}) VALUES (new.entry_id, {new});"
        delete = (
            f"INSERT INTO {table} ({table}, rowid, {names}) VALUES ('delete', old.entry_id, {old});"
        )
        yield from self.uninstall_statements()
        yield f"""CREATE VIRTUAL TABLE {table} USING fts5({names}, content='{TEXTS}',
            content_rowid='entry_id', tokenize='ascii', columnsize=0)"""
        for event, action in {
            "insert": insert,
            "delete": delete,
            "update": delete + insert,
        }.items():
            yield f"CREATE TRIGGER {table}_{event} AFTER {event} ON {TEXTS} BEGIN {action} END"
        yield f"INSERT INTO {table} ({table}) VALUES ('rebuild')"

    def uninstall_statements(self):
        for event in ("insert", "delete", "update"):
            yield f"DROP TRIGGER IF EXISTS {SQLITE_TABLE}_{event}"
        yield f"DROP TABLE IF EXISTS {SQLITE_TABLE}"

    def matches(self, conditions, language, fields=()):
        parts = [" OR ".join(map(self._phrase, alternatives)) for alternatives in conditions]
        expression = " AND ".join(f"({part})" for part in parts)
        if fields:
            expression = f"{{{' '.join(fields)}}} : ({expression})"
        return f"{SQLITE_TABLE} MATCH %s", [expression]

    def has_stem(self, field, stem):
        return f"{SQLITE_TABLE} MATCH %s", [f"{field} : {self._phrase([stem])}"]

    @staticmethod
    def _phrase(stems):
        return f'"{" ".join(stems)}"'


class PostgreSQLIndex(InvertedIndex):
    """Columns of ``tsvector`` in the table of entries, each with a GIN index.

    ``vector`` has the words of all fields but ``often``, with their positions; ``best`` those of
    the ``SHORT_FIELDS``; and each of the ``TOP_FIELDS`` has a column.
    """

    source = index_source = f"{ENTRIES} e"
    key = "e.row_id"
    # As a sum it cannot be answered by the primary key. PostgreSQL underestimates what unpacking
    # the vectors of thousands of rows costs, and would not use the index of the words.
    from_key = "e.row_id + 0 >= %s"
    optimise_statement = f"ANALYZE {ENTRIES}"
    columns = ("vector", SHORT, *TOP_FIELDS)
    query = "to_tsquery('simple', %s)"

    def install_statements(self):
        # What a transaction defers to its end prevents a change of the table.
        yield "SET CONSTRAINTS ALL IMMEDIATE"
        for name in self.columns:
            yield f"ALTER TABLE {ENTRIES} ADD COLUMN IF NOT EXISTS {name} tsvector"
        # Vectors are stored apart from the entries, and nothing else is, so that reading many
        # entries is quick.
        yield f"ALTER TABLE {ENTRIES} SET (toast_tuple_target = 128)"
        yield f"ALTER TABLE {ENTRIES} ALTER COLUMN facets SET STORAGE MAIN"
        yield self._trigger_function()
        yield f"DROP TRIGGER IF EXISTS diptych_search_vectors ON {TEXTS}"
        yield f"""CREATE TRIGGER diptych_search_vectors AFTER INSERT OR UPDATE ON {TEXTS}
            FOR EACH ROW EXECUTE FUNCTION diptych_search_vectors()"""
        # Filling the columns before they are indexed is quicker.
        indexes = {"vector": ["vector"], "top": [SHORT, *TOP_FIELDS]}
        for name in indexes:
            yield f"DROP INDEX IF EXISTS diptych_search_{name}"
        yield f"UPDATE {TEXTS} SET headline = headline"
        for name, columns in indexes.items():
            yield f"""CREATE INDEX diptych_search_{name} ON {ENTRIES}
                USING gin ({", ".join(columns)}) WITH (fastupdate = off)"""

    def _trigger_function(self):
        # A lexeme for the language lets the index leave out the entries of all others.
        code = "lower(replace(language, '-', ''))"
        language = f"('''{LANGUAGE_PREFIX}' || {code} || ''':1')::tsvector"
        # One that is no word prevents phrases across the end of a field.
        fence = "'|:1'::tsvector"
        vectors = [f"to_tsvector('simple', new.{name})" for name in (*SHORT_FIELDS, "body")]
        short = " || ' ' || ".join(f"new.{name}" for name in SHORT_FIELDS)
        top = ", ".join(f"{name} = strip(to_tsvector('simple', new.{name}))" for name in TOP_FIELDS)
        return f"""CREATE OR REPLACE FUNCTION diptych_search_vectors() RETURNS trigger AS $$
            BEGIN
                UPDATE {ENTRIES} SET vector = {f" || {fence} || ".join([language, *vectors])},
                    {SHORT} = strip({language} || to_tsvector('simple', {short})), {top}
                WHERE row_id = new.entry_id;
                RETURN NULL;
            END $$ LANGUAGE plpgsql"""

    def uninstall_statements(self):
        yield f"DROP TRIGGER IF EXISTS diptych_search_vectors ON {TEXTS}"
        yield "DROP FUNCTION IF EXISTS diptych_search_vectors()"
        for name in self.columns:
            yield f"ALTER TABLE {ENTRIES} DROP COLUMN IF EXISTS {name}"

    def matches(self, conditions, language, fields=()):
        in_language = [(LANGUAGE_PREFIX + language.replace("-", "").lower(),)]
        if fields == SHORT_FIELDS:
            return f"e.{SHORT} @@ {self.query}", [self._all_of([in_language, *conditions])]
        if fields:
            return self._matches_in(fields, conditions)
        # Bigrams are indexed in one column only.
        bigrams = [each for each in conditions if JOINT in each[0][0]]
        words = [each for each in conditions if JOINT not in each[0][0]]
        asked = {"vector": words and [in_language, *words], "often": bigrams}
        queries = {column: self._all_of(each) for column, each in asked.items() if each}
        return " AND ".join(f"e.{column} @@ {self.query}" for column in queries), [
            *queries.values()
        ]

    def _matches_in(self, fields, conditions):
        anywhere = " OR ".join(f"e.{field} @@ {self.query}" for field in fields)
        where = " AND ".join(f"({anywhere})" for _condition in conditions)
        return where, [self._any_of(each) for each in conditions for _field in fields]

    def has_stem(self, field, stem):
        return f"e.{field} @@ {self.query}", [self._phrase([stem])]

    def _all_of(self, conditions):
        return " & ".join(f"({self._any_of(alternatives)})" for alternatives in conditions)

    def _any_of(self, alternatives):
        return " | ".join(map(self._phrase, alternatives))

    @staticmethod
    def _phrase(stems):
        return " <-> ".join(f"'{stem}'" for stem in stems)


INDEXES = {"sqlite": SQLiteIndex, "postgresql": PostgreSQLIndex}
