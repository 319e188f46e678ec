"""What it costs to delete a large branch: the request, the locks it holds, the work behind it.

    DJANGO_SETTINGS_MODULE=benchmarks.settings DIPTYCH_BENCHMARK_FOLDER=DIR PYTHONPATH=.:site \\
        python -m benchmarks.deleting

Deletes the largest section of a journal made by ``benchmarks.large_journal`` through the admin. A
process beside it asks for SQLite's lock every few milliseconds, and notes for how long it was held.
``--restore`` restores the section then.
"""

import argparse
import multiprocessing
import sqlite3
import time

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from diptych.articles.languages.bin.restoring import restore_from_bin  # noqa: E402
from diptych.articles.languages.models import BranchDeletion, DeletedPage  # noqa: E402
from diptych.articles.models import ArticleIndexPage  # noqa: E402

#: The seconds between two attempts to take the lock.
STEP = 0.005
#: After so many seconds without an attempt, as on a busy machine, the lock may have been free.
STARVED = 0.1


class Watcher:
    """A process that asks for the lock of SQLite again and again.

    It is started before anything is read: SQLite keeps what it knows of locks in the process, and
    one that is forked during a transaction would believe for ever that this goes on.
    """

    def __init__(self):
        self.longest = multiprocessing.Value("d", 0.0)
        path = str(settings.DATABASES["default"]["NAME"])
        multiprocessing.Process(target=self.watch, args=(path,), daemon=True).start()

    def watch(self, path):
        """Note for how long at most the lock of the database at ``path`` was held."""
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
        free = asked = time.monotonic()
        while True:
            if time.monotonic() - asked > STARVED:
                free = time.monotonic()
            asked = time.monotonic()
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            except sqlite3.OperationalError:
                self.longest.value = max(self.longest.value, time.monotonic() - free)
            else:
                free = time.monotonic()
            time.sleep(STEP)

    def measured(self, work):
        """Seconds, seconds of the processor and of the longest lock that ``work`` took."""
        self.longest.value = 0
        begun, processor = time.monotonic(), time.process_time()
        work()
        took = time.monotonic() - begun, time.process_time() - processor
        return [round(each, 3) for each in (*took, self.longest.value)]


def ask(section, user):
    client = Client()
    client.force_login(user)
    answer = client.post(
        reverse("wagtailadmin_pages:delete", args=(section.pk,)),
        {"confirm_site_name": settings.WAGTAIL_SITE_NAME},
    )
    if answer.status_code != 302:
        raise SystemExit(f"The section was not deleted: {answer.status_code}.")


def wait():
    while BranchDeletion.objects.exists():
        time.sleep(0.2)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--restore", action="store_true")
    options = parser.parse_args()
    watcher = Watcher()

    def report(name, work):
        print(name, *watcher.measured(work), flush=True)

    call_command("migrate", verbosity=0)
    section = max(ArticleIndexPage.objects.all(), key=lambda page: page.numchild)
    user = get_user_model().objects.filter(is_superuser=True).first()
    user = user or get_user_model().objects.create_superuser("remover")
    pages = section.get_descendant_count() + 1
    print(f"{pages:,} pages; seconds, of the processor, of the longest lock", flush=True)
    report("request", lambda: ask(section, user))
    report("background", wait)
    if options.restore:
        key = DeletedPage.objects.get().key
        report("restore", lambda: restore_from_bin(key, user))


if __name__ == "__main__":
    main()
