"""How many pages readers get while editors save, with and without processes for editors.

    PYTHONPATH=.:site python -m benchmarks.editors_and_readers [--database postgresql]

Every page is rendered, as if no cache held it. Editors post whole forms without a pause, every
fourth of them to publish; the numbers are those of the worst hour, not of a usual one.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import django

from benchmarks.databases import DATABASES
from tests.servers import fetch, free_port, production_environment, running_site

PAGES = ["/fr/", "/en/stories/", "/en/stories/story-one/", "/fr/articles/article-deux/"]
WORKERS, ADMIN_WORKERS, THREADS = 2, 1, 4
READERS = 4


def main():
    options = read_options()
    with tempfile.TemporaryDirectory(prefix="diptych-pools-") as path, ExitStack() as stack:
        folder = Path(path)
        environment = production_environment(
            folder, DJANGO_SETTINGS_MODULE="benchmarks.uncached", LOG_LEVEL="ERROR"
        )
        address = stack.enter_context(DATABASES[options.database]())
        if address:
            environment["DATABASE_URL"] = str(address)
        seed_in(environment, options.editors)
        django.setup()
        print(f"{options.database}, {options.editors} editors, {READERS} readers")
        for name, is_apart in (("one pool", False), ("a pool for /admin/", True)):
            print(f"{name}:")
            report(*measure(folder, environment, is_apart, options))
        errors = [line for log in folder.glob("site-*.log") for line in log.open()]
        print("".join(errors[-30:]))


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--editors", type=int, default=16)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--seed", action="store_true", help="only make the database")
    return parser.parse_args()


def seed_in(environment, editors):
    """Make the database of an environment, which becomes that of this process.

    The forms of editors are made of the models.
    """
    program = [sys.executable, "-m", "benchmarks.editors_and_readers", "--seed"]
    subprocess.run([*program, "--editors", str(editors)], env=environment, check=True)
    os.environ |= environment


def seed(editors):
    """Make a small journal, with an article for each editor."""
    django.setup()
    from django.core.management import call_command
    from wagtail.models import Site

    from diptych.articles.models import ArticleIndexPage, AuthorIndexPage, HomePage, TopicIndexPage
    from tests import factories
    from tests.deploy.seed import seed as seed_journal

    seed_journal()
    parts = (HomePage, ArticleIndexPage, TopicIndexPage, AuthorIndexPage)
    journal = factories.Journal(Site.objects.get(), *(each.objects.get() for each in parts))
    for number in range(editors):
        factories.make_article(journal, f"Texte {number}", f"Text {number}")
    call_command("collectstatic", "--no-input", "-v0")


def measure(folder, environment, is_apart, options):
    """The rates of readers alone and beside editors, the seconds of each save, and the failures."""
    site_port, admin_port = free_port(), free_port()
    with ExitStack() as stack:
        stack.enter_context(running_site(folder, environment, site_port, WORKERS, THREADS))
        if is_apart:
            site = running_site(folder, environment, admin_port, ADMIN_WORKERS, THREADS)
            process = stack.enter_context(site)
            os.setpriority(os.PRIO_PROCESS, process.pid, 5)
        port = admin_port if is_apart else site_port
        load = Load(site_port, port, options.seconds)
        load.run(editors=0)  # what each process loads on its first requests
        alone = load.run(editors=0)
        beside = load.run(editors=options.editors)
        return alone, beside, load.saves, load.failures


class Load:
    """Readers and editors who ask a site as fast as it answers."""

    def __init__(self, site_port, admin_port, seconds):
        self.site_port, self.admin_port, self.seconds = site_port, admin_port, seconds
        self.saves, self.failures = [], []

    def run(self, editors):
        """Pages that readers get per second while ``editors`` save."""
        from diptych.articles.models import ArticlePage

        articles = ArticlePage.objects.filter(slug__startswith="texte-").order_by("pk")
        pks = list(articles.values_list("pk", flat=True))
        pages, desks = [], [self._desk() for _number in range(editors)]
        until = time.monotonic() + self.seconds
        people = [threading.Thread(target=self._read, args=(pages, until)) for _ in range(READERS)]
        people += [
            threading.Thread(target=self._edit, args=(desk, pks[number], number, until))
            for number, desk in enumerate(desks)
        ]
        for each in people:
            each.start()
        for each in people:
            each.join()
        return len(pages) / self.seconds

    def _desk(self):
        from tests.deploy.desk import Desk

        return Desk(self.admin_port)

    def _read(self, pages, until):
        while time.monotonic() < until:
            answer = fetch(self.site_port, PAGES[len(pages) % len(PAGES)])
            if answer.status != 200:
                self.failures.append(f"a page: {answer.status}")
            elif time.monotonic() < until:
                pages.append(answer)

    def _edit(self, desk, pk, number, until):
        from tests.articles.languages.editor import PUBLISH_ENGLISH, article_form

        turn = 0
        while time.monotonic() < until:
            turn += 1
            press = None if turn % 4 else PUBLISH_ENGLISH
            form = article_form(f"Texte {number}, {turn}", f"Text {number}, {turn}", press)
            form |= desk.opened_on(pk)
            begin = time.monotonic()
            answer = desk.post(f"/admin/pages/{pk}/edit/", form)
            self.saves.append(time.monotonic() - begin)
            if answer.status_code != 302:
                self.failures.append(f"a save: {answer.status_code} {answer.text[:200]}")


def report(alone, beside, saves, failures):
    ninety_fifth = statistics.quantiles(saves, n=20)[-1]
    print(f"  readers alone          {alone:6.1f} pages a second")
    print(f"  readers beside editors {beside:6.1f} pages a second, {beside / alone:.0%}")
    print(
        f"  saves                  {len(saves)}, p50 {statistics.median(saves):.2f} s, "
        f"p95 {ninety_fifth:.2f} s"
    )
    print(f"  failures               {len(failures)} {failures[:1] or ''}")


if __name__ == "__main__":
    given = read_options()
    seed(given.editors) if given.seed else main()
