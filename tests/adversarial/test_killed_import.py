"""An import of WordPress that is killed at any moment, and run again, ends as one that was not."""

import json

import pytest

from tests.programs import run_python

pytestmark = pytest.mark.adversarial

#: Draws the statements before which the import is killed; a failure names them.
SEED = 23
KILLS = 3


def test_an_import_that_was_killed_is_finished_by_the_next(tmp_path):
    done = run_python(
        *("-m", "tests.adversarial.killed_import", tmp_path, SEED, KILLS),
        settings="config.settings.test",
        DIPTYCH_TEST_DATABASE_URL="",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["killed"] == KILLS
    assert told["pages"] == told["expected"]
    assert told["rows"] == told["items"]
    assert told["counts"]["unchanged"] == told["items"]
    assert told["problems"] == []
