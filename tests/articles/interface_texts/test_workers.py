"""On a server of two processes, a text saved through one is read from both."""

import http.cookiejar
import os
import re
import shutil
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

import polib
import pytest

from diptych.articles.interface_texts.catalogues import compile_catalogues
from tests.articles.interface_texts.form import FRENCH, TextsForm
from tests.servers import free_port, wait_for

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.processes


class Browser:
    """Asks over new connections, so that any worker may answer."""

    def __init__(self, address):
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        handler = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(handler)

    def get(self, path):
        return self._ask(path, None)

    def post(self, path, values):
        token = next(each.value for each in self.cookies if each.name == "csrftoken")
        values = {**values, "csrfmiddlewaretoken": token}
        return self._ask(path, urllib.parse.urlencode(values).encode())

    def _ask(self, path, body):
        headers = {"Connection": "close", "Referer": self.address}
        request = urllib.request.Request(f"{self.address}{path}", body, headers)
        with self.opener.open(request, timeout=30) as answer:
            return Answer(answer.status, answer.read(), answer.headers["X-Worker"])


class Answer:
    def __init__(self, status_code, content, worker):
        self.status_code = status_code
        self.content = content
        self.worker = worker


@pytest.fixture
def server(tmp_path):
    """The address of a running journal with catalogues of its own."""
    shutil.copytree(ROOT / "locale", tmp_path / "locale")
    compile_catalogues(tmp_path / "locale")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.articles.interface_texts.server_settings",
        "DIPTYCH_E2E_FOLDER": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }
    seeding = [sys.executable, "-m", "tests.articles.interface_texts.seed_server"]
    subprocess.run(seeding, cwd=ROOT, env=environment, check=True, timeout=900)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers", "2"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(f"{address}/robots.txt", process)
            yield address
        finally:
            process.terminate()


def heard_from_both(browser, path, text):
    """For each worker, whether its next answers say ``text``; asks until both have answered."""
    heard = {}
    for _attempt in range(400):
        answer = browser.get(path)
        heard.setdefault(answer.worker, []).append(text in answer.content.decode())
        if len(heard) == 2:
            return heard
    pytest.fail("Only one worker answers.")


def sign_in(browser):
    browser.get("/admin/login/")
    browser.post("/admin/login/", {"username": "translator", "password": "password"})


def test_both_workers_say_what_was_saved(server, tmp_path):
    browser = Browser(server)
    words = polib.pofile(str(tmp_path / "locale" / "fr" / "LC_MESSAGES" / "django.po"))
    before = words.find("Skip to content").msgstr
    heard = heard_from_both(browser, "/fr/", before)
    assert all(all(answers) for answers in heard.values())

    sign_in(browser)
    form = TextsForm(browser.get(f"{FRENCH}?query=Skip+to+content"))
    form.type("Skip to content", "Droit au texte")
    saved = browser.post(f"{FRENCH}?query=Skip+to+content", form.values)

    assert re.search("enregistré|saved", saved.content.decode())
    for text, is_said in (("Droit au texte", True), (before, False)):
        heard = heard_from_both(browser, "/fr/", text)
        assert {answer for answers in heard.values() for answer in answers} == {is_said}
