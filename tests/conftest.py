"""What every test stands on."""

import gc
import os
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

from articles.catalogues import compile_catalogues

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure():
    """Let the tests read the words of the interface, which Git keeps uncompiled.

    Django may have looked for them already while it started.
    """
    for path in compile_catalogues(ROOT / "locale"):
        translation_file_changed(sender=None, file_path=path)


def pytest_xdist_auto_num_workers():
    """One worker more than there are processors, as tests in a browser mostly wait."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish():
    """Spare Python's collector what stays until the end: a sixth of the time of a test run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A test database in which the journal stands that nearly every test needs."""
    from tests.factories import make_journal  # needs the applications

    with django_db_blocker.unblock():
        make_journal()


@pytest.fixture
def empty_tree(db):
    """A database without the journal, as a new project has it."""
    from tests.factories import clear_journal

    clear_journal()


@pytest.fixture(autouse=True)
def language_of_the_site():
    """Start each test in the site's language, whichever one the last left active."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def forgotten_caches():
    """Start each test without what the last one cached of rows that are gone."""
    cache.clear()
