"""An editor at one of several web servers, who signs in and posts forms as a browser does."""

from http.cookies import SimpleCookie

import requests
from lxml.html import document_fromstring

from tests.articles.languages.editor import PUBLISH_ENGLISH, article_form
from tests.servers import SITE_HOST

ORIGIN = f"https://{SITE_HOST}"


class Desk:
    """A session of the user `chief` at the server at ``port``."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.get("/admin/login/")
        answer = self.post("/admin/login/", {"username": "chief", "password": "password"})
        assert answer.status_code == 302, answer.text

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, values, files=None):
        values = {**values, "csrfmiddlewaretoken": self.cookies["csrftoken"]}
        return self._ask("POST", path, data=values, files=files)

    def publish(self, pk, fr, en, **values):
        """Fill in the edit screen of the article ``pk``, and publish it in English."""
        assert self.try_publishing(pk, fr, en, **values) == 302

    def try_publishing(self, pk, fr, en, **values):
        """As `publish`, where the page may be gone: gives the status of the answer."""
        form = article_form(fr, en, press=PUBLISH_ENGLISH, **values)
        answer = self.post(f"/admin/pages/{pk}/edit/", {**self.opened_on(pk), **form})
        assert answer.status_code != 200, _faults(answer)
        return answer.status_code

    def opened_on(self, pk):
        """What the edit screen says of the version that it was opened on; nothing if it is gone."""
        answer = self.get(f"/admin/pages/{pk}/edit/")
        if answer.status_code != 200:
            return {}
        fields = document_fromstring(answer.text).xpath("//input[starts-with(@name, 'loaded_rev')]")
        return {field.name: field.value for field in fields}

    def unpublish(self, pk):
        answer = self.post(f"/admin/pages/{pk}/unpublish/", {})
        assert answer.status_code == 302, _faults(answer)

    def upload(self, kind, name, content, **values):
        """Upload an image or a document; ``kind`` is `images` or `documents`."""
        path = f"/admin/{kind}/add/"
        tree = document_fromstring(self.get(path).text)
        (form,) = tree.xpath("//form[.//input[@type='file']]")
        found = {name: value for name, value in form.form_values() if not hasattr(value, "read")}
        files = {"file": (name, content)}
        answer = self.post(path, {**found, "title": name, **values}, files)
        assert answer.status_code == 302, _faults(answer)

    def _ask(self, method, path, **what):
        headers = {
            "Host": SITE_HOST,
            "X-Forwarded-Proto": "https",
            "Referer": f"{ORIGIN}/admin/",
            "Accept-Language": "en",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        address = f"http://127.0.0.1:{self.port}{path}"
        answer = requests.request(
            method, address, headers=headers, allow_redirects=False, timeout=60, **what
        )
        for line in answer.raw.headers.getlist("Set-Cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer


def _faults(answer):
    """The errors on the screen that was sent back."""
    texts = document_fromstring(answer.text).xpath("//*[contains(@class, 'error')]//text()")
    return answer.status_code, " ".join(" ".join(texts).split())[:1000]
