"""Run what depends on Wagtail's private parts on its newest release or pre-release.

`make test-next` runs this in an environment of its own, into which it installs that Wagtail.
"""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[1]
INSTALL = ("pip", "install", "--quiet", "--disable-pip-version-check", "--pre", "--upgrade")


def allowed() -> SpecifierSet:
    """The versions of Wagtail that requirements.txt allows."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return next(Requirement(line).specifier for line in lines if line.startswith("wagtail>="))


def is_newer(installed):
    """Whether a version is beyond those that the other tests run on."""
    return not allowed().contains(installed, prereleases=True)


def main(arguments):
    """Install the newest Wagtail and test on it; the exit status."""
    if subprocess.run([sys.executable, "-m", *INSTALL, "wagtail"], check=False).returncode:
        print("The newest Wagtail cannot be installed, for the reason that pip gives above.")
        return 1
    installed = version("wagtail")
    if not is_newer(installed):
        print(f"There is no Wagtail newer than {installed}, on which `make test` runs already.")
        return 0
    print(f"Wagtail {installed}", flush=True)
    tests = [sys.executable, "-m", "pytest", "-m", "next_wagtail", *arguments]
    return subprocess.run(tests, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
