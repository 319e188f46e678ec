"""A browser window in which somebody has the edit screen of a page open."""

import uuid
from contextlib import contextmanager

from django.test import Client
from django.urls import reverse
from wagtail import hooks
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests.articles.languages.editor import draft_of
from tests.factories import sign_in
from tests.forms import form_values


class Window:
    """Posts what a browser would: all that its form holds, with what answers have put there."""

    def __init__(self, page, client=None, role="admin", name=None, address=None):
        self.page = page
        if client is None:
            client = Client()
            self.user = sign_in(client, role)
            if name:
                self.user.first_name, self.user.last_name = name, ""
                self.user.save()
        self.client = client
        self.address = address or reverse("wagtailadmin_pages:edit", args=(page.pk,))
        self.load()

    def load(self):
        """Open the page anew."""
        self.show(self.client.get(self.address))
        self.form |= body_of(draft_of(self.page))
        return self

    def show(self, response):
        assert response.status_code in (200, 409)
        self.html = response.content.decode()
        known = getattr(self, "form", {})
        form = form_values(self.html)
        # A browser leaves out the first line break of a text area.
        self.form = {**known, **{name: form[name].removeprefix("\n") for name in form}}
        self.revision = None

    def write(self, **values):
        self.form |= values
        return self

    def write_body(self, language, *texts):
        """Change the paragraphs that are there, and append what is more."""
        for number, text in enumerate(texts):
            self.form |= nested_form_data(
                {f"body_{language}-{number}": _paragraph(number, f"<p>{text}</p>")}
            )
            self.form.setdefault(f"body_{language}-{number}-id", str(uuid.uuid4()))
        self.form[f"body_{language}-count"] = str(len(texts))
        return self

    def add_row(self, relation, **values):
        number = int(self.form[f"{relation}-TOTAL_FORMS"])
        row = {"id": "", "ORDER": str(number + 1), "DELETE": "", **values}
        self.form |= {f"{relation}-{number}-{name}": value for name, value in row.items()}
        self.form[f"{relation}-TOTAL_FORMS"] = str(number + 1)
        return self

    def autosave(self):
        form = dict(self.form)
        if self.revision:
            form["overwrite_revision_id"] = str(self.revision)
        response = self.client.post(self.address, form, headers={"accept": "application/json"})
        answer = response.json()
        if answer["success"]:
            self.revision = answer["revision_id"]
            self.form |= {
                name: value for name, value in answer["field_updates"].items() if name in self.form
            }
            self.html = answer["html"]
        return answer

    def post(self, press=None):
        """Press a button, and leave the page; what is answered."""
        form = {**self.form, press: "1"} if press else self.form
        return self.client.post(self.address, form)

    def save(self, press=None):
        """Press a button; the page opens again, or the form comes back with its errors."""
        response = self.post(press)
        if response.status_code == 302:
            self.load()
        else:
            self.show(response)
        return response


@contextmanager
def saved_at_the_same_moment(window):
    """Save ``window`` by itself once, between another's reading the page and writing it."""
    waiting = [window]

    def meanwhile(request, page):
        while waiting:
            assert waiting.pop().autosave()["success"]

    with hooks.register_temporarily("before_edit_page", meanwhile):
        yield


def body_of(draft):
    return nested_form_data(
        {
            f"body_{language}": streamfield([]) | _blocks(getattr(draft, f"body_{language}"))
            for language in ("fr", "en")
        }
    )


def _blocks(body):
    blocks = {
        str(number): {**_paragraph(number, block.value.source), "id": block.id}
        for number, block in enumerate(body)
    }
    return {**blocks, "count": str(len(blocks))}


def _paragraph(number, html):
    return {"type": "paragraph", "value": rich_text(html), "deleted": "", "order": str(number)}


def texts(page, *columns):
    """What the latest draft says in these columns."""
    draft = draft_of(page)
    return tuple(getattr(draft, name) for name in columns)
