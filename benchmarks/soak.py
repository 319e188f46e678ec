"""A site under a steady load of readers and editors: errors, and how its memory grows.

    PYTHONPATH=.:site python -m benchmarks.soak [--minutes 30] [--database postgresql]

Three editors save every few seconds, every fourth time to publish; readers ask for pages, half of
which the page cache holds, and for pages that are not there. The memory of all processes is read
each minute; the first third, in which caches fill, is not compared.
"""

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path

import django

from benchmarks.databases import DATABASES
from benchmarks.editors_and_readers import seed_in
from tests.servers import fetch, free_port, production_environment, running_site

WORKERS, THREADS = 2, 4
EDITORS, READERS = 3, 4
#: Seconds between two saves of an editor, and two pages of a reader.
PAUSE_OF_EDITOR, PAUSE_OF_READER = 4, 0.2
#: The only answers that are no fault.
EXPECTED = {200, 404, "save 302"}
PAGES = (
    "/fr/",
    "/en/",
    "/en/stories/",
    "/en/stories/story-one/",
    "/fr/articles/article-deux/",
    "/fr/feed/atom/",
    "/en/search/?q=story+{number}",
    "/fr/rien-{number}/",
    "/sitemap.xml",
)


def main():
    options = read_options()
    with tempfile.TemporaryDirectory(prefix="diptych-soak-") as path, ExitStack() as stack:
        folder = Path(path)
        environment = production_environment(folder, LOG_LEVEL="ERROR")
        address = stack.enter_context(DATABASES[options.database]())
        if address:
            environment["DATABASE_URL"] = str(address)
        seed_in(environment, EDITORS)
        django.setup()
        port = free_port()
        process = stack.enter_context(running_site(folder, environment, port, WORKERS, THREADS))
        soak = Soak(port, options.minutes * 60)
        report(soak.run(process.pid), soak.statuses)
        errors = [line for log in folder.glob("site-*.log") for line in log.open()]
        print("".join(errors[-30:]))
    raise SystemExit(0 if soak.statuses.keys() <= EXPECTED else 1)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--minutes", type=int, default=30, choices=range(3, 600), metavar="N")
    return parser.parse_args()


class Soak:
    """Readers and editors who pause, for so many ``seconds``."""

    def __init__(self, port, seconds):
        self.port, self.until = port, time.monotonic() + seconds
        self.statuses = Counter()

    def run(self, pid):
        """The megabytes that the site uses, read each minute."""
        from diptych.articles.models import ArticlePage

        pks = ArticlePage.objects.filter(slug__startswith="texte-").values_list("pk", flat=True)
        people = [threading.Thread(target=self._read) for _reader in range(READERS)]
        people += [threading.Thread(target=self._edit, args=(pk,)) for pk in pks]
        for each in people:
            each.start()
        used = []
        while time.monotonic() < self.until:
            time.sleep(60)
            used.append(megabytes(pid))
            print(f"{len(used):3} min  {used[-1]:5.0f} MB  {dict(self.statuses)}", flush=True)
        for each in people:
            each.join()
        return used

    def _read(self):
        while time.monotonic() < self.until:
            path = random.choice(PAGES).format(number=random.randrange(500))
            self._count(partial(self._status_of, path))
            time.sleep(PAUSE_OF_READER)

    def _status_of(self, path):
        return fetch(self.port, path).status

    def _edit(self, pk):
        from tests.articles.languages.editor import PUBLISH_ENGLISH, article_form
        from tests.deploy.desk import Desk

        def save(turn):
            press = None if turn % 4 else PUBLISH_ENGLISH
            form = article_form(f"Texte {pk}, {turn}", f"Text {pk}, {turn}", press)
            answer = desk.post(f"/admin/pages/{pk}/edit/", {**form, **desk.opened_on(pk)})
            return f"save {answer.status_code}"

        desk, turns = Desk(self.port), count(1)
        while time.monotonic() < self.until:
            self._count(partial(save, next(turns)))
            time.sleep(PAUSE_OF_EDITOR)

    def _count(self, ask):
        """Count the status that ``ask`` gives, or the name of its exception."""
        try:
            status = ask()
        except Exception as error:
            status = type(error).__name__
        self.statuses[status] += 1


def megabytes(pid):
    """The resident memory of a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return _resident(pid) + sum(map(megabytes, children))


def _resident(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def report(used, statuses):
    third = len(used) // 3
    before, after = (statistics.mean(part) for part in (used[third : 2 * third], used[-third:]))
    print(f"{sum(statuses.values())} answers: {dict(statuses)}")
    print(f"memory: {before:.0f} MB in the second third, {after:.0f} in the last: ", end="")
    print(f"{after / before - 1:+.1%}")


if __name__ == "__main__":
    main()
