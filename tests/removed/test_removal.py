"""The plugin leaves a site, and Wagtail goes on with its pages and images."""

import json
import shutil

import pytest

from tests.migrated import copy_migrated, migrated_postgresql
from tests.postgresql import need_postgresql
from tests.programs import run_python


def run(*arguments, settings="journal", **variables):
    module = "tests.removed.steps"
    done = run_python("-m", module, *arguments, settings=f"tests.removed.{settings}", **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.hosts
@pytest.mark.usefixtures("django_db_setup")
def test_the_plugin_leaves_pages_that_wagtail_serves_edits_and_deletes(tmp_path):
    copy_migrated(tmp_path / "journal.sqlite3")
    database = {"DIPTYCH_TEST_DATABASE": str(tmp_path / "journal"), "DIPTYCH_TEST_DATABASE_URL": ""}
    folder = str(tmp_path / "export")
    run("written", **database)
    shutil.copyfile(tmp_path / "journal.sqlite3", tmp_path / "other.sqlite3")
    said = run("removed", folder, **database)
    assert "--export DIR" in said
    assert "starts at a page" in said or "commence" in said
    run("exported", folder, **database)
    run("plain", settings="plain", **database)
    run("deleted", **database | {"DIPTYCH_TEST_DATABASE": str(tmp_path / "other")})


@pytest.mark.adversarial
@pytest.mark.usefixtures("django_db_setup")
def test_the_command_ends_as_one_that_was_not_killed(tmp_path):
    copy_migrated(tmp_path / "journal.sqlite3")
    database = {"DIPTYCH_TEST_DATABASE": str(tmp_path / "journal"), "DIPTYCH_TEST_DATABASE_URL": ""}
    run("written", **database)
    said = run("killed", str(tmp_path / "journal.sqlite3"), "16", "1", "3", **database)
    assert json.loads(said.strip().splitlines()[-1]) == {}


@pytest.mark.postgresql
def test_it_does_on_postgresql(tmp_path):
    need_postgresql()
    with migrated_postgresql() as address:
        database = {"DIPTYCH_TEST_DATABASE": "none", "DIPTYCH_TEST_DATABASE_URL": address}
        run("written", **database)
        run("removed", str(tmp_path / "export"), **database)
        run("plain", settings="plain", **database)
