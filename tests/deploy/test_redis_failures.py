"""A Redis that is stopped, hangs or forgets everything keeps no page from its readers."""

import os
import signal
import time

import pytest

from tests.deploy.desk import Desk
from tests.servers import (
    fetch,
    free_port,
    need_servers,
    production_environment,
    running_redis,
    running_site,
    seed_site,
)

pytestmark = pytest.mark.servers

#: One page of each kind, feeds and sitemaps.
PATHS = (
    "/fr/",
    "/en/stories/",
    "/en/stories/story-one/",
    "/fr/thematiques/oceans/",
    "/fr/auteurs/lea-rochat/",
    "/en/feed/",
    "/sitemap.xml",
    "/robots.txt",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    need_servers("redis-server")
    pytest.importorskip("redis")
    folder = tmp_path_factory.mktemp("site")
    seed_site(production_environment(folder))
    return folder


@pytest.fixture
def redis_port():
    return free_port()


@pytest.fixture
def site(folder, redis_port):
    """The port of a site that keeps its cache on the Redis at ``redis_port``."""
    environment = production_environment(folder, REDIS_URL=f"redis://127.0.0.1:{redis_port}/0")
    port = free_port()
    with running_site(folder, environment, port):
        yield port


def ask_for_all(port):
    """Ask for every page; returns the seconds that the slowest took."""
    times = []
    for path in PATHS:
        start = time.monotonic()
        answer = fetch(port, path)
        times.append(time.monotonic() - start)
        assert answer.status == 200, path
    return max(times)


def usual_time(port):
    """The seconds that the slowest page takes while Redis answers."""
    ask_for_all(port)  # compiles templates
    return ask_for_all(port)


def test_pages_are_served_while_redis_hangs(folder, redis_port, site):
    with running_redis(folder, redis_port) as redis:
        usual = usual_time(site)
        os.kill(redis.pid, signal.SIGSTOP)
        assert ask_for_all(site) < usual + 1


def test_editors_stay_signed_in_while_redis_hangs(folder, redis_port, site):
    with running_redis(folder, redis_port) as redis:
        desk = Desk(site)
        screens = ("/admin/", "/admin/pages/")
        usual = max(seconds_for(desk, screen) for screen in screens * 2)
        os.kill(redis.pid, signal.SIGSTOP)
        assert max(seconds_for(desk, screen) for screen in screens) < usual + 1


def seconds_for(desk, screen):
    start = time.monotonic()
    answer = desk.get(screen)
    assert (answer.status_code, answer.history) == (200, []), screen
    return time.monotonic() - start


def test_pages_are_served_when_redis_stops(folder, redis_port, site):
    with running_redis(folder, redis_port):
        usual = usual_time(site)
    assert ask_for_all(site) < usual + 1


def test_pages_are_served_by_a_site_that_starts_without_redis(site):
    ask_for_all(site)


def test_pages_are_served_when_redis_has_been_emptied(folder, redis_port, site):
    import redis

    with running_redis(folder, redis_port):
        usual = usual_time(site)
        client = redis.Redis(port=redis_port)
        assert client.dbsize()
        client.flushall()
        # Pages are in the memory of the process, too, and need not be written again.
        assert ask_for_all(site) < usual + 1
