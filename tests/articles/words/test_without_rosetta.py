"""A project that installs the plugin and not rosetta has no such screen, and works."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.hosts

VISIT = """
import sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("check")
from django.contrib.auth import get_user_model
from django.test import Client
get_user_model().objects.create_superuser("admin", "a@example.org", "password")
browser = Client()
assert browser.login(username="admin", password="password")
home = browser.get("/admin/")
assert home.status_code == 200, home.status_code
assert b"diptych/words" not in home.content
assert b"diptych/topics" in home.content
assert browser.get("/admin/diptych/words/", follow=True).status_code == 404
assert not any(name.split(".")[0] == "rosetta" for name in sys.modules)
"""


def test_a_host_without_rosetta(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "hostproject.settings",
        "HOST_DATABASE": str(tmp_path / "host.sqlite3"),
        "HOST_MEDIA": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "hostproject")]),
    }

    visit = subprocess.run(
        [sys.executable, "-c", VISIT],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )

    assert visit.returncode == 0, visit.stderr
