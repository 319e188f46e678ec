"""What a translator sees and does in the translating view."""

import json
import re

from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests.articles.admin.html import text_of
from tests.articles.languages.editor import opened_on
from tests.factories import make_article, make_user, publish_confirmed, write_draft
from tests.forms import form_values


def address(page, language="en", act=None):
    url = reverse("diptych_translate", args=(page.pk, language))
    return f"{url}{act}/" if act else url


def body(*blocks):
    """The stored body of ``(id, text)`` paragraphs, or of ``(id, type, value)`` blocks."""
    stored = []
    for identity, *rest in blocks:
        kind, value = rest if len(rest) == 2 else ("paragraph", f"<p>{rest[0]}</p>")
        stored.append({"type": kind, "value": value, "id": identity})
    return json.dumps(stored)


def three_paragraphs(journal, **values):
    """An article in French of three paragraphs, live in French only and without any English."""
    french = body(("a", "Un lac."), ("b", "Deux rives."), ("c", "Trois ponts."))
    values = {"body_fr": french, **values}
    return make_article(journal, "Le lac", None, live_in=("fr",), **values)


def translated(journal, headline="The lake", is_complete=True, **values):
    """The same, translated and live in both languages; what is left open in it was confirmed."""
    french = body(("a", "Un lac."), ("b", "Deux rives."), ("c", "Trois ponts."))
    english = body(("a", "A lake."), ("b", "Two banks."), ("c", "Three bridges."))
    values = {"body_fr": french, "body_en": english, **values}
    if is_complete:
        return make_article(journal, "Le lac", headline, **values)
    return publish_confirmed(make_article(journal, "Le lac", headline, live_in=(), **values))


#: A translation of the blocks of :func:`three_paragraphs`, as they are posted.
ENGLISH = [
    ("a", "paragraph", "<p>A lake.</p>"),
    ("b", "paragraph", "<p>Two banks.</p>"),
    ("c", "paragraph", "<p>Three bridges.</p>"),
]


def change_source(page, *blocks, live=False):
    """Give the French body those blocks, in a draft or for readers too."""
    revision = write_draft(type(page).objects.get(pk=page.pk), body_fr=body(*blocks))
    if live:
        revision.publish()
    page.refresh_from_db()
    return revision


class Screen:
    """The translating view as it was answered."""

    def __init__(self, response):
        assert response.status_code == 200, response.status_code
        self.response = response
        self.soup = parsed(response.content.decode())

    @property
    def places(self):
        """The status of each place, by key."""
        return {each["data-place"]: each["data-status"] for each in self._places()}

    def _places(self):
        return self.soup.select("[data-place]")

    def place(self, key):
        return next(each for each in self._places() if each["data-place"] == key)

    def source(self, key):
        return text_of(self.soup.find(attrs={"data-source-of": key}))

    def difference(self, key):
        """The difference at ``key`` as it is read: ``[-old-]{+new+}`` and what stayed."""
        found = self.place(key).select_one(".diptych-difference")
        for hidden in found.select(".w-sr-only"):
            hidden.decompose()
        for each in found.select("del"):
            each.replace_with(f"[-{each.get_text()}-]")
        for each in found.select("ins"):
            each.replace_with(f"{{+{each.get_text()}+}}")
        return found.get_text()

    @property
    def summary(self):
        return text_of(self.soup.select_one("#diptych-summary .diptych-summary__state"))

    @property
    def fields(self):
        """The names of the fields that the form shows."""
        form = self.soup.select_one("#page-edit-form")
        return {each["name"] for each in form.select("input[name], textarea[name], select[name]")}

    def buttons(self, key):
        return [text_of(button) for button in self.place(key).select("button")]


def parsed(html):
    """The HTML with what is in templates laid open, as the browser's script does."""
    return BeautifulSoup(re.sub(r"<(/?)template\b", r"<\1div", html), "lxml")


def look(client, page, language="en"):
    return Screen(client.get(address(page, language)))


def form_of(client, page, blocks=None, language="en", **values):
    """What the browser would post of the view as it stands, with ``blocks`` in the body."""
    html = client.get(address(page, language)).content.decode()
    data = form_values(html)
    draft = page.get_latest_revision_as_object()
    if blocks is None:
        blocks = [
            (child["id"], child["type"], child["value"])
            for child in draft.text_in("body", language).raw_data
        ]
    children = [
        {"value": _posted(kind, value), "type": kind, "id": identity}
        for identity, kind, value in blocks
    ]
    stream = streamfield([(child["type"], child["value"]) for child in children])
    for number, child in enumerate(children):
        stream[str(number)]["id"] = child["id"]
    posted = nested_form_data({f"body_{language}": stream})
    return {**data, **posted, **values}


def _posted(kind, value):
    return rich_text(value) if kind == "paragraph" else value


def save(client, page, form, language="en", by_itself=False):
    headers = {"accept": "application/json"} if by_itself else {}
    form = {**opened_on(page), **form}
    return client.post(address(page, language), form, headers=headers)


def mark(client, page, name, *keys, by_itself=False):
    """Press "Still valid" or "Keep it" at ``keys``."""
    form = form_of(client, page)
    return save(client, page, {**form, name: list(keys)}, by_itself=by_itself)


def row_of(page, language="en"):
    return page.languages.get(language=language)


def make_member(journal, *codenames, username="member"):
    """A user who may edit all pages, and do in the languages what ``codenames`` say."""
    user = make_user("reader", username=username)
    group = Group.objects.create(name=username)
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(
            codename=codename, content_type__app_label="wagtailcore"
        )
        GroupPagePermission.objects.create(group=group, page=journal.home, permission=permission)
    access = Permission.objects.get(codename="access_admin")
    languages = Permission.objects.filter(
        content_type__app_label="diptych_languages", codename__in=codenames
    )
    group.permissions.add(access, *languages)
    user.groups.add(group)
    return user
