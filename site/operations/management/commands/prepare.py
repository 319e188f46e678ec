"""`manage.py prepare`: make the database ready; safe where several servers start at once."""

import fcntl
import time
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.utils.translation import gettext as _

#: The number of the lock on PostgreSQL, which nothing else of this database takes.
LOCK = 5_260_173
#: How long a database is waited for that is only just starting, in seconds.
PATIENCE = 60


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Wait for the database and apply the migrations; servers that start at once take turns."
        )

    def handle(self, **options):
        wait_for_database()
        with turn():
            call_command("migrate", interactive=False, verbosity=options["verbosity"])


def wait_for_database():
    """Wait until the database answers."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            connection.ensure_connection()
            return
        except OperationalError as error:
            if time.monotonic() > end:
                raise CommandError(_("The database does not answer: %s") % error) from error
            time.sleep(1)


@contextmanager
def turn():
    """Run the block in one process at a time, on all servers of this database.

    On PostgreSQL with an advisory lock of the session, released with its connection; on SQLite,
    which serves one machine, with a lock file next to the database.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        return
    with open(Path(f"{connection.settings_dict['NAME']}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
