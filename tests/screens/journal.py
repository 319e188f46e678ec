"""Demo journals to take pictures of, with pages that are odd on purpose or without."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from tests.servers import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]


def fill_journal(folder):
    """Load the demo into the database in ``folder``, with the media beside it."""
    run_in(folder, "manage.py", "demo", "--no-serve")


def filled_journal(folder):
    """The ``folder`` of a journal with the demo and the odd pages in it."""
    fill_journal(folder)
    run_in(folder, "-m", "tests.screens.odd_pages")
    return folder


def run_in(folder, *command):
    """Run Python with ``command`` on the journal in ``folder``."""
    _run(subprocess.run, folder, *command, check=True)


def _run(how, folder, *command, variables=(), **options):
    environment = {
        **os.environ,
        **dict(variables),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DIPTYCH_VAR": str(folder),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    return how([sys.executable, *command], cwd=ROOT, env=environment, **options)


@contextmanager
def running_journal(address, folder, photographs=False):
    """The address of a running journal: ``address``, or one that is filled and served here.

    With ``photographs``, what looks like those takes the place of the illustrations.
    """
    if address:
        yield address.rstrip("/")
        return
    filled_journal(folder)
    if photographs:
        run_in(folder, "-m", "tests.screens.photographs")
    with served_journal(folder) as served:
        yield served


@contextmanager
def served_journal(folder, **variables):
    """The address at which the journal in ``folder`` is served meanwhile.

    ``variables`` of the environment are settings of the server.
    """
    port = free_port()
    serve = ["manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with _run(subprocess.Popen, folder, *serve, variables=variables, **quiet) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(f"{address}/robots.txt", process)
            yield address
        finally:
            process.terminate()
