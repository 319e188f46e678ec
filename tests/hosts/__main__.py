"""Build hosts in fresh environments and run the same story in each, through HTTP.

Each host is a project that `wagtail start` makes, in an environment of its own into which pip
installs the wheel of this checkout. Its folder below var/hosts stays and can be looked at. A table
says for each host how far the story came, the minutes it took and the lines that were written.
"""

import argparse
import shutil
import sys
import time
import traceback

from tests.hosts.building import ROOT, Failed, FreshPython, Project, build_wheel
from tests.hosts.hosts import HOSTS
from tests.hosts.instructions import CannotFollow

FOLDER = ROOT / "var" / "hosts"


def main():
    parser = argparse.ArgumentParser(prog="make hosts", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="HOST", help=f"of {', '.join(HOSTS)}")
    names = parser.parse_args().names or list(HOSTS)
    if unknown := set(names) - set(HOSTS):
        parser.error(f"there is no host {', '.join(sorted(unknown))}")
    shutil.rmtree(FOLDER, ignore_errors=True)
    wheel = build_wheel(FOLDER / "dist")
    rows = [row_of(HOSTS[name], FOLDER / name, wheel) for name in names]
    print_table(rows)
    sys.exit(any(row["error"] for row in rows))


def row_of(kind, folder, wheel):
    """Build a host and run its story; what the table says of it."""
    print(f"{kind.title} …", flush=True)
    began, error, steps, lines = time.monotonic(), "", [], 0
    host = None
    try:
        host = kind(Project(folder, FreshPython(folder / "python", wheel)))
        host.set_up()
        host.check()
        steps = host.story()
        lines = host.project.changed_lines()
        if kind.is_removed:
            host.remove()
    except (Failed, CannotFollow, OSError, AssertionError):
        error = traceback.format_exc()
        print(error, file=sys.stderr, flush=True)
    return {
        "title": kind.title,
        "steps": ", ".join(step["step"] for step in steps),
        "removed": "removed" if kind.is_removed and not error else "not tried",
        "error": error,
        "minutes": (time.monotonic() - began) / 60,
        "lines": lines,
    }


def print_table(rows):
    print("\n| host | result | story | removal | minutes | lines written |")
    print("|---|---|---|---|---|---|")
    for row in rows:
        result = "failed" if row["error"] else "passed"
        print(
            f"| {row['title']} | {result} | {row['steps']} | {row['removed']} |"
            f" {row['minutes']:.1f} | {row['lines']} |"
        )


if __name__ == "__main__":
    main()
