"""More articles for the benchmark of search: copies of those there are, made by the database.

A journal of a million articles cannot be written in an acceptable time, but copied. Every word is
then in so many times as many articles, and the index has as many entries, as in a journal of that
size; only the number of different words stays the same.
"""

from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import F
from wagtail.models import Page

from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage
from diptych.articles.search.inverted_index import ENTRIES, ROWS, TEXTS, inverted_index
from diptych.articles.search.models import SearchWord

PAGES, ARTICLES = Page._meta.db_table, ArticlePage._meta.db_table
#: Added to a key for each copy; more pages and rows than the journal has before it is copied.
SHIFT = 10_000_000
EMPTY_BODY = "'[]'"
NEW_KEY = {
    "sqlite": "lower(hex(randomblob(16)))",
    "postgresql": "gen_random_uuid()",
}
#: The last step of the path of a copy, which stands below its article in the tree.
PATH_STEP = {"sqlite": "printf('%04d', {})", "postgresql": "lpad('{}', 4, '0')"}


def copy_articles(copies):
    """Give the journal ``copies`` more of each article, visible and indexed."""
    articles = ArticlePage.objects.values_list("pk", flat=True)
    last = max(articles.order_by("-pk").first(), PageLanguage.objects.order_by("-pk")[0].pk)
    if last >= SHIFT:
        raise SystemExit(f"Key {last} is beyond {SHIFT}: the journal is too large to be copied.")
    with _index_written_at_the_end():
        for number in range(1, copies + 1):
            with transaction.atomic():
                for table in (PAGES, ARTICLES, ROWS, ENTRIES, TEXTS):
                    _copy(table, number)
        SearchWord.objects.update(documents=F("documents") * (copies + 1))


def _copy(table, number):
    """Insert the rows of ``table`` that belong to articles once more, as copy ``number``."""
    key, of_articles = {
        PAGES: ("id", f"id IN (SELECT page_ptr_id FROM {ARTICLES})"),
        ARTICLES: ("page_ptr_id", "TRUE"),
        ROWS: ("id", f"page_id IN (SELECT page_ptr_id FROM {ARTICLES})"),
        ENTRIES: ("row_id", "kind = 'article'"),
        TEXTS: ("entry_id", f"entry_id IN (SELECT row_id FROM {ENTRIES} WHERE kind = 'article')"),
    }[table]
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
        names = [each.name for each in described]
        listed = ", ".join(map(connection.ops.quote_name, names))
        selected = ", ".join(_new_values(table, key, number).get(name, name) for name in names)
        cursor.execute(
            f"INSERT INTO {table} ({listed}) SELECT {selected} FROM {table} "
            f"WHERE {key} < {SHIFT} AND {of_articles}"
        )


def _new_values(table, key, number):
    """What stands in the columns of a copy that are not copied, as SQL."""
    shifted = f"{number * SHIFT}"
    values = {key: f"{key} + {shifted}"}
    if table == PAGES:
        step = PATH_STEP[connection.vendor].format(number)
        values |= {"path": f"path || {step}", "depth": "depth + 1"}
        values |= {"translation_key": NEW_KEY[connection.vendor], "numchild": "0"}
    if table in (PAGES, ROWS):
        values |= {"slug": f"slug || '-{number}'"}
        values |= {"url_path": f"substr(url_path, 1, length(url_path) - 1) || '-{number}/'"}
    if table == ROWS:
        values |= {"page_id": f"page_id + {shifted}"}
    if table == ARTICLES:
        values |= dict.fromkeys(("body", "body_fr", "body_en"), EMPTY_BODY)
    return values


@contextmanager
def _index_written_at_the_end():
    """Leave the index as it is for each text, and make it anew for all of them."""
    index = inverted_index(connection)
    if connection.vendor == "sqlite":
        index.uninstall()
        yield
        index.install()
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename = '{ENTRIES}'")
        made_again = [row for row in cursor.fetchall() if "USING gin" in row[1]]
        for name, _statement in made_again:
            cursor.execute(f"DROP INDEX {name}")
        # The vectors are copied, so the triggers that make them have nothing to do.
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")
        for _name, statement in made_again:
            cursor.execute(statement)
