"""What an editor's requests cost the server, in CPU milliseconds and queries.

    PYTHONPATH=.:site python -m benchmarks.saves [--articles 300] [--profile publish]

Saving a draft, publishing, opening the editor and autosaving an article of twenty blocks, five of
them images, in both languages, with the settings of a public server.
"""

import argparse
import cProfile
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

import django

from benchmarks.measuring import counting
from tests.servers import checked_python, production_environment

PARAGRAPHS, IMAGES = 13, 5
ROUNDS = 12


def main():
    options = read_options()
    if options.inside:
        return measure(options)
    with tempfile.TemporaryDirectory(prefix="diptych-saves-") as temporary:
        folder = options.folder or Path(temporary)
        database = folder / "benchmark.sqlite3"
        address = f"sqlite:///{database}"
        environment = production_environment(folder, DATABASE_URL=address, LOG_LEVEL="ERROR")
        if not database.exists():
            folder.mkdir(exist_ok=True)
            seeding = {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
            seeding |= {"DIPTYCH_BENCHMARK_FOLDER": str(folder)}
            arguments = ("-m", "benchmarks.seeding", options.articles, "--without-stock-page")
            checked_python(environment | seeding, *arguments)
            checked_python(environment, "manage.py", "collectstatic", "--no-input", "-v0")
        again = [sys.executable, "-m", __spec__.name, "--inside", *sys.argv[1:]]
        return subprocess.run(again, env=environment, check=False).returncode


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--folder", type=Path, help="keep the journal there")
    parser.add_argument("--profile", help="the request to profile", default="")
    parser.add_argument("--queries", help="the request whose queries are listed", default="")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(options):
    django.setup()
    for name, kind in REQUESTS.items():
        request = kind()
        for _round in range(3):
            request.prepare()
            request.ask()
        if name == options.profile:
            profile(request)
        request.prepare()
        with counting() as counter:
            request.ask()
        if name == options.queries:
            show(counter)
        times = [processor_time(request) for _round in range(ROUNDS)]
        own, whole = zip(*times, strict=True)
        print(
            f"{name:10} {min(own):6.1f} ms least {statistics.median(own):6.1f} median, "
            f"{min(whole):6.1f} {statistics.median(whole):6.1f} with background work, "
            f"{counter.queries} queries, {counter.writes} of them writes"
        )


def processor_time(request):
    """CPU milliseconds of a request, and with what it leaves to do in the background."""
    request.prepare()
    wait_for_background()
    own, whole = time.thread_time(), time.process_time()
    request.ask()
    own = time.thread_time() - own
    wait_for_background()
    return own * 1000, (time.process_time() - whole) * 1000


def wait_for_background():
    from operations.background import ThreadBackend

    for pool in ThreadBackend.pools.values():
        pool.submit(int).result()


def profile(request):
    """Print what the request is made of, by a profiler, which takes several times as long."""
    profiler = cProfile.Profile()
    for _round in range(10):
        request.prepare()
        profiler.enable()
        request.ask()
        profiler.disable()
    for order in ("cumulative", "tottime"):
        pstats.Stats(profiler).sort_stats(order).print_stats(100)


def show(counter):
    """Print each statement, how often it was made and the lines that asked for it."""
    for sql, times in counter.statements.items():
        places = "; ".join(f"{place} {number}" for place, number in counter.places[sql].items())
        tables = sql.partition(" FROM ")[2] or sql
        print(f"{times} × {places}\n      {sql[:40]} … {tables[:160]}")


class Desk:
    """An editor with a browser, who works on one article."""

    def __init__(self):
        from django.urls import reverse

        self.client = signed_in_client()
        self.article = make_article()
        self.address = reverse("wagtailadmin_pages:edit", args=(self.article.pk,))
        self.numbers = count(1)

    def open(self):
        answer = self.client.get(self.address)
        assert answer.status_code == 200, answer.status_code

    def form(self):
        """What the browser posts of the editor, opened now."""
        from benchmarks.journeys import form_of

        return form_of(self.client, self.address, self.article)

    def changes(self):
        """A new lead in French."""
        return {"lead_fr": f"Le lac gèle {next(self.numbers)} fois."}

    def post(self, form):
        answer = self.client.post(self.address, form)
        assert answer.status_code == 302, faults(answer)

    def autosave(self, form):
        """Post ``form`` as the browser does by itself; gives the form that it posts next."""
        answer = self.client.post(self.address, form, headers={"accept": "application/json"})
        said = answer.json()
        assert said.get("success"), said
        return {
            **form,
            **said["field_updates"],
            "loaded_revision_id": str(said["revision_id"]),
            "loaded_revision_created_at": said["revision_created_at"],
            "overwrite_revision_id": str(said["revision_id"]),
        }


class Saving:
    """A request, and what the browser does before it, which is not measured."""

    pressed = {}

    def __init__(self):
        self.desk = Desk()
        self.form = self.desk.form()

    def prepare(self):
        self.form = self.desk.form() | self.desk.changes() | self.pressed

    def ask(self):
        self.desk.post(self.form)


class Publishing(Saving):
    pressed = {"action-publish": "1"}


class Opening(Saving):
    """After a draft was saved that is newer than what is live."""

    def __init__(self):
        super().__init__()
        self.desk.post(self.form)

    def prepare(self):
        """Nothing: the draft stays the same."""

    def ask(self):
        self.desk.open()


class Autosaving(Saving):
    """One after the other, each of which overwrites the revision of the one before."""

    def prepare(self):
        self.form = self.form | self.desk.changes()

    def ask(self):
        self.form = self.desk.autosave(self.form)


REQUESTS = {"save": Saving, "publish": Publishing, "open": Opening, "autosave": Autosaving}


def faults(answer):
    """The errors on the screen that was sent back."""
    from lxml.html import document_fromstring

    shown = document_fromstring(answer.content).xpath("//*[contains(@class, 'error')]//text()")
    return answer.status_code, " ".join(" ".join(shown).split())[:1000]


def signed_in_client():
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    client.defaults["HTTP_X_FORWARDED_PROTO"] = "https"
    user = get_user_model().objects.get(username="editor-0")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def make_article():
    """An article of twenty blocks with five images, two authors and two topics, published."""
    from wagtail.images import get_image_model
    from wagtail.models import Site

    from benchmarks.texts import paragraph
    from diptych.articles.models import ArticleIndexPage, AuthorPage, TopicPage
    from tests import factories

    images = get_image_model().objects.order_by("pk")[:IMAGES]
    bodies = {
        f"body_{code}": factories.blocks(*blocks(paragraph(code), images)) for code in ("fr", "en")
    }
    index = ArticleIndexPage.objects.get(slug="articles")
    journal = factories.Journal(Site.objects.get(), None, index, None, None)
    number = index.numchild
    return factories.make_article(
        journal,
        f"Le lac {number}",
        f"The lake {number}",
        hero_image=images[0],
        authors=AuthorPage.objects.all()[:2],
        topics=TopicPage.objects.all()[:2],
        **bodies,
    )


def blocks(text, images):
    heading = ("heading", {"text": "Le lac", "level": "h2"})
    pictures = [("image", {"image": image.pk}) for image in images]
    texts = [("paragraph", text)] * PARAGRAPHS
    return [heading, *texts[:6], *pictures, heading, *texts[6:]]


if __name__ == "__main__":
    sys.exit(main())
