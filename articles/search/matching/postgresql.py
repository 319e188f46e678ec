from articles.analysis.tokenizer import JOINT
from articles.search.matching.matcher import ENTRIES, Matcher
from articles.search.schema import BEST, LANGUAGE_MARK, TOP_FIELDS

#: The field that has the pairs.
PAIRS = TOP_FIELDS[-1]
QUERY = "to_tsquery('simple', %s)"


class PostgreSQLMatcher(Matcher):
    """Asks PostgreSQL's vectors."""

    source = places_source = f"{ENTRIES} e"
    row = "e.row_id"
    # A sum, so that what has the word is looked up first: PostgreSQL thinks it cheaper to unpack
    # the vectors of thousands of rows than to read one list of its index.
    from_row = "e.row_id + 0 >= %s"
    newest_first = "e.row_id DESC"
    joined = "string_agg(({value})::text, '{separator}')"

    def meets(self, conditions, language, fields=()):
        in_language = [(LANGUAGE_MARK + language.replace("-", "").lower(),)]
        if fields == TOP_FIELDS[:-1]:
            return f"e.{BEST} @@ {QUERY}", [_all_of([in_language, *conditions])]
        if fields:
            return self._meets_in(fields, conditions)
        # Pairs stand among the best fields only, so that they are kept once.
        pairs = [each for each in conditions if JOINT in each[0][0]]
        words = [each for each in conditions if JOINT not in each[0][0]]
        asked = {"vector": words and [in_language, *words], PAIRS: pairs}
        queries = {column: _all_of(each) for column, each in asked.items() if each}
        return " AND ".join(f"e.{column} @@ {QUERY}" for column in queries), [*queries.values()]

    def _meets_in(self, fields, conditions):
        anywhere = " OR ".join(f"e.{field} @@ {QUERY}" for field in fields)
        where = " AND ".join(f"({anywhere})" for _condition in conditions)
        return where, [_any_of(each) for each in conditions for _field in fields]

    def stands_in(self, field, stem):
        return f"e.{field} @@ {QUERY}", [_phrase([stem])]


def _all_of(conditions):
    return " & ".join(f"({_any_of(alternatives)})" for alternatives in conditions)


def _any_of(alternatives):
    return " | ".join(map(_phrase, alternatives))


def _phrase(stems):
    return " <-> ".join(f"'{stem}'" for stem in stems)
