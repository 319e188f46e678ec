"""A cache on Redis without which the site works as well: it never waits long for it."""

import logging
import threading
import time
from functools import wraps
from urllib.parse import urlsplit

from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

#: How long a connection or an answer may take, in seconds.
TIMEOUT = 0.25
#: How long Redis is not asked again after a failure, in seconds.
PAUSE = 10
#: The most keys whose deletion is made up for one by one; beyond, the cache is cleared.
MOST_DELETIONS = 1_000


class CircuitBreaker:
    """The state of one Redis, shared by all threads: whether it is used, missed deletions.

    Deletions that Redis missed are repeated later, so that it does not return outdated values.
    """

    def __init__(self, name):
        self.name = name
        self.lock = threading.Lock()
        self.open_until = None
        self.missed_deletions = set()
        self.missed_clear = False

    def allows(self):
        """Whether Redis may be asked now; after a pause, one thread is allowed to try."""
        if self.open_until is None:
            return True
        with self.lock:
            now = time.monotonic()
            if self.open_until is None or now < self.open_until:
                return self.open_until is None
            self.open_until = now + PAUSE
            return True

    def record_failure(self, error):
        """Ask Redis no more for a while."""
        with self.lock:
            was_closed, self.open_until = self.open_until is None, time.monotonic() + PAUSE
        if was_closed:
            logger.warning("Redis at %s does not answer (%s): it is not used.", self.name, error)

    def record_success(self):
        """Use Redis again."""
        with self.lock:
            was_open, self.open_until = self.open_until is not None, None
        if was_open:
            logger.warning("Redis at %s answers again.", self.name)

    def record_missed(self, keys):
        """Keep the deletion of ``keys`` for later; of all keys if that is ``None``."""
        with self.lock:
            if keys is not None:
                self.missed_deletions.update(keys)
            if keys is None or len(self.missed_deletions) > MOST_DELETIONS:
                self.missed_clear = True
                self.missed_deletions.clear()

    def take_missed(self):
        """``(keys to delete, whether to clear)``, which are forgotten here."""
        with self.lock:
            missed = self.missed_deletions, self.missed_clear
            self.missed_deletions, self.missed_clear = set(), False
        return missed


def _guarded(name):
    """The method ``name`` of a cache: Redis's own, or that of a dummy while Redis is away."""
    on_redis, on_dummy = getattr(RedisCache, name), getattr(DummyCache, name)

    @wraps(on_redis)
    def method(self, *args, **kwargs):
        if self.breaker.allows():
            try:
                self._make_up_for_deletions()
                result = on_redis(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                self.breaker.record_failure(error)
            else:
                self.breaker.record_success()
                return result
        if name in ("delete", "delete_many", "clear"):
            self.breaker.record_missed(self._keys_to_delete(name, *args, **kwargs))
        return on_dummy(self.dummy, *args, **kwargs)

    return method


class CircuitBreakerRedisCache(RedisCache):
    """Django's cache on Redis, which becomes a dummy cache while Redis fails or is slow.

    A call waits at most :data:`TIMEOUT` seconds for each step; after a failure no thread of the
    process waits again for :data:`PAUSE` seconds. Like a dummy cache it then finds nothing, and
    `add` succeeds.
    """

    breakers = {}

    def __init__(self, server, params):
        options = {
            "socket_connect_timeout": TIMEOUT,
            "socket_timeout": TIMEOUT,
            **params.get("OPTIONS", {}),
        }
        super().__init__(server, {**params, "OPTIONS": options})
        self.dummy = DummyCache("", params)
        address = urlsplit(self._servers[0])
        name = f"{address.hostname or address.path}:{address.port or ''}{address.path}"
        # Each thread has its own cache; they share the state.
        self.breaker = self.breakers.setdefault(
            (*self._servers, self.key_prefix), CircuitBreaker(name)
        )

    add = _guarded("add")
    get = _guarded("get")
    set = _guarded("set")
    touch = _guarded("touch")
    delete = _guarded("delete")
    get_many = _guarded("get_many")
    set_many = _guarded("set_many")
    has_key = _guarded("has_key")
    incr = _guarded("incr")
    clear = _guarded("clear")
    _delete_many = _guarded("delete_many")

    def delete_many(self, keys, version=None):
        """As Django's; ``keys`` may be an iterator, of which Redis and a later attempt need all."""
        return self._delete_many(list(keys), version)

    def _keys_to_delete(self, name, keys=None, version=None):
        """The whole keys that a call of the deleting method ``name`` concerns; `None` for all."""
        if name == "clear":
            return None
        return [self.make_key(key, version) for key in ([keys] if name == "delete" else keys)]

    def _make_up_for_deletions(self):
        if not (self.breaker.missed_deletions or self.breaker.missed_clear):
            return
        keys, clear = self.breaker.take_missed()
        try:
            if clear:
                self._cache.clear()
            elif keys:
                self._cache.delete_many(keys)
        except (RedisError, OSError):
            self.breaker.record_missed(None if clear else keys)
            raise
