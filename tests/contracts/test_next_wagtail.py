"""`make test-next` tells a Wagtail that is new from those that the other tests run on."""

import subprocess
from importlib.metadata import version

import pytest

from tests import next_wagtail


def test_the_installed_wagtail_is_not_new():
    assert not next_wagtail.is_newer(version("wagtail"))


@pytest.mark.parametrize("newer", ["8.1rc1", "8.1", "9.0a1"])
def test_a_later_release_or_pre_release_is_new(newer, monkeypatch):
    monkeypatch.setattr(next_wagtail, "allowed", lambda: next_wagtail.SpecifierSet(">=8.0,<8.1"))
    assert next_wagtail.is_newer(newer)


@pytest.mark.parametrize(
    ("returncode", "status", "sentence"),
    [(0, 0, "There is no Wagtail newer than"), (1, 1, "cannot be installed")],
)
def test_what_cannot_be_tried_is_said(monkeypatch, capsys, returncode, status, sentence):
    monkeypatch.setattr(
        next_wagtail.subprocess,
        "run",
        lambda command, **options: subprocess.CompletedProcess(command, returncode),
    )
    assert next_wagtail.main([]) == status
    assert sentence in capsys.readouterr().out
