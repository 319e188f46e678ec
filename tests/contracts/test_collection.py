"""Every process that collects the tests finds the same ones."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.rare


def collected(seed):
    """The identifiers of all tests, as a new process with another ``seed`` of hashes finds them."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n", "0", "tests"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return {line for line in done.stdout.splitlines() if "::" in line}


def test_tests_have_the_same_names_in_every_process():
    # The second collection is seconds later than the first.
    first, second = collected("1"), collected("2")
    assert len(first) > 1000
    assert first ^ second == set()
