from articles.search.matching.matcher import ENTRIES, Matcher
from articles.search.schema import FTS, TOP_FIELDS


class SQLiteMatcher(Matcher):
    """Asks SQLite's FTS5."""

    source = f"{FTS} JOIN {ENTRIES} e ON e.row_id = {FTS}.rowid"
    places_source = FTS
    row = "rowid"
    joined = "group_concat({value}, '{separator}')"

    def meets(self, conditions, only_top=False):
        parts = [" OR ".join(map(_phrase, alternatives)) for alternatives in conditions]
        expression = " AND ".join(f"({part})" for part in parts)
        if only_top:
            expression = f"{{{' '.join(TOP_FIELDS[:-1])}}} : ({expression})"
        return f"{FTS} MATCH %s", [expression]

    def stands_in(self, field, stem):
        return f"{FTS} MATCH %s", [f"{field} : {_phrase([stem])}"]


def _phrase(stems):
    return f'"{" ".join(stems)}"'
