"""Measure the related articles in journals of 1,000, 10,000 and 100,000 articles.

Each journal has so many articles in each language, made up by ``made_up``, on SQLite and on
PostgreSQL. Memory and processor are those of the process that does the work: with SQLite the
database is in it, with PostgreSQL beside it. The limits are the project's own, for the largest.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from benchmarks.databases import DATABASES  # noqa: E402

SIZES = (1_000, 10_000, 100_000)
#: What is measured, with its limit at the largest size, and whether it is work for one article,
#: which must hardly grow.
LIMITS = {
    "read p95 ms": (2, True),
    "update cpu ms": (250, True),
    "rebuild minutes": (30, False),
    "rebuild GiB": (2, False),
    "rebuild ms per article": (None, True),
    "tables MB": (2_000, False),
    "same places %": (None, False),
}
TIMES = ("read p95 ms", "update cpu ms", "rebuild minutes")
GROWTH = 1.5
#: PostgreSQL may take so many times as long.
SLOWER = {"sqlite": 1, "postgresql": 2}
#: The comparison of one by one with a rebuild takes hours at the largest size.
COMPARED = 1_000


def main():
    arguments = read_arguments()
    if arguments.one:
        from benchmarks.related_one import measure

        print(json.dumps(measure(arguments.one, compare=arguments.one <= arguments.compared)))
        return 0
    results = {
        name: {size: run(size, name, arguments) for size in arguments.sizes}
        for name in arguments.databases
    }
    if arguments.out:
        arguments.out.write_text(json.dumps(results, indent=1))
    return 1 if any([report(name, results[name]) for name in results]) else 0


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = ",".join(map(str, SIZES))
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(size) for size in text.split(",")],
        default=list(SIZES),
        metavar="N,N",
        help=f"{sizes} if not said",
    )
    parser.add_argument(
        "--databases", nargs="+", choices=DATABASES, default=list(DATABASES), metavar="NAME"
    )
    parser.add_argument("--compared", type=int, default=COMPARED, metavar="N", help="up to so many")
    parser.add_argument("--out", type=Path, metavar="FILE.json", help="write all numbers there")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def run(size, database, arguments):
    """Measure one size in a process of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="diptych-related-") as folder,
        DATABASES[database]() as address,
    ):
        environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "DIPTYCH_BENCHMARK_FOLDER": folder,
            "DIPTYCH_BENCHMARK_DATABASE_URL": address,
        }
        command = [sys.executable, "-m", "benchmarks.related_scale", "--one", str(size)]
        command += ["--compared", str(arguments.compared)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False
        )
    if done.returncode:
        sys.exit(f"The journal of {size} articles on {database} could not be measured.")
    result = json.loads(done.stdout.splitlines()[-1])
    print(database, size, json.dumps(result), flush=True)
    return result


def report(database, results):
    """Print what was measured, and return what is beyond its limit."""
    failed = []
    sizes = sorted(results)
    print(f"{database:<24}{''.join(f'{size:>12,}' for size in sizes)}{'growth':>10}")
    for name, (most, is_of_one) in LIMITS.items():
        limit = most and most * (SLOWER[database] if name in TIMES else 1)
        values = [results[size].get(name) for size in sizes]
        shown = "".join(f"{'' if value is None else round(value, 2):>12}" for value in values)
        growth = values[-1] / values[-2] if is_of_one and len(values) > 1 and values[-2] else None
        print(f"{name:<24}{shown}{f'{growth:.2f}' if growth else '':>10}")
        if limit is not None and values[-1] is not None and values[-1] > limit:
            failed.append(f"{name} is beyond {limit}")
        if growth and growth > GROWTH:
            failed.append(f"{name} grows by more than {GROWTH}")
    for message in failed:
        print(f"FAILED: {message}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
