"""Measure six journeys through the code: `python -m benchmarks.journeys`.

Publishing one language from the editor, saving the side-by-side view, approving a review, following
an old address, saving an alternative text, and searching. For each: how many of the
project's files and functions run, and how many queries are made. ``--detail`` names them all.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measuring import MARKS, path_of

ARTICLES = 24
BLOCKS = 20
ROOT = Path(__file__).resolve().parents[1]
#: The folders whose files count as the project's.
OURS = (f"{ROOT}/site/",)
#: The applications that are counted by themselves; the longest name that fits counts.
APPLICATIONS = (
    "articles/languages",
    "articles/related",
    "articles/search",
    "articles/interface_texts",
    "articles/transfer",
    "articles",
    "themes",
    "site",
)


class Trace:
    """The files, functions and queries of a piece of work."""

    def __init__(self):
        self.functions = Counter()
        self.queries = Counter()

    def profile(self, frame, event, argument):
        code = frame.f_code
        is_named = not code.co_name.startswith("<")  # no comprehension, module or lambda
        if event == "call" and is_named and code.co_filename.startswith(OURS):
            self.functions[code.co_filename, code.co_firstlineno, code.co_name] += 1

    def execute(self, execute, sql, params, many, context):
        if not sql.startswith(MARKS):
            self.queries[place_of_caller(), sql] += 1
        return execute(sql, params, many, context)

    def files(self):
        return {path_of(filename) for filename, _line, _name in self.functions}


def place_of_caller():
    """``(file, line)`` of the innermost frame that is the project's, else ``("Wagtail", 0)``."""
    frame = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(OURS):
            return path_of(name), frame.f_lineno
        frame = frame.f_back
    return "Wagtail", 0


@contextmanager
def traced():
    from django.db import connection

    trace = Trace()
    with connection.execute_wrapper(trace.execute):
        sys.setprofile(trace.profile)
        try:
            yield trace
        finally:
            sys.setprofile(None)


# The journal


def make_journal():
    """A journal with authors, topics, a picture and ``ARTICLES`` articles in both languages."""
    from django.core.management import call_command

    from tests import factories

    call_command("migrate", verbosity=0)
    journal = factories.make_journal()
    image = factories.make_image()
    people = [factories.make_author(journal, f"Personne {number}") for number in range(6)]
    topics = [factories.make_topic(journal, f"Thème {n}", f"Topic {n}") for n in range(4)]
    articles = [
        factories.make_article(
            journal,
            f"Le lac gèle {number}",
            f"The lake freezes {number}",
            hero_image=image,
            body_fr=body("fr", number, image),
            body_en=body("en", number, image),
            authors=[people[number % 6], people[(number + 1) % 6]],
            topics=[topics[number % 4], topics[(number + 1) % 4]],
        )
        for number in range(ARTICLES)
    ]
    call_command("rebuild_search_index", verbosity=0)
    assert len(articles) == ARTICLES


def body(language, number, image):
    """``BLOCKS`` blocks: headings, a picture, and paragraphs with words of their own."""
    from benchmarks.texts import SENTENCES
    from tests.factories import blocks

    sentence = SENTENCES[language]
    paragraphs = [("paragraph", f"<p>{sentence} {number}.{part}</p>") for part in range(BLOCKS - 3)]
    heading = ("heading", {"text": f"{language} {number}", "level": "h2"})
    picture = ("image", {"image": image.pk})
    return blocks(heading, *paragraphs[:8], picture, heading, *paragraphs[8:])


# The journeys


def signed_in_client():
    from django.test import Client

    from tests.factories import sign_in

    client = Client()
    sign_in(client)
    return client


def form_of(client, address, article):
    """What the browser posts of the form at ``address`` as it stands: all that it shows."""
    from wagtail.blocks import StreamValue
    from wagtail.test.utils.form_data import nested_form_data

    from tests.forms import form_values

    data = form_values(client.get(address).content.decode())
    draft = article.get_latest_revision_as_object()
    shown = {name: getattr(draft, name.removesuffix("-count"), None) for name in data}
    streams = {
        name.removesuffix("-count"): posted_stream(value)
        for name, value in shown.items()
        if isinstance(value, StreamValue) and name.endswith("-count")
    }
    posted = {**data, **nested_form_data(streams)}
    return {name: "" if value is None else value for name, value in posted.items()}


def posted_stream(stream):
    from wagtail.test.utils.form_data import rich_text, streamfield

    children = list(stream.raw_data)
    posted = streamfield(
        [
            (
                each["type"],
                rich_text(each["value"]) if each["type"] == "paragraph" else each["value"],
            )
            for each in children
        ]
    )
    for number, each in enumerate(children):
        posted[str(number)]["id"] = each["id"]
    return posted


def publish_english(client, article):
    """Press "Publish English only" when the text of both languages has been changed."""
    from django.urls import reverse

    address = reverse("wagtailadmin_pages:edit", args=(article.pk,))
    form = form_of(client, address, article)
    form |= {"headline_fr": "Changé", "headline_en": "Changed", "action-publish-only-en": "1"}
    with traced() as trace:
        response = client.post(address, form)
    assert response.status_code == 302, response.status_code
    page = type(article).objects.get(pk=article.pk)
    assert (page.headline_en, page.headline_fr) == ("Changed", article.headline_fr)
    assert page.get_latest_revision_as_object().headline_fr == "Changé"
    return trace


def save_side_by_side(client, article):
    """Save the English translation beside the French text, with a new headline."""
    from django.urls import reverse

    address = reverse("diptych_translate", args=(article.pk, "en"))
    form = form_of(client, address, article) | {"headline_en": "Changed"}
    with traced() as trace:
        response = client.post(address, form)
    assert response.status_code == 302, response.status_code
    page = type(article).objects.get(pk=article.pk)
    assert page.get_latest_revision_as_object().headline_en == "Changed"
    return trace


def approve_review(client, article):
    """Approve an English text that was changed and submitted for review."""
    from django.urls import reverse

    address = reverse("diptych_translate", args=(article.pk, "en"))
    form = form_of(client, address, article) | {"headline_en": "Reviewed"}
    assert client.post(address, form).status_code == 302
    review = reverse("diptych_review", args=(article.pk, "en"))
    client.post(review, {"submit": "1", "comment": ""})
    html = client.get(review).content.decode()
    fingerprint = re.search(r'name="fingerprint" value="(\w+)"', html)[1]
    with traced() as trace:
        client.post(review, {"approve": "1", "comment": "", "fingerprint": fingerprint})
    assert type(article).objects.get(pk=article.pk).headline_en == "Reviewed"
    return trace


def follow_old_address(client, article):
    """Open the address that an article had before its slug was changed."""
    from wagtail.contrib.redirects.models import Redirect

    old = article.url_in("en")
    draft = article.get_latest_revision_as_object()
    draft.url_slug_en = f"moved-{article.pk}"
    draft.save_revision().publish()
    assert Redirect.objects.filter(old_path=old.rstrip("/")).exists()
    with traced() as trace:
        response = client.get(old)
    assert response.status_code == 301, response.status_code
    return trace


def save_alternative_text(client, article):
    """Save an alternative text of an image that is the name of its file."""
    from django.urls import reverse
    from wagtail.test.utils.form_data import querydict_from_html

    address = reverse("wagtailimages:edit", args=(article.hero_image_id,))
    html = client.get(address).content.decode()
    number = html[: html.index('name="title"')].count("<form") - 1
    form = querydict_from_html(html, form_index=number).dict() | {"alt_en": f"IMG_{article.pk}"}
    form.pop("file", None)
    with traced() as trace:
        response = client.post(address, form)
    assert response.status_code == 302, response.status_code
    return trace


def search(client, article):
    """Search as a reader, with a filter, a phrase and a word that is left out."""
    with traced() as trace:
        response = client.get("/en/search/", {"q": 'lake "freezes" -summer'})
    assert response.status_code == 200, response.status_code
    return trace


JOURNEYS = {
    "Publish English only": publish_english,
    "Save side by side": save_side_by_side,
    "Approve a review": approve_review,
    "Follow an old address": follow_old_address,
    "Save an alternative text": save_alternative_text,
    "Search": search,
}


def measure(detail):
    """Make each journey twice: the first loads what a running process has loaded."""
    from django.conf import settings
    from django.test import override_settings

    from diptych.articles.models import ArticlePage

    # What the site does in background threads is left out.
    dummy = {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
    tasks = {**settings.TASKS, "pictures": dummy, "related": dummy}
    articles = list(ArticlePage.objects.order_by("path"))
    client = signed_in_client()
    with override_settings(TASKS=tasks):
        for number, (name, walk) in enumerate(JOURNEYS.items()):
            walk(client, articles[3 * number])
            print_trace(name, walk(client, articles[3 * number + 1]), detail)


# What is printed


def application_of(path):
    return next((name for name in APPLICATIONS if path.startswith(f"{name}/")), "Wagtail")


def print_trace(name, trace, detail):
    files = Counter(application_of(path) for path in trace.files())
    functions = Counter(application_of(path_of(key[0])) for key in trace.functions)
    queries = Counter()
    for ((path, _line), _sql), times in trace.queries.items():
        queries[application_of(path)] += times
    print(f"\n{name}")
    print(f"{'':<26}{'files':>7}{'functions':>11}{'queries':>9}")
    for each in (*APPLICATIONS, "Wagtail"):
        if files[each] or queries[each]:
            print(f"{each:<26}{files[each]:>7}{functions[each]:>11}{queries[each]:>9}")
    print(f"{'all':<26}{files.total():>7}{functions.total():>11}{queries.total():>9}")
    if detail:
        print_detail(trace)


def print_detail(trace):
    """The functions and queries of each file; then each query with the line that asks for it."""
    by_file = {path: [0, 0] for path in trace.files()}
    for filename, _line, _name in trace.functions:
        by_file[path_of(filename)][0] += 1
    for ((path, _line), _sql), times in trace.queries.items():
        by_file.setdefault(path, [0, 0])[1] += times
    print(f"\n{'file':<58}{'functions':>11}{'queries':>9}")
    for path, (functions, queries) in sorted(by_file.items()):
        print(f"{path:<58}{functions:>11}{queries:>9}")
    print()
    for ((path, line), sql), times in sorted(trace.queries.items()):
        print(f"{times:>3} × {path}:{line} {sql[:150]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--detail", action="store_true", help="name every file and every query")
    parser.add_argument(
        "--journal", type=Path, metavar="FOLDER", help="make the journal there once, and use copies"
    )
    arguments = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    with tempfile.TemporaryDirectory(prefix="diptych-journeys-") as temporary:
        os.environ["DIPTYCH_BENCHMARK_FOLDER"] = temporary
        import django

        django.setup()
        if arguments.journal and arguments.journal.exists():
            shutil.copytree(arguments.journal, temporary, dirs_exist_ok=True)
        else:
            make_journal()
            if arguments.journal:
                shutil.copytree(temporary, arguments.journal)
        measure(arguments.detail)


if __name__ == "__main__":
    main()
