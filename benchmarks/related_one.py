"""Measure the related articles of one journal, in this process."""

import resource
import statistics
import sys
import time
from random import Random

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import F, Window  # noqa: E402
from django.db.models.functions import RowNumber  # noqa: E402
from wagtail.models import Site  # noqa: E402

from benchmarks.made_up import fill  # noqa: E402
from benchmarks.one_by_one import publish_late, same_places  # noqa: E402
from diptych.articles.languages.config.language_config import available_languages  # noqa: E402
from diptych.articles.models import ArticlePage  # noqa: E402
from diptych.articles.related.models import Neighbour  # noqa: E402
from diptych.articles.related.rebuilding import rebuild  # noqa: E402
from diptych.articles.related.suggestions import related_below  # noqa: E402
from diptych.articles.related.updating import update  # noqa: E402

#: So many articles are read, and so many published once more.
READ, PUBLISHED = 400, 40
#: Each query is asked so often and its best time counts, as others use the machine as well.
TRIES = 3
NAMES = ("termvector", "candidateterm", "neighbour", "termstatistics", "pendingupdate")
TABLES = [f"diptych_related_{name}" for name in NAMES]


def measure(articles, compare):
    call_command("migrate", verbosity=0)
    start = time.process_time()
    fill(articles)
    say(f"filled in {(time.process_time() - start):.0f} s of processor")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, busy = time.perf_counter(), time.process_time()
    rebuild()
    minutes, cpu = (time.perf_counter() - start) / 60, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    say(f"written in {minutes:.1f} minutes")
    ids = list(ArticlePage.objects.values_list("pk", flat=True))
    chosen = Random(0).sample(ids, min(READ, len(ids)))
    result = {
        "rebuild minutes": minutes,
        "rebuild cpu minutes": cpu / 60,
        "rebuild ms per article": cpu * 1000 / articles,
        "rebuild GiB": peak / 1024**2,
        "GiB before": before / 1024**2,
        "tables MB": size_of_tables() / 1e6,
        **reading(chosen),
        "update cpu ms": updating(chosen[:PUBLISHED]),
    }
    if compare:
        result["same places %"] = compare_with_rebuild(ids)
    return result


def say(message):
    print(message, file=sys.stderr, flush=True)


def reading(ids):
    """Milliseconds of the queries alone, and of all that is done for the list of an article."""
    # A page that is shown has asked Wagtail for its sites by then.
    Site.get_site_root_paths()
    alone, whole = [], []
    for pk in ids:
        article = ArticlePage.objects.get(pk=pk)
        for language in available_languages():
            statements = []
            with connection.execute_wrapper(_keep(statements)):
                start = time.perf_counter()
                related_below(article, language)
                whole.append((time.perf_counter() - start) * 1000)
            alone.append(sum(_least(*each) for each in statements))
    return {"read p95 ms": _p95(alone), "read ms": statistics.median(alone), "list ms": _p95(whole)}


def _least(sql, params):
    return min(_milliseconds(sql, params) for _time in range(TRIES))


def _milliseconds(sql, params):
    with connection.cursor() as cursor:
        start = time.perf_counter()
        cursor.execute(sql, params)
        cursor.fetchall()
        return (time.perf_counter() - start) * 1000


def _keep(statements):
    def wrapper(execute, sql, params, many, context):
        statements.append((sql, params))
        return execute(sql, params, many, context)

    return wrapper


def _p95(values):
    return statistics.quantiles(values, n=20)[-1]


def updating(ids):
    """Milliseconds of processor for one article that is published once more, the median."""
    update(ids[0])
    taken = []
    for pk in ids[1:]:
        start = time.process_time()
        update(pk)
        taken.append((time.process_time() - start) * 1000)
    return statistics.median(taken)


def compare_with_rebuild(ids):
    """How many of the first three places are the same if the last articles come one by one."""
    anew = first_three()
    publish_late(ids)
    same, _among = same_places(first_three(), anew)
    return 100 * same


def first_three():
    """The first targets of each list, by language and source."""
    order = Window(
        RowNumber(), partition_by="source_id", order_by=[F("score").desc(), F("target_id").desc()]
    )
    rows = Neighbour.objects.annotate(place=order).filter(place__lte=3).order_by("place")
    found = {}
    for language, source, target in rows.values_list("source__language", "source_id", "target_id"):
        found.setdefault(language, {}).setdefault(source, []).append(target)
    return found


def size_of_tables():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT SUM(pg_total_relation_size(oid)) FROM pg_class WHERE relname = ANY(%s)",
                [TABLES],
            )
        else:
            names = ", ".join(f"'{name}'" for name in TABLES)
            cursor.execute(
                "SELECT SUM(pgsize) FROM dbstat WHERE name IN "
                f"(SELECT name FROM sqlite_master WHERE tbl_name IN ({names}))"
            )
        return float(cursor.fetchone()[0])
