"""``migrate``, ``diptych_adopt``, ``diptych_merge_trees`` and ``diptych_release``, killed.

Prints by command what differs once it has been run again, from a run that nobody killed.
"""

from steps.site import tell  # isort: skip

import sys
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from diptych.articles.languages.adoption import adopting, correcting, releasing, trees
from tests.killing import differences_when_killed

start, since, seed, *numbers = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:])
adopting.BATCH = correcting.BATCH = releasing.BATCH = trees.BATCH = 8
adopting.REVISIONS = correcting.REVISIONS = releasing.REVISIONS = trees.REVISIONS = 5


def migrate():
    call_command("migrate", verbosity=0)


def adopt():
    for name in ("AboutPage", "EventPage"):
        call_command("diptych_adopt", f"clientsite.{name}", verbosity=0)


def merge():
    call_command("diptych_merge_trees", locales=["de"], into="en", verbosity=0)


def release():
    for name in ("AboutPage", "EventPage"):
        options = {"language": "en", "leave_others": True, "verbosity": 0}
        call_command("diptych_release", f"clientsite.{name}", **options)


call_command("makemigrations", "clientsite", name="languages", interactive=False, verbosity=0)
connection.close()
facts = {}
for work in (migrate, adopt, merge, release):
    facts[work.__name__] = differences_when_killed(work, start, since, seed, *numbers)
    start = start.with_name("done.sqlite3").rename(start.with_name(f"{work.__name__}.sqlite3"))
tell(**facts)
