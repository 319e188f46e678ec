"""The commands that timers start, and when each of them last ran."""

import logging
from contextlib import contextmanager
from datetime import timedelta

from django.apps import apps
from django.db import DatabaseError, connection
from django.utils import timezone

logger = logging.getLogger(__name__)

#: The commands, with the time after which one is missed.
TIMED = {
    "publish_scheduled": timedelta(hours=1),
    "send_waiting_mail": timedelta(hours=1),
    "diptych_send_newsletter": timedelta(hours=1),
    "backup": timedelta(days=2),
    "empty_bin": timedelta(days=2),
    "forget_old": timedelta(days=2),
    "upkeep": timedelta(days=8),
    "rebuild_related": timedelta(days=8),
}
#: The applications of those commands that not every site has.
OPTIONAL = {
    "rebuild_related": "diptych.articles.related",
    "diptych_send_newsletter": "diptych.articles.newsletter",
}
#: With one of these a command does nothing, or not all that the timer is for.
TRIALS = ("--help", "-h", "--version", "--dry-run", "--dryrun", "--waiting")


@contextmanager
def recorded(arguments):
    """Note in the database how the command with these arguments of ``manage.py`` ends."""
    name = arguments[1] if len(arguments) > 1 else ""
    if name not in TIMED or set(TRIALS).intersection(arguments):
        yield
        return
    try:
        yield
    except BaseException as error:
        _note(name, isinstance(error, SystemExit) and not error.code)
        raise
    _note(name, True)


def _note(name, is_success):
    column = "succeeded_at" if is_success else "failed_at"
    try:
        model = apps.get_model("journal", "TimedCommand")
        model.objects.update_or_create(name=name, defaults={column: timezone.now()})
    except (DatabaseError, LookupError) as error:
        # The command has finished and printed its errors.
        logger.warning("It could not be noted that %s ran: %s", name, error)


def timed():
    """The commands of this site, with the time after which one is missed."""
    return {
        name: longest
        for name, longest in TIMED.items()
        if name not in OPTIONAL or apps.is_installed(OPTIONAL[name])
    }


def missed():
    """The commands that have not succeeded for too long: names, and when they last did."""
    model = apps.get_model("journal", "TimedCommand")
    last = dict(model.objects.values_list("name", "succeeded_at"))
    now = timezone.now()
    return {
        name: last.get(name)
        for name, longest in timed().items()
        if last.get(name) is None or now - last[name] > longest
    }


def is_migrated():
    """Whether there is a table of these commands."""
    table = apps.get_model("journal", "TimedCommand")._meta.db_table
    return table in connection.introspection.table_names()
