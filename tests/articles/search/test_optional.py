"""A journal without the search for readers, and the check for its extra."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import translation

from articles.search.apps import check_stemmer

ROOT = Path(__file__).resolve().parents[3]

VISIT = """
import sys
sys.modules["snowballstemmer"] = None  # as if it were not installed
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests import factories
call_command("migrate", verbosity=0)
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
call_command("check", fail_level="WARNING")
assert not [name for name in connection.introspection.table_names() if "diptych_search" in name]
journal = factories.make_journal()
author, topic = factories.make_author(journal), factories.make_topic(journal)
article = factories.make_article(journal, authors=[author], topics=[topic])
browser = Client(HTTP_HOST="testserver")
for language in ("fr", "en"):
    pages = [page.url_in(language) for page in (article, author, topic)]
    for address in (f"/{language}/", *pages):
        answer = browser.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        page = answer.content.decode()
        assert 'class="header' in page
        assert 'rel="search"' not in page, address
        assert "SearchAction" not in page, address
    for address in (f"/{language}/nowhere/", f"/{language}/search/?q=a",
                    f"/{language}/search/suggestions/?q=a"):
        answer = browser.get(address)
        assert answer.status_code == 404, (address, answer.status_code)
        assert 'class="header' in answer.content.decode()
sitemap = browser.get("/sitemap.xml")
assert sitemap.status_code == 200
assert article.url_in("fr") in sitemap.content.decode()
assert browser.get("/robots.txt").status_code == 200
english = article.url_in("en")
article.unpublish_languages(["en"])
assert browser.get(english).status_code in (302, 404)
browser.force_login(factories.make_user("admin"))
assert browser.get(reverse("wagtailadmin_home")).status_code == 200
assert browser.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).status_code == 200
article.delete()
assert not [name for name in sys.modules if name.startswith("articles.search")]
"""

CHECK = """
import sys
sys.modules["snowballstemmer"] = None
from django.conf import settings
from django.core.management import execute_from_command_line
settings.LANGUAGE_CODE = "en"
execute_from_command_line(["manage.py", "check"])
"""

MISSING = "articles.search needs snowballstemmer: install wagtail-diptych[search]."


def run(program, settings, folder):
    """Run a program of Python with the given settings and a database in a folder."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "DIPTYCH_TEST_DATABASE": str(folder / "site"),
        "PYTHONPATH": os.pathsep.join(map(str, [ROOT, ROOT / "site"])),
    }
    environment.pop("DIPTYCH_TEST_DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


@pytest.mark.hosts
def test_a_journal_without_the_search(tmp_path):
    visit = run(VISIT, "tests.articles.search.settings_without", tmp_path)

    assert visit.returncode == 0, visit.stderr


@pytest.mark.hosts
def test_the_command_names_the_missing_extra(tmp_path):
    check = run(CHECK, "config.settings.test", tmp_path)

    assert check.returncode == 1
    assert "(diptych_search.E001) " in check.stderr
    assert "wagtail-diptych[search]" in check.stderr


def test_a_missing_extra_is_named(monkeypatch):
    assert check_stemmer(None) == []
    monkeypatch.setitem(sys.modules, "snowballstemmer", None)

    with translation.override("en"):
        (problem,) = check_stemmer(None)

    assert problem.msg == MISSING
