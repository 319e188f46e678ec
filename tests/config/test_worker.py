"""What a worker of the server loads to answer readers."""

import os
import sys

import pytest
from gunicorn.app.wsgiapp import WSGIApplication

from tests.servers import ROOT, checked_python

pytestmark = pytest.mark.processes

#: Packages for editors, for the search and for commands, which a page for readers does without.
UNUSED = [
    "diptych.articles.related.vectors",
    "operations.demo",
    "factory",
    "feedparser",
    "hypothesis",
    "mammoth",
    "markdown_it",
    "numpy",
    "snowballstemmer",
    "tests",
    "tqdm",
]
READING = """
import gc, sys
from wsgiref.util import setup_testing_defaults
from config.wsgi import application

assert gc.isenabled() and gc.get_freeze_count() > 100_000
for path in sys.argv[1].split():
    environ = {"HTTP_HOST": "127.0.0.1", "PATH_INFO": path, "wsgi.url_scheme": "https"}
    setup_testing_defaults(environ)
    statuses = []
    body = application(environ, lambda status, headers: statuses.append(status))
    assert b"".join(body) and statuses == ["200 OK"], (path, statuses)
print(*sys.modules)
"""
ENDING = """
import atexit, gc, sys

atexit.register(lambda: print(gc.get_freeze_count()))
import manage

sys.argv = ["manage.py", "check"]
manage.main()
"""
PAGES = (
    "/fr/ /en/ /fr/articles/ /fr/articles/le-pont-ferme/ /en/topics/climate/ /fr/auteurs/ /fr/feed/"
)


@pytest.fixture
def journal(tmp_path):
    """The environment of a public server whose database has a few articles."""
    system = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    system["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    seeding = {"DJANGO_SETTINGS_MODULE": "tests.e2e.settings", "DIPTYCH_E2E_FOLDER": str(tmp_path)}
    checked_python({**system, **seeding}, "-m", "tests.e2e.seed")
    server = {
        **system,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "Zr8-kT2_wQ6vLm4xYb9sHd3nFg7pJc5aUe1iOo0tRyXzKqWv" * 2,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_ADDRESS": "https://127.0.0.1",
        "DEFAULT_FROM_EMAIL": "desk@journal.example",
        "EMAIL_URL": "dummy://",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "STATIC_ROOT": str(tmp_path / "static"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/e2e.sqlite3",
    }
    checked_python(server, "manage.py", "collectstatic", "--no-input")
    return server


def test_a_worker_that_serves_readers_loads_no_package_of_editors(journal):
    loaded = checked_python(journal, "-c", READING, PAGES).split()
    assert "diptych.articles.models.article" in loaded
    assert [name for name in UNUSED if name in loaded] == []


def test_a_command_ends_without_going_through_all_that_it_has_loaded(tmp_path):
    environment = {"PATH": os.environ["PATH"], "DIPTYCH_VAR": str(tmp_path)}
    frozen = checked_python(environment, "-c", ENDING).splitlines()[-1]
    assert int(frozen) > 100_000


def test_gunicorn_loads_the_site_once_for_all_workers(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", ["gunicorn", "--pythonpath", "site", "config.wsgi"])
    assert WSGIApplication().cfg.preload_app


def test_gunicorn_takes_no_address_from_headers_of_readers(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", ["gunicorn", "--pythonpath", "site", "config.wsgi"])
    assert WSGIApplication().cfg.forwarder_headers == []
