"""A site works without this application, and is told of an extra that is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import translation

from articles.interface_texts.checks import check_polib

ROOT = Path(__file__).resolve().parents[3]

VISIT = """
import sys
sys.modules["polib"] = None  # as if it were not installed
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.test import Client
from tests import factories
from tests.migrated import copy_migrated
copy_migrated(connection.settings_dict["NAME"])
call_command("migrate", verbosity=0)
call_command("check", fail_level="WARNING")
journal = factories.make_journal()
factories.make_article(journal)
browser = Client(HTTP_HOST="testserver")
for address in ("/fr/", "/en/", "/en/stories/the-lake-freezes/"):
    assert browser.get(address).status_code == 200, address
browser.force_login(factories.make_user("admin"))
home = browser.get("/admin/")
assert home.status_code == 200, home.status_code
assert b"diptych/site-texts" not in home.content
assert b"diptych/topics" in home.content
assert browser.get("/admin/diptych/site-texts/", follow=True).status_code == 404
assert not [name for name in sys.modules if name.startswith("articles.interface_texts")]
"""

CHECK = """
import sys
sys.modules["polib"] = None
from django.conf import settings
from django.core.management import execute_from_command_line
settings.LANGUAGE_CODE = "en"
execute_from_command_line(["manage.py", "check"])
"""

MISSING = "articles.interface_texts needs polib: install wagtail-diptych[interface-texts]."


def run(program, settings, folder):
    """Run a program of Python with the given settings and a database in a folder."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "DIPTYCH_TEST_DATABASE": str(folder / "site"),
        "PYTHONPATH": os.pathsep.join(map(str, [ROOT, ROOT / "site"])),
    }
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


@pytest.mark.hosts
def test_a_site_without_the_site_texts(tmp_path):
    visit = run(VISIT, "tests.articles.interface_texts.settings_without", tmp_path)

    assert visit.returncode == 0, visit.stderr


@pytest.mark.hosts
def test_the_command_names_the_missing_extra(tmp_path):
    check = run(CHECK, "config.settings.test", tmp_path)

    assert check.returncode == 1
    assert f"(diptych_interface_texts.E001) {MISSING}" in check.stderr


def test_a_missing_extra_is_named(monkeypatch):
    assert check_polib(None) == []
    monkeypatch.setitem(sys.modules, "polib", None)

    with translation.override("en"):
        (problem,) = check_polib(None)

    assert problem.msg == MISSING
