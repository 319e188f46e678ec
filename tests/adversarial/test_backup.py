"""A backup made while editors write holds one moment, and comes back on an empty machine."""

import json

import pytest

from tests.migrated import migrated_postgresql
from tests.postgresql import need_postgresql, running_postgresql
from tests.servers import checked_python, production_environment

pytestmark = pytest.mark.adversarial


def run(environment, command, folder):
    said = checked_python(environment, "-m", "tests.adversarial.backing_up", command, folder)
    return json.loads(said.splitlines()[-1])


def check_backup(folder, *databases):
    """Save a site in one of two ``databases``, and restore it in the other."""
    environments = [
        production_environment(folder / name, LOG_LEVEL="CRITICAL", **variables)
        for name, variables in zip(("full", "bare"), databases, strict=True)
    ]
    (folder / "full").mkdir()
    saved = run(environments[0], "save", folder)
    restored = run(environments[1], "restore", folder)

    assert saved["written"] > 0
    for told in restored["articles"]:
        assert len(set(told)) == 1, told
    assert restored["lost"] == restored["outdated"] == []
    assert "--replace" in restored["refused"]
    assert len(saved["crawl"]) > 50
    assert restored["crawl"] == saved["crawl"]


def test_backup_on_sqlite(tmp_path):
    check_backup(tmp_path, {}, {})


def test_backup_on_postgresql(tmp_path):
    need_postgresql()
    with migrated_postgresql() as one, running_postgresql() as other:
        check_backup(tmp_path, {"DATABASE_URL": one}, {"DATABASE_URL": other})
