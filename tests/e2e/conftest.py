"""A real browser against a real server, which is a process of its own."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.made_once import made_once
from tests.programs import CHROMIUM
from tests.servers import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]
#: A machine that does other things as well takes its time; in milliseconds.
TIMEOUT = 45_000
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--enable-features=NetworkServiceInProcess2",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items):
    """Mark the tests of this folder and begin with them: they take longest, mostly by waiting."""
    for item in filter(_is_here, items):
        item.add_marker(pytest.mark.e2e)
    yield
    items.sort(key=lambda item: not _is_here(item))


def _is_here(item):
    return Path(__file__).parent in item.path.parents


@pytest.fixture(scope="module")
def chromium():
    """A browser for the tests of one file.

    While Playwright's synchronous interface is open, its event loop runs in this thread and Django
    refuses every query there; no test of another file may begin before it is closed.
    """
    if CHROMIUM is None:
        if os.environ.get("DIPTYCH_REQUIRE_BROWSER"):
            pytest.fail("There is no Chromium, and DIPTYCH_REQUIRE_BROWSER asks for one.")
        pytest.skip("There is no Chromium on this machine.")
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory):
    """Fill a folder with the journal that a module makes; it is made once and copied then."""
    common = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        common = common.parent

    def seeded(folder, module):
        def fill(path):
            path.mkdir()
            run_in(path, "-m", module)

        original = made_once(common, module, fill)
        shutil.copytree(original, folder, dirs_exist_ok=True)

    return seeded


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory):
    """Where the running journal keeps its database and its files."""
    return tmp_path_factory.mktemp("e2e")


@pytest.fixture(scope="session")
def server(server_folder, seeded):
    """The address of a running journal, filled by ``seed.py``."""
    seeded(server_folder, "tests.e2e.seed")
    with serving(server_folder) as address:
        yield address


@contextmanager
def serving(folder, port=None, **environment):
    """The address at which the journal in ``folder`` is served, with more in its environment."""
    port = port or free_port()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--threads", "4"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    environment = {**environment_of(folder), **environment}
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(f"{address}/robots.txt", process)
            yield address
        finally:
            process.terminate()


def run_in(folder, *command):
    """Run Python with ``command`` on the journal in ``folder``."""
    command = [sys.executable, *command]
    subprocess.run(command, cwd=ROOT, env=environment_of(folder), check=True, timeout=900)


def environment_of(folder):
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "DIPTYCH_E2E_FOLDER": str(folder),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }


@pytest.fixture
def ask(server_folder):
    """The first row of an answer of the server's database."""

    def ask(query, *values):
        with closing(sqlite3.connect(server_folder / "e2e.sqlite3", timeout=10)) as database:
            return database.execute(query, values).fetchone()

    return ask


@pytest.fixture
def open_window(chromium):
    """Open a fresh browser window; keyword arguments are those of Playwright's contexts.

    It asks for English unless told: some builds of Chromium ask for no language by themselves.
    """
    contexts = []

    def open_window(**options):
        context = chromium.new_context(**{"locale": "en-US", **options})
        context.set_default_timeout(TIMEOUT)
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def new_page(open_window, server):
    """Open a fresh browser window on the journal; keyword arguments are those of contexts.

    No worker stands between it and the server: those have tests of their own.
    """

    def new_page(**options):
        return open_window(**{"base_url": server, "service_workers": "block", **options})

    return new_page


@pytest.fixture
def sign_in(new_page):
    """Open an empty window in which a person of that role has signed in to the admin."""

    def sign_in(role, **options):
        page = new_page(viewport={"width": 1280, "height": 900}, **options)
        request = page.context.request
        form = request.get("/admin/login/")
        token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', form.text())[1]
        fields = {"username": role, "password": "password", "csrfmiddlewaretoken": token}
        answer = request.post("/admin/login/", form=fields, max_redirects=0)
        assert answer.headers["location"] == "/admin/"
        return page

    return sign_in
