"""What every test stands on."""

import gc
import os
from inspect import signature
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from hypothesis import HealthCheck, settings

from articles.interface_texts.catalogues import compile_catalogues
from tests.tiers import SLOW

ROOT = Path(__file__).resolve().parents[1]

#: No test is judged by how long it takes, which depends on what else the machine does.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure():
    """Let the tests read the words of the interface, which Git keeps uncompiled.

    Django may have looked for them already while it started.
    """
    for path in compile_catalogues(ROOT / "locale"):
        translation_file_changed(sender=None, file_path=path)


def pytest_xdist_auto_num_workers(config):
    """A worker for each processor, and one more if there may be browsers, which mostly wait."""
    waits = config.option.markexpr != "not slow"
    return (os.cpu_count() or 1) + waits


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items):
    """Mark the tests of all slow tiers as slow."""
    for item in items:
        if any(item.get_closest_marker(tier) for tier in SLOW):
            item.add_marker("slow")


def pytest_collection_finish():
    """Spare Python's collector what stays until the end: a sixth of the time of a test run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, django_db_modify_db_settings, django_db_blocker):
    """Let a new file of SQLite begin as a copy of one that is migrated."""
    from django.db import connection

    from tests.migrated import copy_migrated  # needs the applications

    if django_db_keepdb or connection.vendor != "sqlite":
        return django_db_keepdb
    name = connection.creation._get_test_db_name()
    if connection.creation.is_in_memory_db(name):
        return django_db_keepdb
    with django_db_blocker.unblock():
        copy_migrated(name)
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_keepdb, django_db_createdb, django_db_blocker
):
    """A test database in which the journal stands that nearly every test needs.

    pytest-django's own fixture makes one only if a chosen test has a fixture or marker of its own.
    """
    from django.db import connection

    from tests.factories import make_journal  # needs the applications
    from tests.recorded import recorder

    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0,
            interactive=False,
            keepdb=django_db_keepdb and not django_db_createdb,
            serialized_aliases=(),
        )
        make_journal()
    if connection.vendor == "sqlite":
        connection.execute_wrappers.append(recorder)
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


def pytest_runtest_setup(item):
    """Keep recordings from tests that replace parts of the code."""
    from tests.recorded import recorder

    recorder.is_allowed = "monkeypatch" not in signature(item.function).parameters


def pytest_fixture_setup(fixturedef):
    """Keep recordings from what follows a fixture of ours that replaces parts of the code."""
    from tests.recorded import recorder

    if fixturedef.baseid and "monkeypatch" in fixturedef.argnames:
        recorder.is_allowed = False


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
def cleared_caches():
    """Start each test without what the last one cached of rows that are gone."""
    from articles.caching.versions import process  # needs the settings

    process.start_anew()
    cache.clear()
