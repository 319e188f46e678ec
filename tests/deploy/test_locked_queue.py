"""A change is stored and told to all, although the table of the queue of tasks is locked."""

import time
from contextlib import contextmanager

import pytest

from tests.deploy.desk import Desk
from tests.deploy.origin import running_origin
from tests.postgresql import need_postgresql, running_postgresql
from tests.servers import (
    checked_python,
    fetch,
    free_port,
    production_environment,
    running_site,
    seed_site,
)

pytestmark = pytest.mark.servers

PUBLISHED = "/en/stories/quiet-lake/"


@contextmanager
def locked_queue(address):
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(address) as connection:
        connection.execute("LOCK TABLE django_tasks_database_dbtaskresult")
        yield
        connection.rollback()


def key_of_story(address):
    import psycopg

    with psycopg.connect(address) as connection:
        found = connection.execute(
            "SELECT page_id FROM diptych_languages_pagelanguage"
            " WHERE url_path LIKE '%/story-one/' AND language = 'en'"
        )
        return found.fetchone()[0]


def test_publishing_does_not_wait_for_the_queue_and_caches_are_told_later(tmp_path):
    need_postgresql()
    pytest.importorskip("django_tasks_db")
    with running_postgresql() as address, running_origin() as cache:
        environment = production_environment(
            tmp_path,
            DATABASE_URL=address,
            TASK_WORKER="true",
            FRONT_CACHE=f"http://127.0.0.1:{cache.port}",
        )
        seed_site(environment)
        port = free_port()
        with running_site(tmp_path, environment, port):
            desk, pk = Desk(port), key_of_story(address)
            with locked_queue(address):
                started = time.monotonic()
                desk.publish(pk, "Lac tranquille", "Quiet lake")
                assert time.monotonic() - started < 25
                assert b"Quiet lake" in fetch(port, PUBLISHED).body
            cache.requests.clear()
            checked_python(environment, "manage.py", "publish_scheduled")
            assert cache.times_asked(PUBLISHED)
