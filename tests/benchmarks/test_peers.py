"""The arithmetic of the comparison with other sites."""

import os
import subprocess
import sys
import time

import pytest

from benchmarks.peers import work
from benchmarks.peers.asking import Cost
from benchmarks.peers.profiling import costliest_functions, shares_of_areas
from benchmarks.peers.tables import (
    goals_beside,
    goals_of_growth,
    print_comparison,
    print_states,
    ratio,
)
from benchmarks.server import Server


def costs(**least):
    return {kind: {"least": value} for kind, value in least.items()}


def test_a_cost_is_the_least_and_the_median_of_all_requests():
    cost = Cost()
    for milliseconds, size in ((4, 10), (2, 30), (9, 20)):
        cost.add(200, size, milliseconds)
    assert cost.as_dict() == {"status": 200, "least": 2, "median": 4, "bytes": 20, "times": 3}


def test_a_ratio_needs_both():
    assert ratio(10, 40) == 0.25
    assert ratio(10, None) is None
    assert ratio(None, 40) is None


def test_goals_are_ratios_of_the_blog_and_limits():
    ours = costs(article=15, list=20, feed=41, suggestions=5)
    ours |= {kind: {"least": 8} for kind in ("404", "search, common", "search, rare")}
    goals = goals_beside(
        {"journal": ours, "blog": costs(article=20, list=50)}, {"gunicorn": {"least": 0.6}}
    )
    met = {goal.name: goal.is_met for goal in goals}
    assert met == {
        "article ÷ blog's article": False,
        "list ÷ blog's list": True,
        "feed": False,
        "404": True,
        "search, common": True,
        "search, rare": True,
        "suggestions": True,
        "hit, gunicorn": False,
    }


def test_calls_are_multiples_of_those_of_the_same_page_or_the_front_page():
    ours = {"home": {"cold": {"calls": 30}, "hit": {"calls": 1}}, "list": {"warm": {"calls": 8}}}
    start = {"home": {"cold": {"calls": 10}, "warm": {"calls": 4}}}
    assert work.multiples(ours, start) == {"home, cold": 3, "home, hit": 0.25, "list, warm": 2}


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ({"home, warm": 2.2, "404, warm": 0.5}, 0),
        ({"home, warm": 2.21, "404, warm": 1.0}, 1),
        ({"home, warm": 2.0}, 1),
        ({"home, warm": 2.0, "404, warm": 1.0, "list, warm": 1.0}, 1),
    ],
    ids=["a tenth more", "over a tenth more", "not measured", "not kept"],
)
def test_a_page_that_does_over_a_tenth_more_work_fails_the_check(found, status):
    assert work.print_comparison(found, {"home, warm": 2.0, "404, warm": 1.0}) == status


def test_growth_is_from_the_smallest_to_the_largest():
    sizes = {10: costs(home=12, feed=10), 1: costs(home=10, feed=10), 5: costs(home=99, feed=10)}
    sizes[10]["feed"]["least"] = 14
    found = {goal.name: (goal.found, goal.is_met) for goal in goals_of_growth(sizes)}
    assert found == {"growth, home": (1.2, True), "growth, feed": (1.4, False)}


def test_the_table_has_a_dash_for_what_a_site_has_not(capsys):
    cell = {"least": 5.0, "median": 6.0, "queries": 7, "bytes": 8}
    print_comparison(
        {"journal": {"article": cell, "news sitemap": cell}, "blog": {"article": cell}}
    )
    _heading, article, news = capsys.readouterr().out.splitlines()
    assert " ".join(article.split()) == "article 5.0 6.0 7 8 5.0 6.0 7 8 1.0 1.0 –"
    assert " ".join(news.split()) == "news sitemap 5.0 6.0 7 8 – – – – – 1.0 –"


def test_the_work_of_a_server_is_that_of_its_children():
    """A grandchild works for a while; its parents only wait."""
    work = "sum(range(10_000_000)); print(flush=True); __import__('time').sleep(60)"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"
    with subprocess.Popen(
        [sys.executable, "-c", start], stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        process.stdout.readline()
        before = time.process_time()
        worked = Server("127.0.0.1", 0, process.pid).seconds_worked()
        assert 0.05 < worked < 60
        assert time.process_time() - before < 1
        os.killpg(process.pid, 9)


def test_a_profile_is_shared_among_areas_and_the_projects_functions():
    stats = {
        ("/lib/django/db/models/sql/compiler.py", 1, "as_sql"): (1, 1, 3.0, 4.0, {}),
        ("/lib/django/template/base.py", 1, "render"): (1, 1, 4.0, 10.0, {}),
        ("~", 0, "<method 'execute' of 'sqlite3.Cursor' objects>"): (1, 1, 1.0, 1.0, {}),
        ("/here/articles/models/article.py", 2, "get_context"): (1, 1, 2.0, 9.0, {}),
        ("/here/themes/menu.py", 3, "menu"): (1, 1, 0.0, 5.0, {}),
    }
    assert shares_of_areas(stats) == {
        "templates": 0.4,
        "SQL from querysets": 0.3,
        "articles": 0.2,
        "SQLite": 0.1,
        "themes": 0,
    }
    assert costliest_functions(stats) == {
        "articles/models/article.py get_context": 0.9,
        "themes/menu.py menu": 0.5,
    }


def test_states_are_compared_with_the_same_page_or_with_the_front_page(capsys):
    cost = {"least": 6.0, "queries": 3}
    peer = {"cold": {"least": 12.0, "queries": 1}, "warm": {"least": 4.0, "queries": 1}}
    print_states(
        {"article": {"cold": cost, "hit": cost}, "404": {"warm": cost}},
        {"home": peer, "404": {"cold": cost, "warm": {"least": 2.0, "queries": 1}}},
    )
    lines = [line.split()[-1] for line in capsys.readouterr().out.splitlines()]
    assert lines == ["0.5", "1.5", "3.0"]
