from articles.search.matching.matcher import ENTRIES, Matcher

QUERY = "to_tsquery('simple', %s)"


class PostgreSQLMatcher(Matcher):
    """Asks PostgreSQL's vectors."""

    source = places_source = f"{ENTRIES} e"
    row = "e.row_id"
    joined = "string_agg(({value})::text, '{separator}')"

    def meets(self, conditions, fields=()):
        parts = [" | ".join(map(_phrase, alternatives)) for alternatives in conditions]
        if not fields:
            return f"e.vector @@ {QUERY}", [" & ".join(f"({part})" for part in parts)]
        anywhere = " OR ".join(f"e.{field} @@ {QUERY}" for field in fields)
        where = " AND ".join(f"({anywhere})" for _part in parts)
        return where, [part for part in parts for _field in fields]

    def stands_in(self, field, stem):
        return f"e.{field} @@ {QUERY}", [_phrase([stem])]


def _phrase(stems):
    return " <-> ".join(f"'{stem}'" for stem in stems)
