from articles.search.matching.matcher import ENTRIES, Matcher
from articles.search.schema import FTS


class SQLiteMatcher(Matcher):
    """Asks SQLite's FTS5."""

    source = f"{FTS} JOIN {ENTRIES} e ON e.row_id = {FTS}.rowid"
    places_source = FTS
    row = "rowid"
    from_row = "rowid >= %s"
    newest_first = f"{FTS}.rowid DESC"
    joined = "group_concat({value}, '{separator}')"

    def meets(self, conditions, language, fields=()):
        parts = [" OR ".join(map(_phrase, alternatives)) for alternatives in conditions]
        expression = " AND ".join(f"({part})" for part in parts)
        if fields:
            expression = f"{{{' '.join(fields)}}} : ({expression})"
        return f"{FTS} MATCH %s", [expression]

    def stands_in(self, field, stem):
        return f"{FTS} MATCH %s", [f"{field} : {_phrase([stem])}"]


def _phrase(stems):
    return f'"{" ".join(stems)}"'
