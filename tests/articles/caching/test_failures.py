"""Pages are answered whatever becomes of the store, and the log says it once."""

import pickle
import sqlite3
import threading
import time
from contextlib import ExitStack, closing, contextmanager

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client

from diptych.articles.caching import entries, middleware, storage, versions
from diptych.articles.caching.backends import PagesOnDisk
from diptych.articles.caching.entries import from_bytes, to_bytes
from tests.tiers import one_of

pytestmark = pytest.mark.usefixtures("committed")


def kept_keys():
    return list(caches["pages"]._cache)


def test_another_process_finds_the_page_on_disk(article, ask, rendered, pages_on_disk):
    first = ask(article.url_in("fr"))
    storage.memory.clear()
    assert ask(article.url_in("fr")).content == first.content
    assert rendered() == 1


@pytest.mark.parametrize("left", one_of([-9, 0, 5, 40], "odd"))
def test_entry_in_part_is_not_used(article, ask, rendered, pages_on_disk, left):
    first = ask(article.url_in("fr"))
    key = next(key for key in kept_keys() if not key.endswith("lock"))
    caches["pages"]._cache[key] = caches["pages"]._cache[key][:left]
    storage.memory.clear()
    assert ask(article.url_in("fr")).content == first.content
    assert rendered() == 2


def test_pickle_of_somebody_else_is_not_loaded(pages_on_disk):
    class Harmful:
        def __reduce__(self):
            return pytest.fail, ("It was unpickled.",)

    disk = caches["pages"]._cache._shards[0]
    with disk.transact() as _transaction:
        disk.set("key", pickle.loads(pickle.dumps({"a": 1})))
    with disk._transact() as (sql, _cleanup):
        sql("UPDATE Cache SET value = ?", (pickle.dumps(Harmful()),))
    assert disk.get("key") is None


def damage(folder):
    for path in folder.rglob("cache.db*"):
        path.write_bytes(b"no database at all" * 500)


def test_damaged_store_is_left_alone(article, ask, pages_on_disk, caplog):
    url = article.url_in("fr")
    first = ask(url)
    caches["pages"].close()
    damage(pages_on_disk)
    for _each in range(3):
        storage.memory.clear()
        storage.store.closed_until = 0
        assert ask(url).content == first.content
    assert caplog.text.count("The cache of pages fails") == 1


def test_store_that_cannot_be_made(article, ask, settings, tmp_path, caplog):
    (tmp_path / "file").write_text("This is no folder.")
    backend = "diptych.articles.caching.backends.PagesOnDisk"
    location = str(tmp_path / "file" / "pages")
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": backend, "LOCATION": location}}
    assert ask(article.url_in("fr")).status_code == 200
    assert ask(article.url_in("fr")).status_code == 200
    assert caplog.text.count("The cache of pages fails") == 1


def test_full_disk(article, ask, pages_on_disk, monkeypatch, caplog):
    def fail(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(PagesOnDisk, "set", fail)
    for code in ("fr", "en", "fr"):
        storage.memory.clear()
        storage.store.closed_until = 0
        assert ask(article.url_in(code)).status_code == 200
    assert caplog.text.count("No space left") == 1
    assert "works again" not in caplog.text


@contextmanager
def somebody_writing(folder, seconds):
    """Another process that hangs for ``seconds`` while it writes into the store."""
    with ExitStack() as stack:
        for path in folder.rglob("cache.db"):
            other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            stack.enter_context(closing(other))
            other.execute("BEGIN IMMEDIATE")
            timer = threading.Timer(seconds, other.rollback)
            stack.callback(timer.cancel)
            timer.start()
        yield


def test_nobody_waits_for_a_process_that_hangs_while_it_writes(article, ask, pages_on_disk, caplog):
    ask(article.url_in("en"))
    with somebody_writing(pages_on_disk, 15):
        started = time.monotonic()
        assert ask(article.url_in("fr")).status_code == 200
        assert ask(article.url_in("en")).status_code == 200
        assert time.monotonic() - started < 10
    assert caplog.text.count("The cache of pages fails") == 1


def test_emptied_store(article, ask, pages_on_disk):
    first = ask(article.url_in("fr"))
    caches["pages"].clear()
    storage.memory.clear()
    assert ask(article.url_in("fr")).content == first.content


def test_clock_set_back(article, ask, rendered, monkeypatch):
    ask(article.url_in("fr"))
    now = time.time
    monkeypatch.setattr(entries.time, "time", lambda: now() - 3600)
    ask(article.url_in("fr"))
    assert rendered() == 2
    ask(article.url_in("fr"))
    assert rendered() == 0


def test_page_is_not_kept_for_ever(article, ask, rendered, monkeypatch):
    ask(article.url_in("fr"))
    now = time.time
    monkeypatch.setattr(entries.time, "time", lambda: now() + 3601)
    ask(article.url_in("fr"))
    assert rendered() == 2


def test_deployments_do_not_see_one_another(article, ask, rendered, pages_on_disk, settings):
    ask(article.url_in("fr"))
    storage.memory.clear()
    settings.DIPTYCH_PAGES_NAMESPACE = "another"
    storage.namespace.cache_clear()
    ask(article.url_in("fr"))
    assert rendered() == 2
    storage.namespace.cache_clear()


def test_page_that_another_kept_before_this_one_had_the_lock(
    article, ask, rendered, pages_on_disk, monkeypatch
):
    url, lock, asked = article.url_in("fr"), storage.Store.lock, []

    def lock_late(*arguments):
        if not asked:
            asked.append(url)
            ask(url)
        return lock(*arguments)

    monkeypatch.setattr(storage.Store, "lock", lock_late)
    assert ask(url).status_code == 200
    assert rendered() == 1


def test_one_rendering_for_many_readers(article, rendered, pages_on_disk, monkeypatch):
    monkeypatch.setattr(middleware, "LONGEST_WAIT", 60)
    monkeypatch.setattr(middleware, "LOCK_LIFE", 60)
    url, answers = article.url_in("fr"), []
    together = threading.Barrier(6)

    def read():
        together.wait()
        answers.append(Client().get(url).content)
        connection.close()

    threads = [threading.Thread(target=read) for _each in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rendered() == 1
    assert (len(answers), len(set(answers))) == (6, 1)


def test_nobody_waits_for_ever_for_another_process(article, ask, pages_on_disk, monkeypatch):
    monkeypatch.setattr(middleware, "LONGEST_WAIT", 0.2)
    monkeypatch.setattr(storage.Store, "lock", lambda *_arguments: False)
    monkeypatch.setattr(storage.Store, "is_locked", lambda *_arguments: True)
    started = time.monotonic()
    assert ask(article.url_in("fr")).status_code == 200
    assert time.monotonic() - started > 0.2


def test_nobody_waits_for_a_request_that_failed_while_it_waited(article, monkeypatch):
    def fail(*_arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(middleware, "LONGEST_WAIT", 20)
    reader = Client(raise_request_exception=False)
    with monkeypatch.context() as patched:
        patched.setattr(storage.Store, "lock", fail)
        assert reader.get(article.url_in("fr")).status_code == 500
    started = time.monotonic()
    assert reader.get(article.url_in("fr")).status_code == 200
    assert time.monotonic() - started < 20


def test_page_of_another_process_is_waited_for(article, ask, rendered, pages_on_disk, monkeypatch):
    url = article.url_in("fr")
    first = ask(url)
    key, entry = storage.memory.entries.popitem()
    caches["pages"].clear()
    monkeypatch.setattr(storage.Store, "lock", lambda *_arguments: False)
    monkeypatch.setattr(storage.Store, "is_locked", lambda *_arguments: True)
    timer = threading.Timer(0.2, storage.store.set, (key, entry))
    timer.start()
    assert ask(url).content == first.content
    assert rendered() == 1
    timer.join()


def test_entry_survives_its_bytes(article, ask):
    ask(article.url_in("fr"))
    (entry,) = storage.memory.entries.values()
    again = from_bytes(to_bytes(entry))
    again.log, again.counted = entry.log, entry.counted
    assert again == entry


def unanswered(execute, sql, params, many, context):
    raise OperationalError("server closed the connection unexpectedly")


@pytest.fixture
def fresh_process():
    versions.process_state.reset()
    yield
    versions.process_state.reset()


def status_without_database(path):
    return Client(raise_request_exception=False).get(path).status_code


def test_without_a_database_kept_pages_are_sent_and_others_are_not(article, ask, fresh_process):
    first = ask(article.url_in("fr"))
    with connection.execute_wrapper(unanswered):
        for _time in range(3):
            assert ask(article.url_in("fr")).content == first.content
        assert status_without_database(article.url_in("en")) >= 500
    versions.process_state.paused_until = 0
    assert ask(article.url_in("en")).status_code == 200


def test_the_database_is_not_asked_again_at_once(article, ask, fresh_process):
    asked = []

    def count(execute, sql, *arguments):
        asked.append(sql)
        raise OperationalError("timeout expired")

    ask(article.url_in("fr"))
    with connection.execute_wrapper(count):
        for _time in range(5):
            ask(article.url_in("fr"))
    assert len(asked) == 2


def test_a_process_that_never_asked_the_database_sends_nothing(article, ask, fresh_process):
    ask(article.url_in("fr"))
    versions.process_state.reset()
    with connection.execute_wrapper(unanswered):
        assert status_without_database(article.url_in("fr")) >= 500


def test_after_an_hour_without_a_database_nothing_is_sent(article, ask, fresh_process):
    ask(article.url_in("fr"))
    versions.process_state.asked_at -= versions.longest_life()
    with connection.execute_wrapper(unanswered):
        assert status_without_database(article.url_in("fr")) >= 500
