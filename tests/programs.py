"""Programs that tests run: Python with other settings, and the browser of the machine."""

import gc
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: The first that is installed; the one without windows takes half the time of the processor.
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))),
    None,
)


def run_python(*arguments, settings, folders=(), cwd=ROOT, **variables):
    """Run ``python`` with ``arguments`` and the settings module ``settings``; what it said.

    The source root and the root of the project are on its path, after ``folders``, which are
    relative to the root or absolute. ``variables`` are added to its environment.
    """
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": os.pathsep.join(str(ROOT / each) for each in [*folders, "site", "."]),
        "PYTEST_ADDOPTS": "",
        **variables,
    }
    return run_python_in(environment, *arguments, cwd=cwd)


def run_python_in(environment, *arguments, cwd=ROOT):
    """Run ``python`` with ``arguments`` and this ``environment`` alone; what it said."""
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def pause_collector():
    """Let Python's collector wait while modules are imported, which leaves next to no garbage."""
    gc.disable()


def spare_collector():
    """Let Python's collector leave out what stays until the end: a seventh of the time of a run."""
    gc.freeze()
    gc.set_threshold(200_000, 20, 1_000)
    gc.enable()
