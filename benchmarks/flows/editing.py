"""Editors save drafts; the browser does so by itself. Each compared with a stock page."""

import json

from django.urls import reverse

from benchmarks.flows.steps import Steps, article, headlines, signed_in_client, stock_page
from benchmarks.forms import AUTOSAVE, article_form
from benchmarks.measuring import measure

#: How many times the queries of a stock page saving an article may take.
DEAREST = 1.25
BEYOND = "queries beyond 1.25 times stock"


class Editing(Steps):
    """Post the whole form of a live page, first of a stock page, then of an article."""

    press = None
    headers = {}

    def prepare(self):
        self.client = signed_in_client()
        self.pages = {"stock": stock_page(), "diptych": article()}
        for page in self.pages.values():
            if not page.latest_revision_id:  # a form names the draft that it was opened on
                page.save_revision()
        self.revisions = {name: page.revisions.count() for name, page in self.pages.items()}
        self.last, self.posts = {}, {}

    def measure(self):
        measured = {name: self.measure_case(name, page) for name, page in self.pages.items()}
        self.queries = {name: each.queries for name, each in measured.items()}
        return list(measured.values())

    def measure_case(self, name, page):
        address = reverse("wagtailadmin_pages:edit", args=(page.pk,))

        def post(number):
            self.last[name] = new = headlines(number)
            form = self.form(name, page, new)
            self.accept(name, self.client.post(address, form, headers=self.headers))
            self.posts[name] = self.posts.get(name, 0) + 1

        return measure(name, post)

    def form(self, name, page, new):
        return article_form(page, new, self.press)

    def accept(self, name, response):
        assert response.status_code == 302, f"The form is refused: {response.status_code}"

    def done(self):
        results = [self.done_in(name, page) for name, page in self.pages.items()]
        beyond = max(0, self.queries["diptych"] - int(self.queries["stock"] * DEAREST))
        return {unit: min(each[unit] for each in results) for unit in results[0]} | {BEYOND: beyond}

    def done_in(self, name, page):
        draft = draft_of(page)
        added = page.revisions.count() - self.revisions[name]
        return {
            "revisions": added // self.posts[name],
            "languages saved": _kept(draft, self.last[name]),
        }


class Autosaving(Editing):
    """As the browser does: each post overwrites the revision of the one before."""

    headers = AUTOSAVE

    def prepare(self):
        super().prepare()
        self.overwritten = {}
        for name, page in self.pages.items():
            self.measure_first(name, page)
        self.revisions = {name: page.revisions.count() for name, page in self.pages.items()}

    def measure_first(self, name, page):
        address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        form = article_form(page, headlines("first"))
        self.accept(name, self.client.post(address, form, headers=self.headers))

    def form(self, name, page, new):
        return article_form(page, new, overwrite_revision_id=self.overwritten[name])

    def accept(self, name, response):
        answer = json.loads(response.content)
        assert answer.get("success"), f"The browser's save is refused: {answer}"
        self.overwritten[name] = answer["revision_id"]

    def done_in(self, name, page):
        done = super().done_in(name, page)
        added = page.revisions.count() - self.revisions[name]
        return {"languages saved": done["languages saved"], "revisions added": added}


class Opening(Editing):
    """Open the editor of a live page."""

    def measure_case(self, name, page):
        address = reverse("wagtailadmin_pages:edit", args=(page.pk,))

        def open_editor(_number):
            self.last[name] = self.client.get(address)
            assert self.last[name].status_code == 200

        return measure(name, open_editor)

    def done_in(self, name, page):
        text = self.last[name].content.decode()
        fields = ("headline_fr", "headline_en", "body_fr", "body_en", "lead_fr", "lead_en")
        return {"fields shown": sum(f'"{field}"' in text for field in fields)}


def draft_of(page):
    """The latest draft, whatever ``page`` still holds in memory."""
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def _kept(page, texts):
    return sum(getattr(page, f"headline_{code}") == text for code, text in texts.items())
