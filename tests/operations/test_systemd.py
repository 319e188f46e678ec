"""The files of `deploy/systemd`, as far as they can be tried without systemd."""

import os
import re
import runpy
import subprocess

import pytest

from operations.maintenance.timers import TIMED
from tests.servers import ROOT

TIMED_COMMANDS = ROOT / "deploy" / "timed.sh"
SYSTEMD = ROOT / "deploy" / "systemd"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=Moderators,Chief editors", "Moderators,Chief editors"),
        ('A={"name": "edu-ID", "n": 730}', '{"name": "edu-ID", "n": 730}'),
        ("A=submission://u:p$w@mail.example?timeout=30&ssl=1", None),
        ("A='with $HOME and \"quotes\"'", 'with $HOME and "quotes"'),
        ('A="a \\"b\\" \\$c" ', 'a "b" $c'),
        ("A=it's # not a comment", "it's # not a comment"),
        ("A=a\\\nb", "ab"),
        (" A = b ", "b"),
        ("A=", ""),
    ],
)
def test_settings_are_read_as_systemd_reads_them(line, value):
    settings_in = runpy.run_path(str(SYSTEMD / "diptych-manage"))["settings_in"]
    text = f"# B=comment's\n\n; C=comment\n{line}\nLAST=true\n"
    assert settings_in(text) == {"A": line[2:] if value is None else value, "LAST": "true"}


@pytest.fixture
def run_timed(tmp_path):
    """Run the commands of a timer, without those of the site: what is called, and how it ends."""
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "$2"\n[ "$2" != "$FAILING" ]\n')
    python.chmod(0o755)

    def run(timer, worker="true", failing=""):
        path = f"{tmp_path}:{os.environ['PATH']}"
        environment = {"PATH": path, "FAILING": failing, "TASK_WORKER": worker}
        options = {"cwd": tmp_path, "capture_output": True, "text": True}
        command = ["sh", TIMED_COMMANDS, timer]
        done = subprocess.run(command, env=environment, check=False, **options)
        return done.returncode, done.stdout.split(), done.stderr

    return run


def test_the_commands_of_a_timer_go_on_after_one_that_fails(run_timed):
    commands = ["empty_bin", "forget_old", "prune_db_task_results"]
    assert run_timed("nightly") == (0, commands, "")
    assert run_timed("nightly", failing="empty_bin") == (1, commands, "empty_bin failed.\n")


def test_no_date_of_publication_waits_for_an_import(run_timed):
    status, commands, _errors = run_timed("schedules")
    assert (status, commands[0], commands[-1]) == (0, "publish_scheduled", "import_wordpress")
    assert run_timed("schedules", worker="") == (0, commands[:-1], ""), (
        "Without a worker the whole import would run there."
    )


def test_every_command_that_can_be_missed_is_started_by_a_timer():
    started = re.findall(r"\bmanage (\w+)", TIMED_COMMANDS.read_text(), re.MULTILINE)
    assert set(TIMED) - set(started) == {"backup"}
    for unit in SYSTEMD.glob("*.timer"):
        service = unit.with_suffix(".service").read_text()
        name = unit.stem.removeprefix("diptych-")
        assert f"timed.sh {name}\n" in service or f"manage.py {name} " in service


def test_all_units_stop_with_the_target():
    units = [*SYSTEMD.glob("*.service"), *SYSTEMD.glob("*.timer")]
    assert units
    for unit in units:
        assert "\nPartOf=diptych.target\n" in unit.read_text(), unit.name
