"""An import of WordPress, killed at statements that are drawn by a seed, and run again to its end.

``python -m tests.adversarial.killed_import FOLDER SEED KILLS`` prints what is there afterwards, and
what an import that nobody has killed has made.
"""

import json
import random
import sys
from pathlib import Path

import django
from django.conf import settings

django.setup()
IMMEDIATE = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
settings.TASKS = dict.fromkeys(settings.TASKS, IMMEDIATE)

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from wagtail.models import Page  # noqa: E402

from diptych.articles.transfer.models import ImportedItem  # noqa: E402
from tests.articles.transfer.wordpress.imports import AUTHOR, LEAD, PAIR, item  # noqa: E402
from tests.factories import make_journal  # noqa: E402
from tests.killing import copy_database, run_killed  # noqa: E402
from tests.migrated import copy_migrated  # noqa: E402
from tests.wordpress_exports import HEAD, HOST, TAIL  # noqa: E402

ITEMS = [
    item(4, "fr", LEAD, content=f"<p>A</p>\n\n<p><a href='https://{HOST}/texte-2/'>b</a></p>"),
    *PAIR,
    item(3, "fr", kind="page", post_parent="5"),
    item(5, "fr", kind="page", status="draft"),
]


def import_it(path, report=None):
    call_command("import_wordpress", path, report=report, verbosity=0)


def texts():
    """Each page of the database with its texts, its place and the languages that are live."""
    return [
        [
            page.specific_class.__name__,
            page.url_path,
            page.live,
            page.get_latest_revision_as_object().title,
            [str(block.value) for block in getattr(page.specific, "body_fr", None) or ()],
        ]
        for page in Page.objects.filter(depth__gt=1).order_by("url_path")
    ]


def on(path, work):
    """What ``work`` gives on the database at ``path``."""
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    found = work()
    connection.close()
    return found


def main(folder, seed, kills):
    export, report = folder / "export.xml", folder / "report.json"
    export.write_text(HEAD.format(version="1.2", host=HOST) + AUTHOR + "".join(ITEMS) + TAIL)
    settings.MEDIA_ROOT = str(folder / "media")
    start = folder / "start.sqlite3"
    copy_migrated(start)
    on(start, make_journal)
    done = copy_database(start, folder / "done.sqlite3")
    statements = run_killed(lambda: import_it(export), done)
    drawn, again = random.Random(seed), copy_database(start, folder / "again.sqlite3")
    killed = 0
    for _kill in range(kills):
        moment = drawn.randint(1, max(statements // 4, 2))
        killed += run_killed(lambda: import_it(export), again, kill_at=moment) is None
    run_killed(lambda: import_it(export), again)
    run_killed(lambda: import_it(export, report), again)
    rows = on(again, ImportedItem.objects.filter(kind__in=["post", "page"]).count)
    problems = on(again, lambda: [str(each) for each in Page.find_problems() if each])
    told = {
        "killed": killed,
        "pages": on(again, texts),
        "expected": on(done, texts),
        "rows": rows,
        "items": len(ITEMS),
        "counts": json.loads(report.read_text())["counts"],
        "problems": problems,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
