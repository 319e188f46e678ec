"""Caches that store django-allauth's counts in the database, shared by all processes.

django-allauth counts wrong codes, and remembers used ones, in the cache ``default``, which is the
memory of one process, or a Redis that may be unavailable.
"""

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache

from operations.redis_cache import CircuitBreakerRedisCache

#: The cache in ``CACHES`` whose table is that of ``FactorRecord``.
ALIAS = "second_factor"
#: How the keys of django-allauth begin.
PREFIX = "allauth"


def _by_key(name):
    """The method ``name`` of a cache: that of the database for keys of django-allauth."""

    def method(self, key, *args, **kwargs):
        is_counted = str(key).startswith(PREFIX)
        cache = caches[ALIAS] if is_counted else super(CountsInDatabase, self)
        return getattr(cache, name)(key, *args, **kwargs)

    return method


class CountsInDatabase:
    """A cache that leaves the keys of django-allauth to the cache in the database."""

    add = _by_key("add")
    get = _by_key("get")
    set = _by_key("set")
    delete = _by_key("delete")
    incr = _by_key("incr")
    touch = _by_key("touch")
    has_key = _by_key("has_key")


class ProcessCache(CountsInDatabase, LocMemCache):
    """The cache of a site without Redis."""


class RedisCache(CountsInDatabase, CircuitBreakerRedisCache):
    """The cache of a site with Redis."""
