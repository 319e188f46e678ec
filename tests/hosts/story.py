"""What an editor, a translator and a reader do in a host, through HTTP, on its own settings.

Runs inside the project, as `python story.py '{…}'` in its folder; nothing of this repository is
importable there but what is installed. The argument is a :class:`Plan` in JSON. Prints a line of
JSON for each step, and ends with an error after the first that failed.
"""

import json
import os
import sys
import time
import traceback
from dataclasses import dataclass, field

from bs4 import BeautifulSoup

#: Ids of the blocks of a body, so that those of two languages belong together.
BLOCK_ID = "00000000-0000-4000-8000-000000000001"

#: What happens, in this order; each is a method of :class:`Story`.
STEPS = ("write", "publish", "serve", "translate", "switch", "permissions", "unpublish")


@dataclass
class Plan:
    """Which page type is written, below which page, and the words of each language.

    ``words`` has for each language, the default first, a headline, an introduction if there is one,
    and a paragraph; ``fields`` the names of the fields these are written into. ``below`` is a page
    type of which one page is made first, with the headlines ``above``. ``prefixes`` are the
    beginnings of addresses, ``addresses`` whole ones, where they are known; ``apart`` is posted
    besides.
    """

    model: str
    words: dict
    prefixes: dict
    fields: tuple = ("headline", "introduction", "body")
    below: str = ""
    above: dict = field(default_factory=dict)
    addresses: dict = field(default_factory=dict)
    apart: dict = field(default_factory=dict)


class Story:
    """The steps, in order; each raises ``AssertionError`` with what was found."""

    def __init__(self, plan):
        from django.apps import apps
        from django.test import Client
        from wagtail.models import Site

        self.plan = plan
        self.first, self.second, *_others = plan.words
        self.model = apps.get_model(plan.model)
        self.reader = Client(HTTP_HOST="localhost")
        self.parent = Site.objects.get(is_default_site=True).root_page
        self.page = None

    def run(self):
        """Run the steps; print a line for each."""
        for name in STEPS:
            began, said = time.monotonic(), ""
            try:
                getattr(self, name)()
            except Exception:
                said = traceback.format_exc()
            seconds = round(time.monotonic() - began, 2)
            print(json.dumps({"step": name, "seconds": seconds, "error": said}), flush=True)
            if said:
                sys.exit(1)

    # The steps

    def write(self):
        """A page is written in one language, and nobody but the editors sees it."""
        self.chief = sign_in("chief-of-the-story", is_superuser=True)
        if self.plan.below:
            headlines = {
                column("headline", language): headline
                for language, headline in self.plan.above.items()
            }
            self.parent = self.create(self.plan.below, headlines, "action-publish-all-languages")
        self.page = self.create(self.plan.model, {**self.texts(self.first), **self.plan.apart})
        assert self.live_in() == [], self.live_in()
        assert self.fresh().get_latest_revision() is not None

    def publish(self):
        """It goes live in that language alone."""
        self.edit(self.chief, {}, f"action-publish-only-{self.first}")
        assert self.live_in() == [self.first], self.live_in()

    def serve(self):
        """A reader gets it in its language and below its prefix; in the other, an introduction."""
        html = self.read(self.first)
        assert (
            BeautifulSoup(html, "html.parser").html["lang"].split("-")[0]
            == (self.first.split("-")[0])
        )
        address = self.fresh().url_in(self.first)
        swapped = self.plan.prefixes[self.second] + address[len(self.plan.prefixes[self.first]) :]
        answer = self.reader.get(swapped)
        assert answer.status_code in (301, 302, 404), (swapped, answer.status_code)
        self.says_nothing_unmarked(answer.content.decode(), self.first)

    def translate(self):
        """The other language is written beside the source, and published."""
        from django.urls import reverse

        address = reverse("diptych_translate", args=(self.page.pk, self.second))
        start = BeautifulSoup(self.chief.get(address).content, "html.parser")
        if form := start.find("form", class_="diptych-start__choices"):
            self.chief.post(form["action"])
        written = {**form_on(self.chief, address), **self.texts(self.second)}
        form = {**empty_streams(type(self.page)), **written}
        answer = self.chief.post(address, form)
        assert answer.status_code == 302, (answer.status_code, answer.content.decode()[:2000])
        self.edit(self.chief, {}, f"action-publish-only-{self.second}")
        assert set(self.live_in()) == {self.first, self.second}, self.live_in()

    def switch(self):
        """Each language leads to the other."""
        for one, other in ((self.first, self.second), (self.second, self.first)):
            html = self.read(one)
            assert self.fresh().url_in(other) in html, (one, other)
            self.says_nothing_of(html, other)

    def permissions(self):
        """Somebody with the permissions of one language changes that one and no other."""
        groups = import_engine("permissions.groups")
        recipe = next(each for each in groups.recipes() if each.key == f"editors-{self.second}")
        editor = sign_in("editor-of-the-story", group=recipe.find())
        own, foreign = (column("headline", each) for each in (self.second, self.first))
        self.edit(editor, {own: "Mine", foreign: "Not mine"}, f"action-publish-only-{self.second}")
        self.edit(editor, {foreign: "Not mine"}, f"action-publish-only-{self.first}", refused=True)
        page = self.fresh()
        draft = page.get_latest_revision_as_object()
        assert getattr(page, own) == "Mine", getattr(page, own)
        for each in (page, draft):
            assert getattr(each, foreign) == self.plan.words[self.first][0], getattr(each, foreign)

    def unpublish(self):
        """One language goes offline; the other stays."""
        from django.urls import reverse

        gone = self.fresh().url_in(self.second)
        self.chief.post(reverse("diptych_unpublish_language", args=(self.page.pk, self.second)))
        assert self.live_in() == [self.first], self.live_in()
        assert self.reader.get(gone).status_code == 404
        self.read(self.first)

    # What they are made of

    def texts(self, language):
        """What is posted to write the page in one language."""
        from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

        names = [column(name, language) for name in self.plan.fields]
        *texts, paragraph = self.plan.words[language]
        stream = streamfield([("paragraph", rich_text(f"<p>{paragraph}</p>"))])
        stream["0"]["id"] = BLOCK_ID
        posted = nested_form_data({names[-1]: stream})
        return {**dict(zip(names[:-1], texts, strict=True)), **posted}

    def create(self, label, texts, press=None):
        """Fill in the form of a new page; the page."""
        from django.apps import apps
        from django.urls import reverse

        model = apps.get_model(label)
        names = (model._meta.app_label, model._meta.model_name, self.parent.pk)
        address = reverse("wagtailadmin_pages:add", args=names)
        form = {**empty_streams(model), **form_on(self.chief, address), **texts}
        answer = self.chief.post(address, {**form, press: "1"} if press else form)
        assert answer.status_code == 302, answer.context["form"].errors
        return model.objects.order_by("pk").last()

    def edit(self, client, texts, press, refused=False):
        """Change what ``texts`` says in the form of the page, and press a button."""
        from django.urls import reverse

        address = reverse("wagtailadmin_pages:edit", args=(self.page.pk,))
        form = {
            **empty_streams(self.model),
            **form_on(client, address),
            **stored_streams(self.fresh().get_latest_revision_as_object()),
            **texts,
        }
        answer = client.post(address, {**form, press: "1"})
        if not refused:
            assert answer.status_code == 302, answer.context["form"].errors

    def fresh(self):
        return self.model.objects.get(pk=self.page.pk)

    def live_in(self):
        return list(self.fresh().live_languages)

    def read(self, language):
        """What a reader gets in a language, which has the page's words in it."""
        address = self.fresh().url_in(language)
        assert address and address.startswith(self.plan.prefixes[language]), address
        assert self.plan.addresses.get(language, address) == address, address
        answer = self.reader.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        html = answer.content.decode()
        for words in self.plan.words[language][1:]:
            assert words in html, (address, words)
        return html

    def says_nothing_unmarked(self, html, language):
        """Words of a language are in ``html`` only within elements that name it, and no text."""
        _headline, *introduction, text = self.plan.words[language]
        assert text not in html, text
        soup = BeautifulSoup(html, "html.parser")
        for words in introduction:
            for found in soup.find_all(string=lambda string, words=words: words in string):
                assert found.find_parent(lang=True)["lang"].startswith(language), words

    def says_nothing_of(self, html, language):
        """No introduction and no paragraph of a language is in ``html``."""
        for words in self.plan.words[language][1:]:
            assert words not in html, words


def import_engine(module):
    from importlib import import_module

    return import_module(f"diptych.articles.languages.{module}")


def column(name, language):
    return f"{name}_{language.replace('-', '_')}"


def sign_in(username, group=None, **values):
    """A browser in which a new person is signed in."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    user = get_user_model().objects.create_user(username, email=f"{username}@host.test", **values)
    if group is not None:
        user.groups.add(group)
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    return client


def form_on(client, address, form_id="page-edit-form"):
    """The form on a page of the admin, as a browser would post it."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    form = BeautifulSoup(response.content, "html.parser").find("form", id=form_id)
    assert form, f"{address} has no form {form_id}"
    values = {}
    for control in form.select("input, textarea, select"):
        name, kind = control.get("name"), control.get("type")
        if not name or "__prefix__" in name or control.find_parent("template"):
            continue
        if control.name == "textarea":
            values[name] = control.text.removeprefix("\n")
        elif control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            values[name] = chosen.get("value", "") if chosen else ""
        elif kind in ("checkbox", "radio"):
            if control.has_attr("checked"):
                values[name] = control.get("value", "on")
        elif kind not in ("submit", "button", "file"):
            values[name] = control.get("value", "")
    values.pop("csrfmiddlewaretoken", None)
    return values


def streams_of(model):
    from wagtail.fields import StreamField

    return [each.name for each in model._meta.get_fields() if isinstance(each, StreamField)]


def empty_streams(model):
    """What a form without any block posts: scripts write these into it."""
    from wagtail.test.utils.form_data import nested_form_data, streamfield

    return nested_form_data({name: streamfield([]) for name in streams_of(model)})


def stored_streams(draft):
    """The paragraphs of a draft as scripts write them into its form."""
    from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

    posted = {}
    for name in streams_of(type(draft)):
        children = list(getattr(draft, name).raw_data)
        stream = streamfield([(each["type"], rich_text(each["value"])) for each in children])
        for number, each in enumerate(children):
            stream[str(number)]["id"] = each["id"]
        posted |= nested_form_data({name: stream})
    return posted


if __name__ == "__main__":
    import django

    sys.path[0] = os.getcwd()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings.dev")
    django.setup()
    Story(Plan(**json.loads(sys.argv[1]))).run()
