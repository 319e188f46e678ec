"""Rows and page types of a project, as docs/extending.md shows them, in a project of their own."""

import shutil
from pathlib import Path

import pytest

from tests.extending.guide import write_files
from tests.programs import run_python

HERE = Path(__file__).parent
SETTINGS = """
from hostproject.settings import *

INSTALLED_APPS.insert(INSTALLED_APPS.index("diptych.themes"), "myapp")
MIDDLEWARE.insert(0, "diptych.articles.caching.middleware.PageCacheMiddleware")
"""

pytestmark = pytest.mark.hosts


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    write_files(folder)
    (folder / "myapp" / "__init__.py").touch()
    (folder / "project_settings.py").write_text(SETTINGS)
    shutil.copytree(HERE / "scenarios", folder / "scenarios")
    made = run(folder, "django", "makemigrations", "myapp")
    assert "Create model ReviewPage" in made
    return folder


def run(folder, *arguments):
    """What a module of Python prints with the settings of the project."""
    done = run_python(
        "-m",
        *arguments,
        settings="project_settings",
        folders=[folder, "tests/hostproject"],
        cwd=folder,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_rows_and_page_types_are_written_published_and_served(project):
    said = run(
        project,
        *("pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "--ds=project_settings"),
        *("--import-mode=importlib", "-o", "python_files=scenarios_*.py", "scenarios"),
    )
    assert "passed" in said


def test_no_migration_is_left_and_check_is_silent(project):
    assert "No changes" in run(project, "django", "makemigrations", "--check", "--dry-run")
    assert "no issues" in run(project, "django", "check")
