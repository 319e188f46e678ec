"""The worklist makes few queries, however many articles there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diptych.articles.languages.models import TranslationAssignment
from tests.articles.admin.html import table
from tests.articles.worklist.people import WORKLIST, browser_of, fill, make_translator, missing
from tests.kept import statements_of, warm_up

#: Three of them are for the sidebar: the site, its appearance and the unread notifications.
BUDGET = 18


def queries(client, **parameters):
    def ask():
        assert len(table(client.get(WORKLIST, parameters))) == 50

    warm_up(ask)
    return statements_of(ask)


VIEWS = [
    {},
    {"ordering": "title"},
    {"ordering": "-words", "language": "en"},
    {"claimed": "me", "ordering": "due"},
    {"tab": "mine"},
]


@pytest.mark.scale
def test_as_few_queries_for_fifty_rows_of_many(journal):
    translator = make_translator(journal, "tom", "en", "fr", actions=("edit", "publish"))
    fill(journal, 120, translator)
    client = browser_of(translator)
    few = [queries(client, **parameters) for parameters in VIEWS]
    assert max(map(len, few)) <= BUDGET, few
    fill(journal, 4880, translator, start=120)
    many = [queries(client, **parameters) for parameters in VIEWS]
    assert [*map(len, many)] == [*map(len, few)], many


@pytest.mark.scale
def test_an_administrator_asks_no_more(journal, as_chief, ana):
    fill(journal, 60, ana)
    assert len(queries(as_chief)) <= BUDGET


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan of SQLite")
@pytest.mark.parametrize("ordering", ["title", "-title"])
def test_titles_are_read_in_the_order_of_an_index(journal, as_chief, ana, ordering):
    fill(journal, 60, ana)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    sorted_rows = [sql for sql in queries(as_chief, ordering=ordering) if "sorted_headline" in sql]
    (asked,) = (sql for sql in sorted_rows if "LIMIT 50" in sql)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked.replace('%', '%%')}")
        plan = [row[-1] for row in cursor.fetchall()]
    assert any("USING INDEX diptych_headline" in step for step in plan), plan


def test_the_panel_asks_no_more_for_many(journal, as_ana, ana):
    """It stands on the first screen, which everybody opens."""

    def asked():
        as_ana.get("/admin/")
        with CaptureQueriesContext(connection) as captured:
            assert b"diptych-waiting" in as_ana.get("/admin/").content
        return len(captured)

    missing_page = missing(journal)
    TranslationAssignment.objects.create(page=missing_page, language="en", translator=ana)
    few = asked()
    fill(journal, 60, ana)
    assert asked() <= few
