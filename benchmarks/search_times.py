"""How long searches take, on the clock and in work of the processors."""

import statistics
import time
from collections import defaultdict
from pathlib import Path

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from benchmarks.search_queries import make_queries
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticlePage
from diptych.articles.search.indexing import update_page
from diptych.articles.search.results import ResultList
from diptych.articles.search.searching import Search

#: Queries in each language, how often each is asked, and how many articles are changed.
QUERIES, ROUNDS, CHANGES = 120, 3, 30
PER_PAGE = 12


class Clock:
    """Times what is done: seconds on the clock, and those worked here and in the database."""

    def __init__(self):
        self.database = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.database = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def time(self, act, *arguments):
        """What ``act`` returns, and the milliseconds it took and worked."""
        start, busy = time.perf_counter(), self._worked()
        result = act(*arguments)
        return result, 1000 * (time.perf_counter() - start), 1000 * (self._worked() - busy)

    def _worked(self):
        """Of this process, in which SQLite works too, and of the one that PostgreSQL has for it."""
        seconds = time.process_time()
        if self.database:
            seconds += int(self.database.read_text(encoding="ascii").split()[0]) / 1e9
        return seconds


def measure(known):
    """The times of the same queries, for the search alone and for the whole page.

    Each is asked a few times, and the quickest counts: what else runs is none of its business.
    """
    client, clock = Client(), Clock()
    asked = [
        (code, kind, parameters)
        for code in available_languages()
        for kind, parameters in make_queries(known[code], QUERIES)
    ]
    taken = {"search": defaultdict(list), "page": defaultdict(list)}
    numbers = {}
    for number, query in [*enumerate(asked)] * ROUNDS:
        numbers[number], *times = clock.time(_search, query[0], query[2])
        taken["search"][number].append(times)
        response, *times = clock.time(client.get, _address(query[0]), query[2])
        assert response.status_code == 200, query
        taken["page"][number].append(times)
    best = {
        name: [
            [min(values) for values in zip(*taken[name][number], strict=True)] for number in numbers
        ]
        for name in taken
    }
    return {
        "queries": len(asked),
        "found nothing": [*numbers.values()].count(0),
        "found most": max(numbers.values()),
        **{
            f"{name} {share}": value
            for name, times in best.items()
            for share, value in _shares(times).items()
        },
        "kinds": _by_kind(asked, best["search"], numbers),
        "slowest": _slowest(asked, best["search"], numbers),
    }


def measure_changes():
    """Milliseconds to index a text that was changed, as publishing does."""
    clock, times = Clock(), []
    pages = ArticlePage.objects.order_by("pk")[:CHANGES]
    for number, page in enumerate(pages):
        # Another headline with a new word, and the words of a whole text counted again.
        ArticlePage.objects.filter(pk=page.pk).update(headline_en=f"Changed again{number}")
        rows = {row.language: row for row in PageLanguage.objects.filter(page_id=page.pk)}
        times.append(clock.time(_index, page, rows)[1:])
    return {f"change {share}": value for share, value in _shares(times).items()}


def _index(page, rows):
    with transaction.atomic():
        update_page(page, rows, text_changed=True)


def _search(code, parameters):
    letters = {"topic": "t", "author": "a", "year": "y"}
    marks = [f"{letters[name]}{parameters[name]}" for name in letters if name in parameters]
    search = Search(code, marks)
    found = search.find(parameters["q"])
    if not found.is_truncated:
        others = [each for each in available_languages() if each != code]
        search.count_elsewhere(parameters["q"], others)
    first = PER_PAGE * (parameters.get("page", 1) - 1)
    ResultList(found)[first : first + PER_PAGE]
    return len(found.rows)


def _address(code):
    with override(code):
        return reverse("diptych_search")


def _shares(times):
    """The median, the 95th percentile and the longest, on the clock and of work."""
    shares = {}
    for name, values in zip(("ms", "cpu ms"), zip(*times, strict=True), strict=True):
        at = statistics.quantiles(values, n=100, method="inclusive")
        shares |= {f"p50 {name}": at[49], f"p95 {name}": at[94], f"max {name}": max(values)}
    return {name: round(value, 1) for name, value in shares.items()}


def _by_kind(asked, times, numbers):
    """For each kind of query the median, the longest and what was found at the median."""
    kinds = defaultdict(list)
    for number, (_code, kind, _parameters) in enumerate(asked):
        kinds[kind].append((times[number][0], numbers[number]))
    return {
        kind: {
            "times": len(values),
            "median ms": round(statistics.median(taken for taken, _found in values), 1),
            "max ms": round(max(values)[0], 1),
            "found": statistics.median_low([found for _taken, found in values]),
        }
        for kind, values in kinds.items()
    }


def _slowest(asked, times, numbers):
    order = sorted(numbers, key=lambda number: -times[number][0])[:8]
    return [
        {"ms": round(times[number][0]), "found": numbers[number], "query": asked[number]}
        for number in order
    ]
