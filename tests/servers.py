"""Servers that are processes of their own, for tests that need a real one."""

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import pytest

from tests.programs import run_python_in

ROOT = Path(__file__).resolve().parents[1]
SITE_HOST = "journal.example"


def free_port():
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address, process):
    """Wait until the server that is ``process`` answers at ``address``."""
    for _attempt in range(900):
        assert process.poll() is None, "The server has stopped."
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("The server does not answer.")


def need_servers(*programs):
    """Skip a test where one of ``programs`` is missing, or let it fail where it has to be there."""
    missing = [name for name in programs if not _program(name)]
    if not missing:
        return
    message = f"Not installed: {', '.join(missing)}."
    if os.environ.get("DIPTYCH_REQUIRE_SERVERS"):
        pytest.fail(message)
    pytest.skip(message)


def _program(name):
    """The path of a program, in folders of administrators too."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))


@contextmanager
def running(command, log, **options):
    """Run a server for as long as the block runs; yields its process.

    What it says is written to the file ``log``.
    """
    command = [_program(command[0]) or command[0], *map(str, command[1:])]
    with (
        open(log, "ab") as said,
        subprocess.Popen(command, stdout=said, stderr=said, cwd=ROOT, **options) as process,
    ):
        try:
            yield process
        finally:
            # A stopped process ends only when it continues.
            process.send_signal(signal.SIGCONT)
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def running_redis(folder, port):
    """Run a Redis without files at ``port``; yields its process."""
    command = ["redis-server", "--port", port, "--save", "", "--bind", "127.0.0.1"]
    with running(command, folder / "redis.log") as process:
        wait_for_port(port, process)
        yield process


@contextmanager
def running_site(folder, environment, port, workers=1, threads=4):
    """Serve the site with the production settings at ``port``; yields gunicorn's process."""
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--pythonpath", "site"]
    command += ["--workers", workers, "--threads", threads, "--bind", f"127.0.0.1:{port}"]
    command += ["--graceful-timeout", 5, "--log-level", "warning"]
    with running(command, folder / f"site-{port}.log", env=environment) as process:
        wait_for_port(port, process)
        yield process


def wait_for_port(port, process):
    """Wait until something listens on ``port`` of this machine."""
    for _attempt in range(600):
        assert process.poll() is None, "The server has stopped."
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("The server does not listen.")


def production_environment(folder, **variables):
    """The environment of a public server at `journal.example`, whose files are in ``folder``."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "SECRET_KEY": "only-for-tests-" * 5 + "0123456789aBcDeF",
        "ALLOWED_HOSTS": SITE_HOST,
        "SITE_ADDRESS": f"https://{SITE_HOST}",
        "DEFAULT_FROM_EMAIL": f"desk@{SITE_HOST}",
        "EMAIL_URL": "console://",
        "BEHIND_HTTPS_PROXY": "true",
        "DATABASE_URL": f"sqlite:///{folder}/journal.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "STATIC_ROOT": f"{folder}/static",
        "PAGE_CACHE": f"{folder}/pages",
        **variables,
    }


def checked_python(environment, *arguments):
    """Run Python with ``arguments`` to its end, which has to be good; returns what it says."""
    done = run_python_in(environment, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def seed_site(environment, module="tests.deploy.seed"):
    """Make the database and the static files of a site with a small journal."""
    checked_python(environment, "-m", module)
    checked_python(environment, "manage.py", "collectstatic", "--no-input", "-v0")


def fetch(port, path, method="GET", **headers):
    """Ask the server at ``port`` as a proxy would that ended HTTPS."""
    headers = {
        "Host": SITE_HOST,
        "X-Forwarded-Proto": "https",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


def digest_of(status, body):
    """What tells answers apart, in a few letters."""
    return f"{status} {hashlib.blake2b(body, digest_size=8).hexdigest()}"


@dataclass
class Answer:
    """What a server answers."""

    status: int
    headers: HTTPMessage
    body: bytes

    def json(self):
        return json.loads(self.body)
