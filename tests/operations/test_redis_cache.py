"""The cache on Redis: what it does while Redis fails, and what it makes up for afterwards."""

import logging

import pytest

redis = pytest.importorskip("redis")

from operations.redis_cache import MOST_DELETIONS, PAUSE, CircuitBreakerRedisCache  # noqa: E402


class Client:
    """Stands in for the client of Redis: a dictionary that may fail."""

    def __init__(self):
        self.values = {}
        self.fails = False
        self.calls = 0

    def _answer(self, value=None):
        self.calls += 1
        if self.fails:
            raise redis.exceptions.TimeoutError
        return value

    def get(self, key, default):
        return self._answer(self.values.get(key, default))

    def set(self, key, value, timeout):
        self._answer()
        self.values[key] = value

    def add(self, key, value, timeout):
        return self._answer(self.values.setdefault(key, value) is value)

    def delete_many(self, keys):
        self._answer()
        for key in keys:
            self.values.pop(key, None)

    def delete(self, key):
        self.delete_many([key])

    def clear(self):
        self._answer()
        self.values.clear()


class Clock:
    now = 1000.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr("operations.redis_cache.time", clock)
    return clock


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def make_cache(monkeypatch, client, clock):
    """A cache as each thread makes one; all of them have the same client."""
    monkeypatch.setattr(CircuitBreakerRedisCache, "breakers", {})

    def make():
        made = CircuitBreakerRedisCache("redis://desk:secret@cache.example:6379/1", {})
        made._cache = client
        return made

    return make


@pytest.fixture
def cache(make_cache):
    return make_cache()


def test_values_are_kept(cache):
    cache.set("menu", "home")
    assert cache.get("menu") == "home"


def test_nothing_is_found_and_all_can_be_added_while_redis_fails(cache, client):
    cache.set("menu", "home")
    client.fails = True
    assert cache.get("menu", "default") == "default"
    assert cache.add("menu", "other") is True
    assert cache.get_many(["menu"]) == {}
    assert cache.set_many({"menu": "other"}) == []
    assert not cache.has_key("menu")
    with pytest.raises(ValueError, match="menu"):
        cache.incr("menu")


def test_after_a_failure_no_thread_waits_again(make_cache, client):
    client.fails = True
    make_cache().get("menu")
    make_cache().get("menu")
    make_cache().set("menu", "home")
    assert client.calls == 1


def test_after_a_pause_one_thread_tries(cache, make_cache, client, clock):
    client.fails = True
    cache.get("menu")
    clock.now += PAUSE + 1
    cache.get("menu")
    make_cache().get("menu")
    assert client.calls == 2


def test_it_is_used_again_when_it_answers(cache, make_cache, client, clock):
    cache.set("menu", "home")
    client.fails = True
    cache.get("menu")
    client.fails = False
    assert cache.get("menu") is None
    clock.now += PAUSE + 1
    assert cache.get("menu") == make_cache().get("menu") == "home"


def test_missed_deletions_are_made_up_for(cache, client, clock):
    cache.set("menu", "outdated")
    cache.set("footer", "outdated")
    cache.set("topic", "current")
    client.fails = True
    cache.delete("menu")
    cache.delete_many(name for name in ["footer"])
    client.fails = False
    clock.now += PAUSE + 1
    assert cache.get("menu") is None
    assert cache.get("footer") is None
    assert cache.get("topic") == "current"


def test_deletions_may_be_given_as_an_iterator(cache, client):
    cache.set("menu", "Articles")
    cache.delete_many(iter(["menu"]))
    assert cache.get("menu") is None


def test_missed_deletions_wait_for_the_next_time_when_redis_fails_again(cache, client, clock):
    cache.set("menu", "outdated")
    client.fails = True
    cache.delete("menu")
    clock.now += PAUSE + 1
    cache.get("menu")
    client.fails = False
    clock.now += PAUSE + 1
    assert cache.get("menu") is None


@pytest.mark.parametrize(
    "change",
    [
        lambda cache: cache.clear(),
        lambda cache: cache.delete_many([str(number) for number in range(MOST_DELETIONS + 1)]),
    ],
)
def test_a_missed_clearing_clears_all(cache, client, clock, change):
    cache.set("menu", "outdated")
    client.fails = True
    change(cache)
    client.fails = False
    clock.now += PAUSE + 1
    assert cache.get("menu") is None


def test_the_log_says_it_once_and_no_password(cache, client, clock, caplog):
    caplog.set_level(logging.WARNING)
    client.fails = True
    for _attempt in range(3):
        cache.get("menu")
        clock.now += PAUSE + 1
    client.fails = False
    cache.get("menu")
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert "cache.example:6379/1" in caplog.text
    assert "secret" not in caplog.text
