"""The inverted index that each database keeps of the texts: which entries have which stems.

SQLite has an FTS5 table without a copy of the texts, PostgreSQL ``tsvector`` columns beside the
entries. Triggers on the table of texts keep both up to date, whatever writes or deletes a text.
The index only says which entries match; they are ranked in Python, so that every database gives
the same results in the same order.
"""

from typing import NamedTuple

from django.core.exceptions import EmptyResultSet, ImproperlyConfigured
from django.db import connections, router
from django.db.models.expressions import RawSQL

from diptych.articles.languages.models import PageLanguage
from diptych.articles.linguistics.tokenizer import JOINT
from diptych.articles.search.models import SearchEntry, SearchText
from diptych.articles.search.scope import EVERYTHING

ENTRIES, TEXTS = SearchEntry._meta.db_table, SearchText._meta.db_table
ROWS = PageLanguage._meta.db_table
HEADLINE = ("headline",)
#: The fields with few words.
SHORT_FIELDS = (*HEADLINE, "lead", "headings")
#: The fields by which many matches are sorted, and all that are indexed.
TOP_FIELDS = (*SHORT_FIELDS, "often")
FIELDS = (*SHORT_FIELDS, "body", "often")
#: Entries found by their name.
NAMED_LIMIT = 50

SQLITE_TABLE = "diptych_search_fts"
#: SQLite's table of the headlines of what is no article, of which there are few.
SQLITE_NAMES = "diptych_search_names"
#: Bits of a row in an entry's key in ``SQLITE_TABLE``; above them are two letters of its language.
SQLITE_ROW_BITS = 40
#: Before a language code that PostgreSQL indexes like a word; no stem begins so.
LANGUAGE_PREFIX = "0language0"
#: PostgreSQL's column for the words of all ``SHORT_FIELDS``.
SHORT = "best"


class Match(NamedTuple):
    """An entry that was found, with what results are sorted and counted by."""

    kind: str
    row: int
    facets: str
    day: int


def inverted_index(connection=None):
    """The :class:`InvertedIndex` of a database connection, by default that of the entries."""
    connection = connection or connections[router.db_for_read(SearchEntry)]
    return INDEXES.get(connection.vendor, InvertedIndex)(connection)


class InvertedIndex:
    """The index of one database; subclasses write its SQL.

    A condition is a list of alternatives, an alternative a tuple of stems that stand side by side.
    Stems have nothing but letters and digits, and are passed as parameters all the same.
    """

    #: The FROM clauses of entries, of what is no article and of the index alone; in the first, a
    #: key that sorts the entries of a language as their rows do; in the last, the row of an entry.
    source = names_source = index_source = key = row = None
    optimise_statement = ""

    def __init__(self, connection):
        self.connection = connection

    def install(self):
        """Create the index and fill it with the texts there are; replaces an existing one.

        A migration that makes Django recreate one of the tables has to call it afterwards.
        """
        self._execute(self.install_statements())
        self.install_names()

    def install_names(self):
        """Create the index of the headlines of what is no article alone."""
        self._execute(self.install_names_statements())

    def uninstall(self):
        self.uninstall_names()
        self._execute(self.uninstall_statements())

    def uninstall_names(self):
        self._execute(self.uninstall_names_statements())

    def optimise(self):
        """Make reading faster, after much has been written."""
        self._execute([self.optimise_statement])

    def install_statements(self):
        return []

    def uninstall_statements(self):
        return []

    def install_names_statements(self):
        return []

    def uninstall_names_statements(self):
        return []

    def matches(self, conditions, language, fields=()):
        """SQL for entries that meet all ``conditions``, and its parameters.

        It may let entries of another ``language`` pass. With ``fields``, only these are searched.
        """
        raise ImproperlyConfigured("Search needs SQLite or PostgreSQL.")

    def matches_name(self, conditions):
        """SQL for entries other than articles whose headline meets ``conditions``; parameters."""
        raise NotImplementedError

    def has_stem(self, field, stem, language, first_row):
        """SQL for entries from ``first_row`` on that have ``stem`` in a field, and parameters.

        It may let entries of another ``language`` pass.
        """
        raise NotImplementedError

    def find(self, conditions, language, limit, fields=(), filters=(), scope=EVERYTHING):
        """The :class:`Match` of each entry that matches, by date, the newest first.

        With ``fields``, only these are searched; ``filters`` are facet tokens that the entries
        must have. Of more than ``limit`` entries, those created last are found.
        """
        where, parameters = self._where(conditions, language, fields, filters, scope)
        rows = self._rows(
            "SELECT kind, row_id, facets, day FROM (SELECT e.kind, e.day, e.row_id, e.facets "  # noqa: S608 constant names; words are parameters
            f"FROM {self.source} WHERE {where} ORDER BY {self.key} DESC LIMIT {limit}"
            ") AS newest ORDER BY day DESC, row_id DESC",
            parameters,
        )
        return [Match(*row) for row in rows]

    def count(self, queries, limit, scope=EVERYTHING):
        """How many articles match each of ``queries``, up to ``limit``, by the query's name.

        A query is a tuple of a name, conditions, a language and fields, as for :meth:`find`.
        """
        parts, parameters = [], []
        for name, *query in queries:
            where, values = self._where(*query, filters=(), scope=scope)
            found = f"SELECT 1 FROM {self.source} WHERE {where} AND e.kind = %s LIMIT {limit}"  # noqa: S608 constant names; words are parameters
            parts.append(f"SELECT %s, COUNT(*) FROM ({found}) AS found")  # noqa: S608 constant names; words are parameters
            parameters += [name, *values, SearchEntry.Kind.ARTICLE]
        return dict(self._union(parts, parameters))

    def with_matches(self, queries, language, scope=EVERYTHING):
        """By the position of each of ``queries``, lists of conditions, a row that matches it."""
        parts, parameters = [], []
        for number, conditions in enumerate(queries):
            where, values = self._where(conditions, language, (), (), scope)
            found = f"SELECT e.row_id FROM {self.source} WHERE {where} LIMIT 1"  # noqa: S608 constant names; words are parameters
            parts.append(f"SELECT {number}, row_id FROM ({found}) AS found")  # noqa: S608 constant names; words are parameters
            parameters += values
        return dict(self._union(parts, parameters))

    def named(self, conditions, language, kinds, scope=EVERYTHING):
        """The rows of some entries of ``kinds``, but articles, whose headline meets conditions."""
        where, parameters = self.matches_name(conditions)
        within, values = self._within(language, scope)
        listed = ", ".join(["%s"] * len(kinds))
        rows = self._rows(
            f"SELECT e.row_id FROM {self.names_source} WHERE {where} AND {within} "  # noqa: S608 constant names; words are parameters
            f"AND e.kind IN ({listed}) ORDER BY e.row_id DESC LIMIT {NAMED_LIMIT}",
            [*parameters, *values, *kinds],
        )
        return [row for (row,) in rows]

    def stems_of(self, rows, fields):
        """The row and the stems of ``fields`` for each of ``rows``.

        There are hundreds; for each of them Django would prepare the value of a foreign key.
        """
        return self._rows(
            f"SELECT entry_id, {', '.join(fields)} FROM {TEXTS} "  # noqa: S608 constant names; words are parameters
            f"WHERE entry_id IN ({','.join(map(str, map(int, rows)))})",
            [],
        )

    def rows_by_field(self, stems, language, first_row):
        """By ``(stem, field)`` for each of the ``TOP_FIELDS``, the set of rows that have it.

        Rows before ``first_row`` are left out, and those of other languages may be.
        """
        asked = [(stem, field) for stem in stems for field in TOP_FIELDS]
        parts, parameters = [], []
        for number, (stem, field) in enumerate(asked):
            where, values = self.has_stem(field, stem, language, first_row)
            parts.append(f"SELECT {number}, {self.row} FROM {self.index_source} WHERE {where}")  # noqa: S608 constant names; words are parameters
            parameters += values
        found = {}
        for number, row in self._union(parts, parameters):
            found.setdefault(asked[number], set()).add(row)
        return found

    def _where(self, conditions, language, fields, filters, scope):
        where, parameters = self.matches(conditions, language, fields)
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
            parts.append(f"EXISTS (SELECT 1 FROM {ROWS} r WHERE r.id = e.row_id AND {start})")  # noqa: S608 constant names; words are parameters
            parameters.append(scope.root_path)
        if scope.pages is not None:
            listed, values = self._is_row_of(scope.pages)
            parts.append(listed)
            parameters += values
        return " AND ".join(parts), parameters

    def _is_row_of(self, pages):
        """SQL for entries of a queryset of pages, each looked for by its key; parameters."""
        found = pages.order_by().filter(languages=RawSQL("e.row_id", [])).values("pk")
        try:
            listed, parameters = found.query.get_compiler(connection=self.connection).as_sql()
        except EmptyResultSet:
            return "1 = 0", []
        return f"EXISTS ({listed})", list(parameters)

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
    """An FTS5 table, whose rows are sorted by language.

    So the entries of other languages, of which nearly all may have a word that is rare in this
    one, are not even looked at.
    """

    key = f"{SQLITE_TABLE}.rowid"
    row = f"({key} & {(1 << SQLITE_ROW_BITS) - 1})"
    source = f"{SQLITE_TABLE} JOIN {ENTRIES} e ON e.row_id = {row}"
    # A cross join is read in this order; else SQLite might ask the index once for each entry.
    names_source = f"{SQLITE_NAMES} CROSS JOIN {ENTRIES} e ON e.row_id = {SQLITE_NAMES}.rowid"
    index_source = SQLITE_TABLE
    optimise_statement = f"INSERT INTO {SQLITE_TABLE} ({SQLITE_TABLE}) VALUES ('optimize')"  # noqa: S608 constant names; words are parameters

    def install_statements(self):
        table, names = SQLITE_TABLE, ", ".join(FIELDS)
        letters = "(unicode(language) << 8 | unicode(substr(language, 2)))"
        key = f"({letters} << {SQLITE_ROW_BITS} | row_id)"
        new, old = (
            f"{', '.join(f'{row}.{name}' for name in FIELDS)} FROM {ENTRIES}"
            f" WHERE row_id = {row}.entry_id;"
            for row in ("new", "old")
        )
        insert = f"INSERT INTO {table} (rowid, {names}) SELECT {key}, {new}"
        delete = f"INSERT INTO {table} ({table}, rowid, {names}) SELECT 'delete', {key}, {old}"
        yield from self.uninstall_statements()
        yield f"""CREATE VIRTUAL TABLE {table}
            USING fts5({names}, content='', tokenize='ascii', columnsize=0)"""
        for event, action in {
            "insert": insert,
            "delete": delete,
            "update": delete + insert,
        }.items():
            yield f"CREATE TRIGGER {table}_{event} AFTER {event} ON {TEXTS} BEGIN {action} END"
        # The language of a text must be known when it is removed from the index.
        yield f"""CREATE TRIGGER {table}_entry BEFORE DELETE ON {ENTRIES}
            BEGIN DELETE FROM {TEXTS} WHERE entry_id = old.row_id; END"""  # noqa: S608 constant names; words are parameters
        yield f"""INSERT INTO {table} (rowid, {names}) SELECT {key}, {names}
            FROM {ENTRIES} JOIN {TEXTS} ON entry_id = row_id ORDER BY 1"""  # noqa: S608 constant names; words are parameters

    def uninstall_statements(self):
        for event in ("insert", "delete", "update", "entry"):
            yield f"DROP TRIGGER IF EXISTS {SQLITE_TABLE}_{event}"
        yield f"DROP TABLE IF EXISTS {SQLITE_TABLE}"

    def install_names_statements(self):
        yield from self.uninstall_names_statements()
        yield f"CREATE VIRTUAL TABLE {SQLITE_NAMES} USING fts5(headline, tokenize='ascii')"
        delete = f"DELETE FROM {SQLITE_NAMES} WHERE rowid = old.entry_id;"  # noqa: S608 constant names; words are parameters
        insert = f"""INSERT INTO {SQLITE_NAMES} (rowid, headline) SELECT row_id, new.headline
            FROM {ENTRIES} WHERE row_id = new.entry_id AND kind <> '{SearchEntry.Kind.ARTICLE}';"""  # noqa: S608 constant names; words are parameters
        for event, action in {
            "insert": insert,
            "delete": delete,
            "update": delete + insert,
        }.items():
            yield f"""CREATE TRIGGER {SQLITE_NAMES}_{event} AFTER {event} ON {TEXTS}
                BEGIN {action} END"""
        yield f"""INSERT INTO {SQLITE_NAMES} (rowid, headline) SELECT e.row_id, t.headline
            FROM {ENTRIES} e JOIN {TEXTS} t ON t.entry_id = e.row_id
            WHERE e.kind <> '{SearchEntry.Kind.ARTICLE}'"""  # noqa: S608 constant names; words are parameters

    def uninstall_names_statements(self):
        for event in ("insert", "delete", "update"):
            yield f"DROP TRIGGER IF EXISTS {SQLITE_NAMES}_{event}"
        yield f"DROP TABLE IF EXISTS {SQLITE_NAMES}"

    def matches(self, conditions, language, fields=()):
        expression = self._expression(conditions)
        if fields:
            expression = f"{{{' '.join(fields)}}} : ({expression})"
        return self._matches(expression, language)

    def _matches(self, expression, language, first_row=0):
        first = (ord(language[0]) << 8 | ord(language[1])) << SQLITE_ROW_BITS
        last = first + (1 << SQLITE_ROW_BITS)
        where = f"{SQLITE_TABLE} MATCH %s AND {self.key} >= %s AND {self.key} < %s"
        return where, [expression, first + first_row, last]

    def matches_name(self, conditions):
        return f"{SQLITE_NAMES} MATCH %s", [self._expression(conditions)]

    def _expression(self, conditions):
        parts = [" OR ".join(map(self._phrase, alternatives)) for alternatives in conditions]
        return " AND ".join(f"({part})" for part in parts)

    def has_stem(self, field, stem, language, first_row):
        return self._matches(f"{field} : {self._phrase([stem])}", language, first_row)

    @staticmethod
    def _phrase(stems):
        return f'"{" ".join(stems)}"'


class PostgreSQLIndex(InvertedIndex):
    """Columns of ``tsvector`` in the table of entries, each with a GIN index.

    ``vector`` has the words of all fields but ``often``, with their positions; ``best`` those of
    the ``SHORT_FIELDS``; and each of the ``TOP_FIELDS`` has a column.
    """

    source = names_source = index_source = f"{ENTRIES} e"
    key = row = "e.row_id"
    optimise_statement = f"ANALYZE {ENTRIES}"
    columns = ("vector", SHORT, *TOP_FIELDS)
    query = "to_tsquery('simple', %s)"
    #: As it stands here it is the condition of an index.
    is_no_article = f"e.kind <> '{SearchEntry.Kind.ARTICLE}'"

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
        yield f"UPDATE {TEXTS} SET headline = headline"  # noqa: S608 constant names; words are parameters
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
            END $$ LANGUAGE plpgsql"""  # noqa: S608 constant names; words are parameters

    def uninstall_statements(self):
        yield f"DROP TRIGGER IF EXISTS diptych_search_vectors ON {TEXTS}"
        yield "DROP FUNCTION IF EXISTS diptych_search_vectors()"
        for name in self.columns:
            yield f"ALTER TABLE {ENTRIES} DROP COLUMN IF EXISTS {name}"

    def install_names_statements(self):
        yield f"""CREATE INDEX IF NOT EXISTS diptych_search_names ON {ENTRIES}
            USING gin (headline) WITH (fastupdate = off)
            WHERE {self.is_no_article.removeprefix("e.")}"""

    def uninstall_names_statements(self):
        yield "DROP INDEX IF EXISTS diptych_search_names"

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

    def matches_name(self, conditions):
        where, parameters = self._matches_in(HEADLINE, conditions)
        return f"{self.is_no_article} AND {where}", parameters

    def _matches_in(self, fields, conditions):
        anywhere = " OR ".join(f"e.{field} @@ {self.query}" for field in fields)
        where = " AND ".join(f"({anywhere})" for _condition in conditions)
        return where, [self._any_of(each) for each in conditions for _field in fields]

    def has_stem(self, field, stem, language, first_row):
        # As a sum it cannot be answered by the primary key. PostgreSQL underestimates the cost of
        # unpacking the vectors of thousands of rows, and would not use the index of the words.
        where = f"e.{field} @@ {self.query} AND e.row_id + 0 >= %s"
        return where, [self._phrase([stem]), first_row]

    def _all_of(self, conditions):
        return " & ".join(f"({self._any_of(alternatives)})" for alternatives in conditions)

    def _any_of(self, alternatives):
        return " | ".join(map(self._phrase, alternatives))

    @staticmethod
    def _phrase(stems):
        return " <-> ".join(f"'{stem}'" for stem in stems)


INDEXES = {"sqlite": SQLiteIndex, "postgresql": PostgreSQLIndex}
