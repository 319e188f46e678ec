"""A demo journal to take pictures of, with pages that are odd on purpose."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from tests.servers import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]


def filled_journal(folder):
    """The ``folder`` of a journal with the demo and the odd pages in it."""
    for command in (["manage.py", "demo", "--no-serve"], ["-m", "tests.screens.odd_pages"]):
        _run(subprocess.run, folder, *command, check=True)
    return folder


def _run(how, folder, *command, **options):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DIPTYCH_VAR": str(folder),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    return how([sys.executable, *command], cwd=ROOT, env=environment, **options)


@contextmanager
def running_journal(address, folder):
    """The address of a running journal: ``address``, or one that is filled and served here."""
    if address:
        yield address.rstrip("/")
        return
    filled_journal(folder)
    port = free_port()
    serve = ["manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with _run(subprocess.Popen, folder, *serve, **quiet) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(f"{address}/robots.txt", process)
            yield address
        finally:
            process.terminate()
