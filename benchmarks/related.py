"""Measure the related articles on a corpus whose authors' own links are known.

The corpus becomes a journal in a database of its own; what is ranked is what its readers would
be shown. One article in one language is a line of JSON: key, lang, title, lead, body, authors,
topics, date and related, the keys that its authors linked to; all but key and lang may be missing.
Lines that are no article are named and left out, and the command then ends with an error.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LENGTH = 10
#: More than any list holds.
EVERY = 100
LANGUAGES = ["fr", "en"]


def main():
    arguments = read_arguments()
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    entries, bad = read(arguments)
    with tempfile.TemporaryDirectory(prefix="diptych-related-") as folder:
        prepare(folder)
        from benchmarks.corpus_journal import fill_journal, ranked

        pages = fill_journal(entries, arguments.ignore_topics)
        rebuild()
        ranks = ranked(pages, entries, LENGTH)
        if arguments.out:
            write(arguments.out, ranks)
        report(entries, ranks, arguments.ignore_topics)
        report_steps(entries, pages)
        if arguments.thin:
            report_thin(entries, pages, arguments.thin)
        if arguments.one_by_one:
            report_one_by_one(entries, pages, ranks)
    return 1 if bad else 0


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, metavar="CORPUS.jsonl")
    parser.add_argument(
        "--languages",
        type=lambda text: text.split(","),
        default=LANGUAGES,
        metavar="fr,en",
        help="only these",
    )
    parser.add_argument("--ignore-topics", action="store_true", help="as if there were none")
    parser.add_argument(
        "--thin", metavar="fr", help="reduce the articles of this language to headline and lead"
    )
    parser.add_argument(
        "--one-by-one",
        action="store_true",
        help="publish the newest 30 %% one by one, and compare that with a rebuild",
    )
    parser.add_argument("--out", type=Path, metavar="RANKS.jsonl", help="write the ranks there")
    arguments = parser.parse_args()
    if unknown := set(arguments.languages) - set(LANGUAGES):
        parser.error(f"The journal has no language {', '.join(sorted(unknown))}.")
    if arguments.out and not arguments.out.resolve().parent.is_dir():
        parser.error(f"There is no folder for {arguments.out}.")
    return arguments


def read(arguments):
    """The articles to rank, and how many lines of the file are none."""
    from benchmarks.corpus import read_corpus, without_bodies

    try:
        entries, bad = read_corpus(arguments.corpus, arguments.languages)
    except OSError as error:
        sys.exit(f"{arguments.corpus} cannot be read: {error.strerror}.")
    if not entries:
        sys.exit(f"{arguments.corpus} has no article in {', '.join(arguments.languages)}.")
    if arguments.thin:
        entries = without_bodies(entries, arguments.thin)
    return entries, bad


def prepare(folder):
    """Set Django up with the site's settings and a database in ``folder``."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    os.environ["DIPTYCH_BENCHMARK_FOLDER"] = folder
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from wagtail.models import Site

    Site.objects.all().delete()


def rebuild():
    from diptych.articles.related.rebuilding import rebuild

    rebuild()


def write(path, ranks):
    with path.open("w", encoding="utf-8") as file:
        for language, by_key in ranks.items():
            for key, ranked in by_key.items():
                line = {"key": key, "lang": language, "ranked": ranked}
                file.write(json.dumps(line, ensure_ascii=False) + "\n")


def report(entries, ranks, ignore_topics):
    from benchmarks.baselines import full_text_search, newest_on_the_topic
    from benchmarks.corpus import in_language
    from benchmarks.ranking import half_of, links_of

    for language, own in ranks.items():
        here = in_language(entries, language)
        links = links_of(here)
        print(f"{language}: {len(here)} articles, {len(links)} with links")
        for half in ("tuning", "test"):
            part = {key: wanted for key, wanted in links.items() if half_of(key) == half}
            line(f"related articles, {half} half", own, part)
        line("related articles" + ignore_topics * ", topics ignored", own, links)
        line("newest on the same topic", newest_on_the_topic(here), links)
        line("full-text search (FTS5)", full_text_search(here), links)


def report_steps(entries, pages):
    """What looking for candidates, cutting vectors and the rule of readers would cost."""
    from benchmarks.corpus import in_language
    from benchmarks.ranking import links_of
    from benchmarks.related_steps import ranked_by_step

    keys = {page.pk: key for key, page in pages.items()}
    for language in dict.fromkeys(entry["lang"] for entry in entries):
        print(f"{language}: each step alone; above, after the rule for authors and links")
        links = links_of(in_language(entries, language))
        for step, ranks in ranked_by_step(language, keys, LENGTH).items():
            line(step, ranks, links)


def report_thin(entries, pages, language):
    """The thin articles beside the whole ones of each other language, on the same pairs."""
    from benchmarks.corpus import in_language
    from benchmarks.corpus_journal import ranked
    from benchmarks.ranking import links_of

    ranks = ranked(pages, entries, EVERY)
    links = links_of(in_language(entries, language))
    for other in set(ranks) - {language}:
        shared = set(ranks[language]) & set(ranks[other])
        same = {key: wanted & shared for key, wanted in links.items() if key in shared}
        same = {key: wanted for key, wanted in same.items() if wanted}
        print(f"the {len(shared)} articles that are both in {language}, thin, and in {other}")
        for code in (language, other):
            kept = {key: [each for each in ranks[code][key] if each in shared] for key in shared}
            line(f"as ranked in {code}", kept, same)


def report_one_by_one(entries, pages, ranks):
    from benchmarks.corpus_journal import LONG_AGO, ranked
    from benchmarks.one_by_one import LATE, publish_late, same_places

    dates = {entry["key"]: entry["date"] or LONG_AGO for entry in entries}
    publish_late([pages[key].pk for key in sorted(pages, key=dates.get)])
    found = ranked(pages, entries, LENGTH)
    print(f"the newest {LATE:.0%} published one by one, beside a rebuild")
    for language in ranks:
        same, among = same_places({language: found[language]}, {language: ranks[language]})
        print(f"  {language}: {same:.1%} of the first three places, {among:.1%} in any order")


def line(name, ranks, links):
    from benchmarks.ranking import measure

    measured = measure(ranks, links)
    numbers = "  ".join(f"{key} {value:.3f}" for key, value in measured.items())
    print(f"  {name:<40} {numbers}  n={len(links)}")


if __name__ == "__main__":
    sys.exit(main())
