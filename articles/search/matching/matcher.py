"""What is asked of a database, whichever it is."""

from dataclasses import dataclass

from articles.languages.models.page_language import PageLanguage
from articles.search.models import SearchEntry
from articles.search.schema import TOP_FIELDS
from articles.search.scope import EVERYTHING

#: The bits of a key below the day; the number of a row fits well within.
DAY_SHIFT = 40
ROW_MASK = (1 << DAY_SHIFT) - 1


@dataclass(frozen=True)
class Matches:
    """The entries of one kind that meet a query.

    ``keys`` has a number for each, with its day above its row, so that sorting them sorts by
    date. ``facets`` has the marks of all of them, each as often as there is an entry with it.
    """

    keys: list
    facets: list


NOTHING = Matches([], [])


def row_of(key):
    return key & ROW_MASK


def numbers(text):
    """The numbers of a list that the database has joined with commas."""
    return list(map(int, text.split(","))) if text else []


ENTRIES = SearchEntry._meta.db_table
ROWS = PageLanguage._meta.db_table
HEADLINE = TOP_FIELDS[:1]
#: So many entries are looked at for one search, those that were made last. Only words that are
#: next to nothing to search for are in more.
MOST = 5_000
#: So many entries are looked through for names.
MOST_NAMED = 50


class Matcher:
    """Finds the entries that meet conditions: alternatives, each some stems in a row.

    Subclasses say how their database writes conditions and joins numbers to one text. Stems are
    letters and digits only, and are passed as parameters all the same.
    """

    #: Where entries are found: the tables, and the names of a row in them.
    source = None
    row = None
    most = MOST
    #: The order in which entries come that were made last.
    newest_first = None
    #: Leaves out rows before one.
    from_row = None
    #: How the database joins values to a text, with ``{value}`` and ``{separator}``.
    joined = None

    def __init__(self, connection):
        self.connection = connection

    def meets(self, conditions, language, fields=()):
        """SQL for entries that meet all ``conditions``, and its parameters.

        Entries of another ``language`` may meet them too. With ``fields``, words count in one of
        these only.
        """
        raise NotImplementedError

    def stands_in(self, field, stem):
        """SQL for entries that have ``stem`` in one field, and its parameters."""
        raise NotImplementedError

    def find(self, conditions, language, only_top=False, marks=(), scope=EVERYTHING):
        """:class:`Matches` by kind, of entries within ``scope`` that have all ``marks``.

        With ``only_top``, words count where few stand: in headlines, leads and headings. Of more
        than ``most`` those that were made last.
        """
        where, parameters = self._where(conditions, language, only_top, marks, scope)
        key = f"(CAST(e.day AS bigint) << {DAY_SHIFT}) | e.row_id"
        newest = (
            f"SELECT e.kind AS kind, {key} AS number, e.facets AS facets FROM {self.source} "
            f"WHERE {where} ORDER BY {self.newest_first} LIMIT {self.most}"
        )
        statement = (
            f"SELECT kind, {self._join('number', ',')}, {self._join('facets', ' ')} "
            f"FROM ({newest}) AS newest GROUP BY kind"
        )
        return {
            kind: Matches(numbers(keys), (facets or "").split())
            for kind, keys, facets in self._rows(statement, parameters)
        }

    def count(self, queries, scope=EVERYTHING):
        """How many articles meet each of ``queries``: tuples of a name and :meth:`find`'s first.

        Nobody counts further than ``most``.
        """
        parts, parameters = [], []
        for name, *query in queries:
            where, values = self._where(*query, marks=(), scope=scope)
            found = f"SELECT 1 FROM {self.source} WHERE {where} AND e.kind = %s LIMIT {self.most}"
            parts.append(f"SELECT %s, COUNT(*) FROM ({found}) AS found")
            parameters += [name, *values, SearchEntry.Kind.ARTICLE]
        return dict(self._rows(" UNION ALL ".join(parts), parameters)) if parts else {}

    def which_find(self, queries, language, scope=EVERYTHING):
        """The numbers of those of ``queries``, which are conditions, that any entry meets."""
        parts, parameters = [], []
        for number, conditions in enumerate(queries):
            where, values = self._where(conditions, language, False, (), scope)
            found = f"EXISTS (SELECT 1 FROM {self.source} WHERE {where})"
            parts.append(f"SELECT {number} WHERE {found}")
            parameters += values
        rows = self._rows(" UNION ALL ".join(parts), parameters) if parts else []
        return {number for (number,) in rows}

    def named(self, conditions, language, kinds, scope=EVERYTHING):
        """The rows of some entries of ``kinds`` whose headline meets ``conditions``."""
        where, parameters = self.meets(conditions, language, HEADLINE)
        within, values = self._within(language, scope)
        listed = ", ".join(["%s"] * len(kinds))
        statement = (
            f"SELECT e.row_id FROM {self.source} WHERE {where} AND {within} "
            f"AND e.kind IN ({listed}) ORDER BY e.row_id LIMIT {MOST_NAMED}"
        )
        return [row for (row,) in self._rows(statement, [*parameters, *values, *kinds])]

    def places(self, stems, fields, first):
        """The rows of the entries that have each of ``stems`` in each of ``fields``, as sets.

        Rows before the ``first`` are of no interest.
        """
        parts, parameters, asked = [], [], []
        for stem in stems:
            for field in fields:
                where, values = self.stands_in(field, stem)
                rows = self._join(self.row, ",")
                parts.append(
                    f"SELECT {len(asked)}, {rows} FROM {self.places_source} "
                    f"WHERE {where} AND {self.from_row}"
                )
                parameters += [*values, first]
                asked.append((stem, field))
        found = self._rows(" UNION ALL ".join(parts), parameters) if parts else []
        return {asked[number]: set(numbers(rows)) for number, rows in found}

    def _where(self, conditions, language, only_top, marks, scope):
        fields = TOP_FIELDS[:-1] if only_top else ()
        where, parameters = self.meets(conditions, language, fields)
        within, values = self._within(language, scope)
        parts, parameters = [where, within], [*parameters, *values]
        for mark in marks:
            parts.append("e.facets LIKE %s")
            parameters.append(f"% {mark} %")
        return " AND ".join(parts), parameters

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

    def _join(self, value, separator):
        return self.joined.format(value=value, separator=separator)

    def _rows(self, statement, parameters):
        with self.connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall()
