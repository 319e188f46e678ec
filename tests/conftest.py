"""What every test stands on."""

import os
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed
from hypothesis import HealthCheck, settings

from diptych.articles.interface_texts.catalogues import compile_catalogues
from tests.programs import pause_collector, spare_collector
from tests.tiers import SLOW

ROOT = Path(__file__).resolve().parents[1]

#: Where a file gives all its tests to a slow tier.
MARKED_SLOW = re.compile(rf"^pytestmark = .*\bpytest\.mark\.({'|'.join(SLOW)})\b", re.MULTILINE)

#: No test is judged by how long it takes, which depends on what else the machine does.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

pause_collector()  # until all tests are collected


def pytest_configure():
    """Let the tests read the words of the interface, which Git keeps uncompiled.

    Django may have looked for them already while it started.
    """
    for path in compile_catalogues(ROOT / "locale"):
        translation_file_changed(sender=None, file_path=path)


def pytest_xdist_auto_num_workers(config):
    """A worker for each processor, and one more if there may be browsers, which mostly wait."""
    waits = config.option.markexpr not in ("not slow", "slow and not e2e")
    return (os.cpu_count() or 1) + waits


def pytest_ignore_collect(collection_path, config):
    """Leave out the files of which every test is slow, where those are not asked for."""
    path = collection_path
    if config.option.markexpr != "not slow" or not path.name.startswith("test_"):
        return None
    is_slow = path.parent == ROOT / "tests" / "e2e" or MARKED_SLOW.search(path.read_text("utf-8"))
    return True if is_slow else None


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items):
    """Mark the tests of all slow tiers as slow."""
    for item in items:
        if any(item.get_closest_marker(tier) for tier in SLOW):
            item.add_marker("slow")


def pytest_collection_finish():
    spare_collector()


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
    connection.execute_wrappers.append(recorder)
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


class NotingMonkeyPatch(pytest.MonkeyPatch):
    """Keeps recordings from what follows the first replacement of a part of the code."""

    def setattr(self, target, *args, **kwargs):
        if not getattr(target, "__module__", "").startswith("tests."):  # parts of the tests
            self._note()
        super().setattr(target, *args, **kwargs)

    def delattr(self, *args, **kwargs):
        self._note()
        super().delattr(*args, **kwargs)

    def setitem(self, *args, **kwargs):
        self._note()
        super().setitem(*args, **kwargs)

    def delitem(self, *args, **kwargs):
        self._note()
        super().delitem(*args, **kwargs)

    def _note(self):
        from tests.recorded import recorder

        recorder.is_allowed = False


def pytest_runtest_setup():
    """Let each test begin with recordings, whatever the last one replaced."""
    from tests.recorded import recorder

    recorder.is_allowed = True


@pytest.fixture
def monkeypatch():
    """The fixture of pytest, whose first use keeps recordings from the rest of the test."""
    with NotingMonkeyPatch.context() as patch:
        yield patch


@pytest.fixture
def journal(db):
    """A journal without articles, see :class:`tests.factories.Journal`."""
    from tests.factories import make_journal

    return make_journal()


@pytest.fixture
def admin(client, db):
    """A browser in which an administrator with an English interface is signed in."""
    from tests.factories import sign_in

    sign_in(client)
    return client


@pytest.fixture
def reader():
    """A browser in which nobody is signed in."""
    return Client()


@pytest.fixture
def in_english():
    """Speak English, whatever the language of the site."""
    with translation.override("en"):
        yield


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


@pytest.fixture(autouse=True, scope="session")
def no_pruning_by_chance():
    """Keep the pruning of the log of changes, one change in twenty, out of counted queries."""
    with pytest.MonkeyPatch.context() as patch:  # the same for all recordings
        patch.setattr("diptych.articles.caching.versions.ROWS_BETWEEN_PRUNINGS", float("inf"))
        yield


@pytest.fixture(autouse=True)
def cleared_caches():
    """Start each test without what the last one cached of rows that are gone."""
    from diptych.articles.caching.versions import process_state  # needs the settings

    process_state.reset()
    cache.clear()
