"""What grows with a journal: the lists of editors, reports, the archive and the API, by size.

    PYTHONPATH=.:site python -m benchmarks.growth FOLDER FOLDER     two journals of large_journal
    PYTHONPATH=.:site python -m benchmarks.growth --only worklist FOLDER FOLDER

Each folder holds a journal that ``large_journal`` has made. Every address is asked for once to
load what a running process has loaded, once to count its queries, and then until it has taken
some time; shown is the least time of the processor. Before each, this process is told of a
publication in each language, so that what is kept of lists is read anew.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: A row may cost so many times as much in the largest journal, and that much more in ms.
GROWTH, NOISE = 1.5, 3
#: Milliseconds of work after which a row is measured no more, and the most times.
ENOUGH, TIMES = 1_500, 8


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--only", default="", help="rows whose name holds this")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure_all(arguments.only)))
        return 0
    return report([run(folder, arguments.only) for folder in arguments.folders])


def run(folder, only):
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DIPTYCH_BENCHMARK_FOLDER": str(folder),
    }
    command = [sys.executable, "-m", "benchmarks.growth", "--one", "--only", only, str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def report(results):
    grown = []
    for name in results[0]:
        cells = [each[name] for each in results]
        first, last = cells[0]["ms"], cells[-1]["ms"]
        ratio = last / first
        if ratio > GROWTH and last - first > NOISE:
            grown.append(name)
        shown = "".join(f"{each['ms']:>10.1f} {each['queries']:>4} q" for each in cells)
        print(f"{name:<34}{shown}{ratio:>8.2f}{' grows' if name in grown else ''}")
    return 1 if grown else 0


def measure_all(only):
    import django

    django.setup()

    from benchmarks.flows.steps import signed_in_client
    from benchmarks.measuring import counting

    client = signed_in_client()
    return {
        name: measure_one(client, address, counting)
        for name, address in addresses().items()
        if only in name
    }


def measure_one(client, address, counting):
    import time

    from benchmarks.flows.steps import get

    taken = []
    get(client, address)
    publish_elsewhere()
    with counting() as counter:
        get(client, address)
    while len(taken) < TIMES and sum(taken) < ENOUGH:
        publish_elsewhere()
        start = time.process_time()
        get(client, address)
        taken.append((time.process_time() - start) * 1000)
    return {"ms": round(min(taken), 1), "queries": counter.queries}


def publish_elsewhere():
    """Forget what a publication of today makes a process forget, and all kept pages."""
    from django.utils.timezone import localdate

    from benchmarks.flows.steps import clear_cache
    from diptych.articles.caching.versions import invalidate_tags
    from diptych.articles.languages.config.language_config import available_languages

    clear_cache()
    for language in available_languages():
        invalidate_tags(f"list:{language}", f"month:{language}-{localdate():%Y-%m}")


def addresses():
    """What is opened, by name."""
    from django.urls import reverse

    from benchmarks.flows.steps import article, section
    from diptych.articles.models import ArticlePage, TopicPage

    worklist, long_list = reverse("diptych_translations:index"), section().pk
    topic, one = TopicPage.objects.order_by("path").first(), article()
    rare = one.text_in("headline", "en").split()[2]
    month = one.text_in("first_public_at", "en")
    api = "/en/api/articles/"
    return {
        "dashboard": reverse("wagtailadmin_home"),
        "any screen": reverse("wagtailadmin_account"),
        "worklist": worklist,
        "worklist, by title": f"{worklist}?ordering=title",
        "worklist, search": f"{worklist}?q={rare}",
        "calendar": reverse("diptych_calendar:index"),
        "history of the site": reverse("wagtailadmin_reports:site_history"),
        "history of an article": reverse("wagtailadmin_pages:history", args=(one.pk,)),
        "audit": reverse("diptych_audit:index"),
        "links": reverse("diptych_links:index"),
        "topics": reverse("diptych_topics:index"),
        "authors": reverse("diptych_authors:index"),
        "articles": reverse("diptych_articles:index"),
        "image problems": reverse("diptych_image_problems:index"),
        "ageing pages": reverse("wagtailadmin_reports:aging_pages"),
        "page types": reverse("wagtailadmin_reports:page_types_usage"),
        "redirects": reverse("wagtailredirects:index"),
        "images": reverse("wagtailimages:index"),
        "usage of a topic": reverse("wagtailadmin_pages:usage", args=(topic.pk,)),
        "deletion of a topic": reverse("wagtailadmin_pages:delete", args=(topic.pk,)),
        "deletion of an article": reverse("wagtailadmin_pages:delete", args=(one.pk,)),
        "deletion of a section": reverse("wagtailadmin_pages:delete", args=(long_list,)),
        "bin": reverse("diptych_bin:index"),
        "explorer": reverse("wagtailadmin_explore", args=(long_list,)),
        "explorer of the root": reverse("wagtailadmin_explore_root"),
        "archive": "/en/archive/",
        "archive, month": f"/en/archive/{month:%Y/%m}/",
        "API, list": api,
        "API, page far on": f"{api}?offset={ArticlePage.objects.count() * 9 // 10}",
        "API, search": f"{api}?search={rare}",
        "API of pages": "/en/api/pages/",
    }


if __name__ == "__main__":
    sys.exit(main())
