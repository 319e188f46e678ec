"""Fill a database step by step, and time searches at each step; results go out as lines of JSON."""

import argparse
import json
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from wagtail.models import Site  # noqa: E402

from benchmarks.bulk_pages import add_pages  # noqa: E402
from benchmarks.content import add_people_and_topics, add_rows  # noqa: E402
from benchmarks.search_copies import copy_articles  # noqa: E402
from benchmarks.search_texts import languages, make_articles, make_author  # noqa: E402
from benchmarks.search_times import measure, measure_changes  # noqa: E402
from diptych.articles.search.indexing import rebuild  # noqa: E402
from diptych.articles.search.inverted_index import inverted_index  # noqa: E402
from tests import factories  # noqa: E402

TOPICS, AUTHORS = 20, 300
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
    return round(time.perf_counter() - start)


def settle():
    """Let the database have its statistics and put its index in order."""
    inverted_index(connection).optimise()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def results(known, articles, indexing):
    """The numbers of a journal of so many articles."""
    settle()
    found = {"database": connection.vendor, "articles": articles, "indexing s": indexing}
    return found | measure(known) | measure_changes()


def sizes_of(arguments, known):
    """Fill the journal step by step; the number of articles and the seconds of indexing of each."""
    journal, before = prepare(), 0
    for size in arguments.sizes:
        yield size, grow(journal, known, before, size)
        before = size
    if arguments.copies:
        copy_articles(arguments.copies)
        yield before * (arguments.copies + 1), 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--answer", required=True)
    parser.add_argument("--copies", type=int, default=0)
    arguments = parser.parse_args()
    known = languages()
    with open(arguments.answer, "a", encoding="utf-8") as answer:
        for size, indexing in sizes_of(arguments, known):
            result = results(known, size, indexing)
            print(json.dumps(result, ensure_ascii=False), file=answer, flush=True)
            print(f"{connection.vendor}: {size} articles done", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
