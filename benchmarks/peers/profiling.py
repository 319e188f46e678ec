"""What a page is made of: ``python -m benchmarks.peers.profiling KIND``, in the project of a site.

The profiler makes everything slower, functions that call many others most; so what is printed are
shares, of many different pages in a process that is warm.
"""

import argparse
import cProfile
import logging
import pstats

import django

ROUNDS, SHOWN = 2, 10
#: Parts of file names and what is done there; the first that fits counts.
AREAS = (
    ("/django/db/models/sql/compiler.py", "SQL from querysets"),
    ("/django/db/models/", "querysets and instances"),
    ("/django/db/", "database"),
    ("/django/template/", "templates"),
    ("/django/urls/", "addresses"),
    ("/django/", "Django, other"),
    ("/modelcluster/", "Wagtail"),
    ("/wagtail/", "Wagtail"),
    ("/articles/", "articles"),
    ("/themes/", "themes"),
    ("sqlite3", "SQLite"),
)


def profile(addresses):
    """The statistics of a profile of all ``addresses``, each asked for several times."""
    from django.test import Client

    from benchmarks.projects import HOST

    client = Client(headers={"host": HOST})
    profiler = cProfile.Profile()
    for number in range(ROUNDS + 1):
        if number:
            profiler.enable()
        for address in addresses:
            client.get(address, secure=True)
    profiler.disable()
    return pstats.Stats(profiler).stats


def shares_of_areas(stats):
    """How much of the time was spent in each area, without what it calls elsewhere."""
    total = sum(own for _calls, _primitive, own, _all, _callers in stats.values())
    shares = {}
    for (file, _line, name), (_calls, _primitive, own, *_rest) in stats.items():
        area = next((area for part, area in AREAS if part in file or part in name), "Python, other")
        shares[area] = shares.get(area, 0) + own / total
    return dict(sorted(shares.items(), key=lambda each: -each[1]))


def costliest_functions(stats):
    """The project's functions with most time, with all that they call: ``{place: share}``."""
    total = sum(own for _calls, _primitive, own, _all, _callers in stats.values())
    found = {}
    for (file, _line, name), (_calls, _primitive, _own, whole, _callers) in stats.items():
        package = next((each for each in ("/articles/", "/themes/") if each in file), None)
        if package and "middleware" not in file and not name.startswith("<"):
            found[f"{package[1:]}{file.rpartition(package)[2]} {name}"] = whole / total
    return dict(sorted(found.items(), key=lambda each: -each[1])[:SHOWN])


def main():
    from benchmarks.peers import inside

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind")
    kind = parser.parse_args().kind
    django.setup()
    logging.disable(logging.CRITICAL)
    stats = profile(inside.journal()[kind])
    for shares in (shares_of_areas(stats), costliest_functions(stats)):
        print(*(f"{share:>6.1%}  {what}" for what, share in shares.items()), "", sep="\n")


if __name__ == "__main__":
    main()
