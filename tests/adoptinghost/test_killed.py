"""Commands that convert a site, killed by SIGKILL and started again, leave what one run leaves."""

import json
import shutil

import pytest

from tests.adoptinghost.test_own_page_types import HERE, run
from tests.wagtail_database import copy_wagtail_database

pytestmark = pytest.mark.adversarial

#: Draws the statements at which commands are killed; a failure names them as well.
SEED = 16
COMMANDS = ("migrate", "adopt", "merge", "release")


@pytest.fixture(scope="module")
def differences(tmp_path_factory):
    """What differs after each command was killed five times, from a run that nobody killed."""
    folder = tmp_path_factory.mktemp("killed")
    shutil.copytree(HERE / "before", folder, dirs_exist_ok=True)
    shutil.copytree(HERE / "steps", folder / "steps")
    copy_wagtail_database(folder / "site.sqlite3")
    since = run(folder, "-m", "steps.many_pages", 8).strip()
    shutil.copytree(HERE / "after", folder, dirs_exist_ok=True)
    said = run(folder, "-m", "steps.killed", folder / "site.sqlite3", since, SEED)
    return json.loads(said.strip().splitlines()[-1])


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_was_killed_five_times_ends_as_one_that_was_not(differences, command):
    assert differences[command] == {}
