"""Fill a database step by step, and time searches at each step; results go out as lines of JSON."""

import argparse
import json
import os
import statistics
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.translation import override  # noqa: E402
from wagtail.models import Site  # noqa: E402

from articles.languages.available import available_languages  # noqa: E402
from articles.search import schema  # noqa: E402
from articles.search.finding import Search  # noqa: E402
from articles.search.indexing import rebuild  # noqa: E402
from articles.search.results import FoundArticles  # noqa: E402
from benchmarks.content import add_pages, add_people_and_topics, add_rows  # noqa: E402
from benchmarks.search_queries import make_queries  # noqa: E402
from benchmarks.search_texts import languages, make_articles, make_author  # noqa: E402
from tests import factories  # noqa: E402

TOPICS, AUTHORS = 20, 300
QUERIES, ROUNDS = 120, 3
PART = 1000


def prepare():
    call_command("migrate", verbosity=0)
    Site.objects.all().delete()
    journal = factories.make_journal()
    for number in range(TOPICS):
        factories.make_topic(journal, f"Thème {number}", f"Topic {number}")
    authors = [make_author(number) for number in range(AUTHORS)]
    add_pages(journal.authors, authors)
    add_rows(journal.authors, authors)
    return journal


def grow(journal, known, before, size):
    """Add articles until there are ``size``, and index all; returns the seconds that took."""
    for first in range(before, size, PART):
        with transaction.atomic():
            articles = list(make_articles(known, first, min(PART, size - first)))
            add_pages(journal.articles, articles)
            add_people_and_topics(articles)
            add_rows(journal.articles, articles)
    start = time.perf_counter()
    for done in rebuild():
        if done % 10_000 == 0:
            print(f"{connection.vendor}: {done} pages indexed", file=sys.stderr, flush=True)
    schema.optimise(connection)
    seconds = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return seconds


def measure(known, size):
    """The times of the same queries, for the search alone and for the whole page.

    Each is asked a few times, and the quickest counts: what else runs is none of its business.
    """
    client = Client()
    asked = [
        (code, kind, parameters)
        for code in available_languages()
        for kind, parameters in make_queries(known[code], code, QUERIES)
    ]
    times = {"search": {}, "page": {}}
    counts = []
    for round_number, (code, kind, parameters) in enumerate(asked * ROUNDS):
        number = round_number % len(asked)
        counts.append(_timed(times["search"], number, _search, code, parameters))
        with override(code):
            address = reverse("diptych_search")
        response = _timed(times["page"], number, client.get, address, parameters)
        assert response.status_code == 200, (kind, parameters)
    slowest = sorted((min(taken), asked[number]) for number, taken in times["search"].items())[-3:]
    return {
        "database": connection.vendor,
        "articles": size,
        "queries": len(asked),
        "empty": counts[: len(asked)].count(0),
        "most": max(counts),
        "slowest": [(round(1000 * taken), *query) for taken, query in slowest],
        **{f"{name} {key}": value for name in times for key, value in _shares(times[name]).items()},
    }


def _search(code, parameters):
    marks = [f"t{parameters['topic']}"] if "topic" in parameters else []
    marks += [f"y{parameters['year']}"] if "year" in parameters else []
    search = Search(code, marks)
    found = search.find(parameters["q"])
    search.count_elsewhere(
        parameters["q"], [each for each in available_languages() if each != code]
    )
    FoundArticles(found)[:12]
    return len(found.rows)


def _timed(times, number, act, *arguments):
    start = time.perf_counter()
    result = act(*arguments)
    times.setdefault(number, []).append(time.perf_counter() - start)
    return result


def _shares(times):
    best = sorted(1000 * min(taken) for taken in times.values())
    at = statistics.quantiles(best, n=100)
    return {"p50": round(at[49], 1), "p95": round(at[94], 1), "max": round(best[-1], 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--answer", required=True)
    arguments = parser.parse_args()
    journal, known, before = prepare(), languages(), 0
    with open(arguments.answer, "a", encoding="utf-8") as answer:
        for size in arguments.sizes:
            indexing = grow(journal, known, before, size)
            result = {**measure(known, size), "indexing": round(indexing)}
            print(json.dumps(result, ensure_ascii=False), file=answer, flush=True)
            print(f"{connection.vendor}: {size} articles done", file=sys.stderr, flush=True)
            before = size
    os.sync()


if __name__ == "__main__":
    main()
