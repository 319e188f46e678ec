"""Measure the related articles on a corpus whose authors' own links are known.

The corpus becomes a journal in a database of its own; what is ranked is what its readers would
be shown. One article in one language is a line of JSON: key, lang, title, lead, body, authors,
topics, date and related, the keys that its authors linked to.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LENGTH = 10


def main():
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(prefix="diptych-related-") as folder:
        prepare(folder)
        from benchmarks.corpus import read_corpus, without_bodies

        entries = read_corpus(arguments.corpus, arguments.languages)
        if arguments.thin:
            entries = without_bodies(entries, arguments.thin)
        ranks = rank(entries, arguments.ignore_topics)
        if arguments.out:
            write(arguments.out, ranks)
        report(entries, ranks, arguments.ignore_topics)
        if arguments.thin:
            report_thin(entries, ranks, arguments.thin)


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, metavar="CORPUS.jsonl")
    parser.add_argument(
        "--languages", type=lambda text: text.split(","), metavar="fr,en", help="only these"
    )
    parser.add_argument("--ignore-topics", action="store_true", help="as if there were none")
    parser.add_argument(
        "--thin", metavar="fr", help="reduce the articles of this language to headline and lead"
    )
    parser.add_argument("--out", type=Path, metavar="RANKS.jsonl", help="write the ranks there")
    return parser.parse_args()


def prepare(folder):
    """Set Django up with the site's settings and a database in ``folder``."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    os.environ["DIPTYCH_BENCHMARK_FOLDER"] = folder
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def rank(entries, ignore_topics):
    """``{language: {key: the keys suggested below it}}``, from the journal of ``entries``."""
    from wagtail.models import Site

    from articles.related.rebuilding import rebuild
    from articles.related.suggestions import related_articles
    from benchmarks.corpus import fill_journal, in_language

    Site.objects.all().delete()
    pages = fill_journal(entries, ignore_topics)
    keys = {page.pk: key for key, page in pages.items()}
    rebuild()
    ranks = {}
    for language in dict.fromkeys(entry["lang"] for entry in entries):
        ranks[language] = {}
        for entry in in_language(entries, language):
            shown, _linked = related_articles(pages[entry["key"]], language, limit=LENGTH)
            ranks[language][entry["key"]] = [keys[each.pk] for each in shown]
    return ranks


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


def report_thin(entries, ranks, language):
    """The thin articles beside the whole ones of another language, on the same pairs."""
    from benchmarks.corpus import in_language
    from benchmarks.ranking import links_of

    links = links_of(in_language(entries, language))
    for other in ranks:
        shared = set(ranks[language]) & set(ranks[other])
        same = {key: wanted & shared for key, wanted in links.items() if key in shared}
        same = {key: wanted for key, wanted in same.items() if wanted}
        print(f"the {len(same)} articles with links in {language} that are in {other} too")
        kept = {key: [each for each in ranks[other][key] if each in shared] for key in shared}
        line(f"as ranked in {other}", kept, same)


def line(name, ranks, links):
    from benchmarks.ranking import measure

    measured = measure(ranks, links)
    numbers = "  ".join(f"{key} {value:.3f}" for key, value in measured.items())
    print(f"  {name:<40} {numbers}  n={len(links)}")


if __name__ == "__main__":
    main()
