"""Pages are answered whatever becomes of the store, and the log says it once."""

import pickle
import threading
import time

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from articles.caching import entries, middleware, storage
from articles.caching.backends import PagesOnDisk
from articles.caching.entries import from_bytes, to_bytes

pytestmark = pytest.mark.usefixtures("committed")


def kept_keys():
    return list(caches["pages"]._cache)


def test_another_process_finds_the_page_on_disk(article, ask, rendered, pages_on_disk):
    first = ask(article.url_in("fr"))
    storage.memory.clear()
    assert ask(article.url_in("fr")).content == first.content
    assert rendered() == 1


@pytest.mark.parametrize("left", [-9, 0, 5, 40])
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
    backend = "articles.caching.backends.PagesOnDisk"
    location = str(tmp_path / "file" / "pages")
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": backend, "LOCATION": location}}
    assert ask(article.url_in("fr")).status_code == 200
    assert ask(article.url_in("fr")).status_code == 200
    assert caplog.text.count("The cache of pages fails") == 1


def test_full_disk(article, ask, pages_on_disk, monkeypatch, caplog):
    def fail(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(PagesOnDisk, "set", fail)
    assert ask(article.url_in("fr")).status_code == 200
    assert "No space left" in caplog.text


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


def test_one_rendering_for_many_readers(article, rendered, pages_on_disk):
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
