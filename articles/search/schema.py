"""The index that each database has over the texts, made by plain SQL.

SQLite has a table of FTS5 without a copy of the texts, PostgreSQL columns of vectors beside the
entries. Triggers on the table of texts keep both up to date, so whatever writes or deletes a
text, bulk statements and cascades too, writes the index. ``install`` can be repeated; it must be
after a migration that lets Django make one of these tables anew.
"""

from articles.search.models import SearchEntry, SearchText

ENTRIES, TEXTS = SearchEntry._meta.db_table, SearchText._meta.db_table
#: The columns of a text that are searched, the best first.
FIELDS = ("headline", "lead", "headings", "body", "often")
#: The best ones, where few words stand: by them many results are sorted.
TOP_FIELDS = ("headline", "lead", "headings", "often")
#: On PostgreSQL, one column for the words of those but the last.
BEST = "best"
FTS = "diptych_search_fts"
#: What stands before the code of a language where it is indexed like a word; no word begins so.
LANGUAGE_MARK = "0language0"


def install(connection):
    """Make the index of the database in use, and fill it from the texts there are."""
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}.get(connection.vendor, list)
    with connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)


def uninstall(connection):
    statements = {"sqlite": _without_sqlite, "postgresql": _without_postgresql}
    with connection.cursor() as cursor:
        for statement in statements.get(connection.vendor, list)():
            cursor.execute(statement)


def optimise(connection):
    """Put the index into the form that is read fastest, after much has been written."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"INSERT INTO {FTS} ({FTS}) VALUES ('optimize')")
        elif connection.vendor == "postgresql":
            cursor.execute(f"ANALYZE {ENTRIES}")


def _sqlite():
    names = ", ".join(FIELDS)
    new = ", ".join(f"new.{name}" for name in FIELDS)
    old = ", ".join(f"old.{name}" for name in FIELDS)
    insert = f"INSERT INTO {FTS} (rowid, {names}) VALUES (new.entry_id, {new});"
    delete = f"INSERT INTO {FTS} ({FTS}, rowid, {names}) VALUES ('delete', old.entry_id, {old});"
    yield from _without_sqlite()
    yield f"""CREATE VIRTUAL TABLE {FTS} USING fts5({names}, content='{TEXTS}',
        content_rowid='entry_id', tokenize='ascii', columnsize=0)"""
    for event, action in {"INSERT": insert, "DELETE": delete, "UPDATE": delete + insert}.items():
        name = f"{FTS}_{event.lower()}"
        yield f"CREATE TRIGGER {name} AFTER {event} ON {TEXTS} BEGIN {action} END"
    yield f"INSERT INTO {FTS} ({FTS}) VALUES ('rebuild')"


def _without_sqlite():
    for event in ("insert", "delete", "update"):
        yield f"DROP TRIGGER IF EXISTS {FTS}_{event}"
    yield f"DROP TABLE IF EXISTS {FTS}"


def _postgresql():
    # What a transaction leaves to its end stands in the way of changing a table.
    yield "SET CONSTRAINTS ALL IMMEDIATE"
    names = ("vector", BEST, *TOP_FIELDS)
    best = " || ' ' || ".join(f"new.{name}" for name in TOP_FIELDS[:-1])
    # A lexeme for the language lets the index leave out the entries of all others.
    code = "lower(replace(language, '-', ''))"
    language = f"('''{LANGUAGE_MARK}' || {code} || ''':1')::tsvector"
    # One that is no word either keeps a phrase from beginning in one field and ending in the next.
    fence = "'|:1'::tsvector"
    weighted = [
        f"setweight(to_tsvector('simple', new.{name}), '{weight}')"
        for name, weight in zip(FIELDS, "ABCD", strict=False)
    ]
    top = ", ".join(f"{name} = strip(to_tsvector('simple', new.{name}))" for name in TOP_FIELDS)
    for name in names:
        yield f"ALTER TABLE {ENTRIES} ADD COLUMN IF NOT EXISTS {name} tsvector"
    # Vectors stand apart from the entries, and nothing else does, so that reading many of these
    # stays quick.
    yield f"ALTER TABLE {ENTRIES} SET (toast_tuple_target = 128)"
    yield f"ALTER TABLE {ENTRIES} ALTER COLUMN facets SET STORAGE MAIN"
    yield f"""CREATE OR REPLACE FUNCTION diptych_search_vectors() RETURNS trigger AS $$
        BEGIN
            UPDATE {ENTRIES} SET vector = {f" || {fence} || ".join([language, *weighted])},
                {BEST} = strip({language} || to_tsvector('simple', {best})), {top}
            WHERE row_id = new.entry_id;
            RETURN NULL;
        END $$ LANGUAGE plpgsql"""
    yield f"DROP TRIGGER IF EXISTS diptych_search_vectors ON {TEXTS}"
    yield f"""CREATE TRIGGER diptych_search_vectors AFTER INSERT OR UPDATE ON {TEXTS}
        FOR EACH ROW EXECUTE FUNCTION diptych_search_vectors()"""
    # An index of many texts is made faster at once than text by text.
    indexes = {"vector": ["vector"], "top": [BEST, *TOP_FIELDS]}
    for name in indexes:
        yield f"DROP INDEX IF EXISTS diptych_search_{name}"
    yield f"UPDATE {TEXTS} SET headline = headline"
    for name, columns in indexes.items():
        yield f"""CREATE INDEX diptych_search_{name} ON {ENTRIES} USING gin ({", ".join(columns)})
            WITH (fastupdate = off)"""


def _without_postgresql():
    yield f"DROP TRIGGER IF EXISTS diptych_search_vectors ON {TEXTS}"
    yield "DROP FUNCTION IF EXISTS diptych_search_vectors()"
    for name in ("vector", BEST, *TOP_FIELDS):
        yield f"ALTER TABLE {ENTRIES} DROP COLUMN IF EXISTS {name}"
