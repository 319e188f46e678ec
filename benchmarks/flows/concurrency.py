"""Many editors save at the same time to a real server over one SQLite file."""

import http.client
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from wagtail.models import Revision

from benchmarks.content import EDITORS
from benchmarks.flows.steps import Steps, section
from benchmarks.forms import PUBLISH_ALL, article_form
from benchmarks.measuring import summarise
from benchmarks.server import running_server
from diptych.articles.models import ArticlePage

SECONDS = 20
#: Every so manieth save publishes; the others save a draft.
PUBLISH_EVERY = 4
TOKEN = "benchmark" * 3 + "token"
LOCKED = "database is locked"


@dataclass
class Editor:
    """Somebody at a browser, who saves one article again and again."""

    page: ArticlePage
    session: str
    saved: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    milliseconds: list = field(default_factory=list)

    def work(self, host, port, end):
        self.connection = http.client.HTTPConnection(host, port, timeout=120)
        number = 0
        while time.monotonic() < end:
            number += 1
            press = PUBLISH_ALL if number % PUBLISH_EVERY == 0 else None
            self.save(f"{self.page.pk} save {number}", press)
        self.connection.close()
        connection.close()  # that of this thread to the database

    def save(self, headline, press):
        form = article_form(self.page, {"fr": headline, "en": headline}, press)
        start = time.perf_counter()
        try:
            status = self.post({**form, "csrfmiddlewaretoken": TOKEN})
        except (OSError, http.client.HTTPException) as error:
            self.errors.append(f"{type(error).__name__}: {error}")
            self.connection.close()
            return
        self.milliseconds.append((time.perf_counter() - start) * 1000)
        if status == 302:
            self.saved.append(headline)
        else:
            self.errors.append(f"status {status}")

    def post(self, form):
        cookies = {settings.SESSION_COOKIE_NAME: self.session, settings.CSRF_COOKIE_NAME: TOKEN}
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        }
        address = f"/admin/pages/{self.page.pk}/edit/"
        self.connection.request("POST", address, urlencode(form), headers)
        response = self.connection.getresponse()
        response.read()
        return response.status


class ConcurrentEditors(Steps):
    """Sixteen editors, each with an article, for twenty seconds."""

    def prepare(self):
        pages = ArticlePage.objects.child_of(section()).order_by("path")[:EDITORS]
        users = get_user_model().objects.filter(username__startswith="editor-")
        self.editors = [
            Editor(_with_children(page), _session_of(user))
            for page, user in zip(pages, users, strict=True)
        ]
        self.log = settings.FOLDER / "server.log"

    def measure(self):
        with running_server(self.log) as server:
            end = time.monotonic() + SECONDS
            threads = [
                threading.Thread(target=editor.work, args=(server.host, server.port, end))
                for editor in self.editors
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        taken = [each for editor in self.editors for each in editor.milliseconds]
        return [summarise(f"{EDITORS} editors", taken)]

    def done(self):
        kept = set(
            Revision.objects.filter(
                object_id__in=[str(editor.page.pk) for editor in self.editors]
            ).values_list("content__headline_fr", flat=True)
        )
        errors = [error for editor in self.editors for error in editor.errors]
        for error in sorted(set(errors)):
            print(f"{errors.count(error)} × {error}")
        saved = [headline for editor in self.editors for headline in editor.saved]
        return {
            "editors": sum(bool(editor.saved) for editor in self.editors),
            "saves": len(saved),
            "lost saves": len(set(saved) - kept),
            "errors": len(errors),
            LOCKED: self.log.read_text(errors="replace").count(LOCKED),
        }


def _with_children(page):
    """The page with a draft, which a form names, and with its rows in memory."""
    page.save_revision()
    for name in ("authors", "topics", "picks"):
        getattr(page, name).get_object_list()
    return page


def _session_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
