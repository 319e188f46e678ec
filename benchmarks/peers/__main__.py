"""Measure the journal beside other sites, or as it grows: ``make bench-peers``."""

import argparse
import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks import report
from benchmarks.peers import sites, tables, work
from benchmarks.peers.asking import Reader, ask_in_turns, cost_of_hits, cost_unchanged
from benchmarks.projects import journal, started
from benchmarks.server import granian, gunicorn

ARTICLES, TIMES = 1000, 40
#: Articles of the journal of which calls are counted.
CHECKED_ARTICLES = 60
#: Paragraphs of an article where there may be a hundred thousand of them.
FEW_PARAGRAPHS = 2
#: More articles than this are not compared with what publishing them writes.
CHECKED = 1000
HITS_AT_ONCE, ROUNDS_OF_HITS = 200, 10
#: What browsers ask for.
ENCODING = {"Accept-Encoding": "br, gzip"}


def main():
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(prefix="diptych-peers-") as temporary:
        folder = arguments.folder or Path(temporary)
        if arguments.check or arguments.keep:
            return check_work(folder, arguments.keep)
        if arguments.profile:
            print_profile(folder, arguments.articles, arguments.profile)
            return 0
        if arguments.sizes:
            found, goals = measure_growth(folder, arguments.sizes, arguments.times)
        else:
            found, goals = compare(folder, arguments.articles, arguments.times)
    tables.print_goals(goals)
    if arguments.out:
        content = {"versions": report.versions(), **found}
        content["goals"] = [goal.as_dict() for goal in goals]
        arguments.out.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
    return 0


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES, help=f"{ARTICLES} if not said")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", help="growth, without peers")
    parser.add_argument(
        "--profile", metavar="PAGE", help="what such pages of the journal are made of"
    )
    parser.add_argument("--check", action="store_true", help="fail where a page does more work")
    parser.add_argument("--keep", action="store_true", help="the work that --check compares with")
    parser.add_argument("--times", type=int, default=TIMES, help="requests for each kind of page")
    parser.add_argument("--folder", type=Path, help="keep the sites there, and use what it holds")
    parser.add_argument("--out", type=Path, metavar="FILE.json", help="write all numbers there")
    return parser.parse_args()


def compare(folder, articles, times):
    """The journal, the blog and the started project: their costs, and the goals."""
    say(f"Filling the journal and the blog with {articles:,} articles…")
    compared = {
        "journal": sites.journal(folder / "journal", articles),
        "blog": sites.blog(folder / "blog", articles),
        "start": started(folder / "start"),
    }
    say("Counting queries…")
    answers = {name: look_inside(site, folder) for name, site in compared.items()}
    say("Asking…")
    with ExitStack() as stack:
        readers = {
            name: Reader(stack.enter_context(served(site, folder)))
            for name, site in compared.items()
        }
        addresses = {name: answer["addresses"] for name, answer in answers.items()}
        costs = ask_in_turns(readers, addresses, times)
        for name, reader in readers.items():
            if "feed" in addresses[name]:
                unchanged = cost_unchanged(reader, addresses[name]["feed"][0], times)
                costs[name] |= {"feed, unchanged": unchanged} if unchanged else {}
    costs = {name: with_queries(kinds, answers[name]) for name, kinds in costs.items()}
    address = answers["journal"]["addresses"]["article"][0]
    hits = measure_hits(journal(folder / "journal"), folder, address)
    tables.print_comparison(costs)
    tables.print_hits(hits)
    states = measure_states(compared, folder)
    tables.print_states(*states.values())
    found = {"articles": articles, "costs": costs, "hits": hits, "states": states}
    return found, tables.goals_beside(costs, hits)


def measure_states(compared, folder, *options):
    """What pages cost by what is in memory, of the journal and the started project."""
    say("Cold, warm, after a publication, from the page cache…")
    ours = states_of(compared["journal"], folder, *options)
    for kind, hit in states_of(journal(folder / "journal"), folder, "--hits", *options).items():
        ours[kind] |= hit
    return {"journal": ours, "start": states_of(compared["start"], folder, *options)}


def states_of(site, folder, *options):
    answer = folder / "states.json"
    site.run("-m", "benchmarks.peers.states", site.name, answer, *options)
    return json.loads(answer.read_text())


def check_work(folder, keep):
    """Compare the calls of functions with those that are kept, or keep them; the exit status."""
    say(f"Filling a journal with {CHECKED_ARTICLES} articles…")
    compared = {
        "journal": sites.journal(folder / "journal", CHECKED_ARTICLES),
        "start": started(folder / "start"),
    }
    states = measure_states(compared, folder, "--times", 1)
    found = work.multiples(states["journal"], states["start"])
    if keep:
        work.keep(found)
    return work.print_comparison(found, work.kept())


def measure_growth(folder, sizes, times):
    """The journal in several sizes, with the lists of editors: the costs by size, and the goals."""
    costs = {}
    for size in sizes:
        say(f"Filling a journal with {size:,} articles…")
        options = ["--paragraphs", FEW_PARAGRAPHS, *(["--unchecked"] if size > CHECKED else [])]
        site = sites.journal(folder / str(size), size, *options)
        answer = look_inside(site, folder, "--admin")
        with served(site, folder) as server:
            asked = {"public": answer["addresses"], "admin": answer["lists"]}
            readers = {"public": Reader(server), "admin": Reader(server, Cookie=answer["cookie"])}
            found = ask_in_turns(readers, asked, times)
        costs[size] = with_queries(found["public"] | found["admin"], answer)
    tables.print_growth(costs)
    return {"sizes": costs}, tables.goals_of_growth(costs)


def print_profile(folder, articles, kind):
    """Where the time goes on one kind of page of the journal, without its page cache."""
    site = sites.journal(folder / "journal", articles)
    print(site.run("-m", "benchmarks.peers.profiling", kind), end="")


def look_inside(site, folder, *options):
    """The addresses of ``site``, and how many queries each kind of page makes."""
    answer = folder / "answer.json"
    site.run("-m", "benchmarks.peers.inside", site.name, answer, *options)
    return json.loads(answer.read_text())


def served(site, folder, server=gunicorn):
    return site.served(server(site.application, workers=1), folder / f"{site.name}.log")


def with_queries(costs, answer):
    queries = answer["queries"]
    return {kind: {**cost.as_dict(), "queries": queries.get(kind)} for kind, cost in costs.items()}


def measure_hits(site, folder, address):
    """The cost of the same article again and again, under each server."""
    hits = {}
    for server in (gunicorn, granian):
        with served(site, folder, server) as running:
            cost = cost_of_hits(Reader(running, **ENCODING), address, ROUNDS_OF_HITS, HITS_AT_ONCE)
            hits[server.__name__] = cost.as_dict()
    return hits


def say(text):
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
