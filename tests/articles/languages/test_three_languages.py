"""Nothing in the engine counts on two languages."""

import shutil
from pathlib import Path

import pytest

from tests.programs import run_python

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
pytestmark = pytest.mark.hosts

SETTINGS = "tests.articles.languages.trilingual.settings"


@pytest.fixture
def run(tmp_path):
    """Run a module of Python in a project with a third language, in a process of its own."""
    folder = tmp_path / "trilingual_migrations"
    shutil.copytree(ROOT / "articles" / "migrations", folder)

    def run_module(*arguments):
        done = run_python("-m", *arguments, settings=SETTINGS, folders=[tmp_path, "site"])
        assert done.returncode == 0, done.stdout + done.stderr

    return run_module


def test_a_page_lives_in_three_languages(run):
    run("django", "makemigrations", "diptych", "--name", "german")
    scenarios = str(HERE / "trilingual" / "scenarios.py")
    run("pytest", "-q", "-p", "no:cacheprovider", f"--ds={SETTINGS}", scenarios)
