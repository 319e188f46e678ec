"""Take the pictures and lay them out in sheets, in `var/screens`.

Everything is taken of a demo journal of its own, with odd pages added to it, or of a journal that
runs already: `make screens ARGS="--address http://127.0.0.1:8000"`. A page that is wider than its
window is named, and the command fails.
"""

import argparse
import sys
from pathlib import Path

from tests.screens.camera import Series, take_all
from tests.screens.journal import running_journal
from tests.screens.sheets import make_index, make_sheet

FOLDER = Path(__file__).resolve().parents[2] / "var" / "screens"


def arguments():
    parser = argparse.ArgumentParser(prog="make screens ARGS=…", description=__doc__)
    parser.add_argument("--address", help="a journal that runs already")
    parser.add_argument("--themes", default="gazette,revue", help="names, with commas between")
    parser.add_argument("--modes", default="light,dark")
    parser.add_argument("--widths", default="390,1280")
    parser.add_argument("--languages", default="fr,en")
    parser.add_argument("--pages", help="only these, by the names of their pictures")
    parser.add_argument(
        "--photographs",
        action="store_true",
        help="with painted photographs in place of the illustrations, in a journal of its own",
    )
    return parser.parse_args()


def all_series(options):
    return [
        Series(theme, mode, int(width), language)
        for theme in options.themes.split(",")
        for mode in options.modes.split(",")
        for width in options.widths.split(",")
        for language in options.languages.split(",")
    ]


def main():
    options = arguments()
    only = options.pages.split(",") if options.pages else None
    sheets, faults = [], []
    journal = FOLDER / ("photographs" if options.photographs else "journal")
    with running_journal(options.address, journal, options.photographs) as address:
        for series, shots in take_all(address, all_series(options), FOLDER, only):
            sheets.append(make_sheet(series, shots, FOLDER))
            faults += [f"{shot.path}: {shot.fault}" for shot in shots if shot.fault]
            print(sheets[-1])
    print(make_index(sheets, FOLDER))
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
