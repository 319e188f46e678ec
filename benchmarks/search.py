"""Time readers' search at 1,000, 10,000 and 100,000 articles, on SQLite and on PostgreSQL.

Each database is filled anew in a temporary folder, with articles in every language and texts of
made-up words as common and rare as real ones. Filling the largest takes many minutes.
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
#: What is shown of each result: a column, and the number in the answer.
SHOWN = {
    "search p50": "search p50 ms",
    "search p95": "search p95 ms",
    "p95 cpu": "search p95 cpu ms",
    "page p95": "page p95 ms",
    "change p50": "change p50 ms",
    "indexing s": "indexing s",
}


def main():
    arguments = read_arguments()
    print(f"{'database':12}{'articles':>10}" + "".join(f"{name:>12}" for name in SHOWN))
    for database in arguments.databases:
        with tempfile.TemporaryDirectory(prefix="diptych-search-") as folder:
            for result in run(database, arguments, folder):
                numbers = "".join(f"{result[name]:>12,}" for name in SHOWN.values())
                print(f"{database:12}{result['articles']:>10,}{numbers}", flush=True)
                if arguments.out:
                    with open(arguments.out, "a", encoding="utf-8") as out:
                        print(json.dumps(result, ensure_ascii=False), file=out)


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="N")
    parser.add_argument(
        "--databases", nargs="+", choices=DATABASES, default=list(DATABASES), metavar="NAME"
    )
    parser.add_argument(
        "--copies", type=int, default=0, metavar="N", help="copy the largest journal so many times"
    )
    parser.add_argument("--out", type=Path, metavar="FILE.jsonl", help="add all numbers to it")
    return parser.parse_args()


def run(database, arguments, folder):
    """The results for each size, from a process of their own."""
    answer = Path(folder) / "answer.jsonl"
    with DATABASES[database]() as address:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "DIPTYCH_BENCHMARK_FOLDER": folder,
            "DIPTYCH_BENCHMARK_DATABASE_URL": address,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        }
        command = [sys.executable, "-m", "benchmarks.search_single", "--answer", str(answer)]
        command += ["--copies", str(arguments.copies), *map(str, sorted(arguments.sizes))]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return [json.loads(line) for line in answer.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
