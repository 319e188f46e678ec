"""Measure what readers and editors do: `make bench`, or `make bench ARGS="--list"`."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import report
from benchmarks.catalogue import BY_NAME, FEWEST, FLOWS

ROOT = Path(__file__).resolve().parents[1]
MANY = 2000
#: Seconds after which a flow is given up.
PATIENCE = 1200
#: How many lines of a failed process are shown.
LINES = 25


def main():
    arguments = read_arguments()
    if arguments.list:
        print_catalogue()
        return 0
    flows = [BY_NAME[name] for name in arguments.flow or BY_NAME]
    with tempfile.TemporaryDirectory(prefix="diptych-benchmark-") as folder:
        results = run_all(flows, arguments.articles, Path(folder))
    if arguments.out:
        report.write(arguments.out, arguments.articles, results)
    failed = [result["flow"] for result in results if result["failures"]]
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flow", action="append", choices=BY_NAME, metavar="NAME")
    parser.add_argument("--list", action="store_true", help="say what can be measured")
    parser.add_argument("--out", type=Path, metavar="FILE.json", help="write all numbers there")
    parser.add_argument(
        "--articles", type=int, default=MANY, metavar="N", help=f"{MANY} if not said"
    )
    arguments = parser.parse_args()
    if arguments.articles < FEWEST:
        parser.error(f"lists are full from {FEWEST} articles on")
    return arguments


def print_catalogue():
    for flow in FLOWS:
        print(f"{flow.name}\n    {flow.does}\n    {flow.why}")


def run_all(flows, articles, folder):
    """Fill a database once, and run each flow on a copy of it in a process of its own."""
    template = folder / "template"
    template.mkdir()
    print(f"Filling a database with {articles} articles…", flush=True)
    filling = start(template, "benchmarks.seeding", articles)
    if filling.returncode:
        sys.exit(last_words(filling))
    report.print_heading()
    results = []
    for flow in flows:
        results.append(run_one(flow, articles, template, folder / flow.name))
        report.print_result(results[-1])
        sys.stdout.flush()
    return results


def run_one(flow, articles, template, folder):
    shutil.copytree(template, folder)
    answer = folder / "answer.json"
    try:
        process = start(folder, "benchmarks.single", flow.name, articles, answer)
        if process.returncode:
            return broken(flow, last_words(process))
        return json.loads(answer.read_text())
    except subprocess.TimeoutExpired:
        return broken(flow, f"not done after {PATIENCE} s")
    finally:
        shutil.rmtree(folder)


def last_words(process):
    """The last line of what a process wrote before it failed; the end of it is shown."""
    lines = process.stderr.strip().splitlines()[-LINES:]
    print(*lines, sep="\n", file=sys.stderr)
    return lines[-1] if lines else f"the process ended with {process.returncode}"


def broken(flow, reason):
    return {"flow": flow.name, "measurements": [], "done": {}, "failures": [reason]}


def start(folder, module, *arguments):
    """Run a module of the benchmarks on the database in ``folder``."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DIPTYCH_BENCHMARK_FOLDER": str(folder),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main())
