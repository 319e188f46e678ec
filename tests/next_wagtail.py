"""Run the quick tests on Wagtail's newest release or pre-release, or on one that is named.

`make test-next` runs this in an environment of its own, into which it installs that Wagtail.
`make test-next ARGS="--wagtail FILE"` takes another: an address, a file, or `wagtail==8.0.1`.
"""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INSTALL = ("pip", "install", "--quiet", "--disable-pip-version-check", "--pre", "--upgrade")
VERSION = "from importlib.metadata import version; print('Wagtail', version('wagtail'))"


def main(arguments):
    """Install that Wagtail and test on it, with the other arguments for pytest; the exit status."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--wagtail", default="wagtail")
    options, of_pytest = parser.parse_known_args(arguments)
    if _run("-m", *INSTALL, options.wagtail):
        print(f"“{options.wagtail}” cannot be installed, for the reason that pip gives above.")
        return 1
    return _run("-c", VERSION) or _run("-m", "pytest", *of_pytest)


def _run(*arguments):
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
