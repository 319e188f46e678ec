"""A host's own page types become multilingual by a mixin, whichever way they declare panels."""

import shutil
from pathlib import Path

import pytest

from tests.programs import run_python
from tests.wagtail_database import copy_wagtail_database

HERE = Path(__file__).parent
ENGINE_HOST = HERE.parent / "enginehost"

pytestmark = pytest.mark.hosts


def run(folder, *arguments, settings="clientsite.settings"):
    """What ``python`` says in a process of its own, with the project in ``folder``."""
    done = run_python(
        *arguments,
        settings=settings,
        folders=[folder, ENGINE_HOST, HERE.parent / "hostproject"],
        HOST_DATABASE=str(folder / "site.sqlite3"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("client")
    shutil.copytree(HERE / "after", folder, dirs_exist_ok=True)
    run(folder, "-m", "django", "makemigrations", "clientsite")
    copy_wagtail_database(folder / "site.sqlite3", "de")
    return folder


def test_pages_are_written_and_served_by_language(project):
    said = run(
        project,
        *("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "--ds=clientsite.settings"),
        *("--reuse-db", "--confcutdir", HERE / "scenarios", "-o", "python_files=scenarios_*.py"),
        HERE / "scenarios",
    )
    assert "passed" in said


WRITTEN_AND_SOUGHT = """
import django
django.setup()
from clientsite.models import AboutPage
from django.test import Client
from wagtail.models import Site
root = Site.objects.get(is_default_site=True).root_page
page = root.add_child(instance=AboutPage(headline_en="About us", introduction_en="A zeppelin."))
page.save_revision()
page.publish_languages(["en"])
print(Client().get("/en/search/", {"q": "zeppelin"}).content.decode())
"""


def test_the_readers_search_of_a_journal_finds_them(tmp_path):
    shutil.copytree(HERE / "after", tmp_path, dirs_exist_ok=True)
    settings = "clientsite.journal_settings"
    run(tmp_path, "-m", "django", "makemigrations", "clientsite", settings=settings)
    copy_wagtail_database(tmp_path / "site.sqlite3")
    run(tmp_path, "-m", "django", "migrate", settings=settings)
    said = run(tmp_path, "-c", WRITTEN_AND_SOUGHT, settings=settings)
    assert 'href="/en/about-us/"' in said
