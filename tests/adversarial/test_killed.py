"""Publishing and commands, killed by SIGKILL at any moment, leave nothing that cannot be mended."""

import json

import pytest

from tests.servers import checked_python, production_environment

pytestmark = pytest.mark.adversarial

#: Draws the statements before which work is killed; a failure names them as well.
SEED = 17
KILLS = 2


def test_nothing_is_half_done_or_lost_after_a_kill(tmp_path):
    environment = production_environment(tmp_path, LOG_LEVEL="CRITICAL", PYTHONWARNINGS="ignore")
    said = checked_python(environment, "-m", "tests.adversarial.killed", tmp_path, SEED, KILLS)
    told = json.loads(said.splitlines()[-1])

    assert sum(work["killed"] for work in told.values()) > 20
    assert {name: work["found"] for name, work in told.items() if work["found"]} == {}
