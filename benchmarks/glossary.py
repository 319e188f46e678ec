"""What the terms of one passage cost at 500 entries: ``python -m benchmarks.glossary``.

Entries are made in a test database, two terms in each of two languages. Each round looks for them
in a passage of 120 words and in its translation, as the strip of the side-by-side view does, with
the query for the version. Prints milliseconds: the median and the slowest round, and the first one,
which builds the index of the process.
"""

import os
import statistics
import time

import django

ENTRIES, ROUNDS = 500, 200


def words(prefix, count):
    """``count`` made-up words of letters."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [f"{prefix}{letters[n % 26]}o{letters[n // 26 % 26]}ite" for n in range(count)]


def fill():
    from diptych.articles.translation_tools.glossary.models import Concept

    for french, english in zip(words("gr", ENTRIES), words("st", ENTRIES), strict=True):
        Concept.objects.create().write_terms(
            [
                ("fr", "preferred", french),
                ("fr", "allowed", f"{french} du lac"),
                ("en", "preferred", english),
                ("en", "forbidden", f"{english} of the lake"),
            ]
        )


def seconds_of_rounds():
    from diptych.articles.translation_tools.glossary.matching import Glossary

    times = []
    for number in range(ROUNDS):
        # Other words in each round, as tokens are kept.
        source = " ".join(
            f"{word} mot{number}{place}" for place, word in enumerate(words("gr", 60))
        )
        target = " ".join(
            f"{word} word{number}{place}" for place, word in enumerate(words("st", 60))
        )
        start = time.perf_counter()
        Glossary.current().hints(source, "fr", target, "en")
        times.append(time.perf_counter() - start)
    return times


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    kept = setup_databases(verbosity=0, interactive=False)
    try:
        fill()
        first, *times = [each * 1000 for each in seconds_of_rounds()]
    finally:
        teardown_databases(kept, verbosity=0)
    print(f"first {first:.1f} ms, median {statistics.median(times):.1f}, slowest {max(times):.1f}")


if __name__ == "__main__":
    main()
