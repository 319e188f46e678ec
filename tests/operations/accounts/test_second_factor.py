"""The tests in `second_factor`, in a process with the settings of a site that has one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

SCENARIOS = Path(__file__).parent / "second_factor"
SETTINGS = "tests.operations.accounts.second_factor.settings"


def test_signing_in_with_a_second_factor():
    pytest.importorskip("allauth")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    command += [f"--ds={SETTINGS}", f"--confcutdir={SCENARIOS}", "-p", "tests.conftest"]
    ran = subprocess.run(
        [*command, str(SCENARIOS)],
        env={**os.environ, "DIPTYCH_TEST_DATABASE": f"second-factor-{os.getpid()}"},
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
