#!/usr/bin/env python
"""Run the journal's administrative tasks."""

import atexit
import gc
import os
import sys
from pathlib import Path


def main():
    """Hand the command line to Django, with `site/` first among the import roots.

    `site` is also the name of a module of the standard library, so the folder is a
    source root and never a package: what it brings is `config`.
    """
    # Hardly anything that a command loads becomes garbage: the collector looks less often.
    gc.set_threshold(100_000)
    # Nor does it go through all of that once more when the command has ended.
    atexit.register(gc.freeze)
    sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        raise SystemExit(
            "Django is not installed for this interpreter: run `make demo`, or activate "
            "the environment in which `pip install -r requirements.txt` was run."
        ) from error
    from operations.maintenance.timers import recorded

    with recorded(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
