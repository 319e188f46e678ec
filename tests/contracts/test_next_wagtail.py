"""`make test-next` installs a Wagtail and tests on it."""

import subprocess

import pytest

from tests import next_wagtail


@pytest.fixture
def programs(monkeypatch):
    """What is run, after the interpreter, and with which status the first ends."""

    class Started(list):
        status = 0

    started = Started()

    def run(command, **options):
        started.append(command[1:])
        return subprocess.CompletedProcess(command, started.status if len(started) == 1 else 0)

    monkeypatch.setattr(next_wagtail.subprocess, "run", run)
    return started


def test_pytest_runs_on_the_newest_wagtail(programs):
    assert next_wagtail.main(["-m", "not slow", "tests/contracts"]) == 0
    assert [each[-1] for each in programs] == [
        "wagtail",
        next_wagtail.VERSION,
        "tests/contracts",
    ]
    assert "--pre" in programs[0]
    assert programs[2][:4] == ["-m", "pytest", "-m", "not slow"]


def test_another_wagtail_may_be_named(programs):
    next_wagtail.main(["--wagtail", "wagtail==8.0.1", "-m", "not slow"])
    assert programs[0][-1] == "wagtail==8.0.1"
    assert programs[2] == ["-m", "pytest", "-m", "not slow"]


def test_nothing_is_tested_on_a_wagtail_that_cannot_be_installed(programs, capsys):
    programs.status = 1
    assert next_wagtail.main(["--wagtail", "wagtail==0"]) == 1
    assert len(programs) == 1
    assert "“wagtail==0” cannot be installed" in capsys.readouterr().out
