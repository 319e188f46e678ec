"""Follow docs/moving.en.md to the letter in a folder; prints what was there after each step.

``python -m tests.articles.transfer.wordpress.followed FOLDER``, on the site of the settings. The
folders of the machine are below ``FOLDER``; what comes from the other server is brought.
"""

import json
import os
import re
import shlex
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings

django.setup()
IMMEDIATE = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
settings.TASKS = dict.fromkeys(settings.TASKS, IMMEDIATE)

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, override_settings  # noqa: E402
from django.utils import translation  # noqa: E402
from wagtail.models import Page  # noqa: E402

from diptych.articles.models import ArticlePage  # noqa: E402
from tests.adversarial.crawled import STATIC  # noqa: E402
from tests.articles.transfer.wordpress.guide import steps_by_heading  # noqa: E402
from tests.factories import make_journal, write_draft  # noqa: E402
from tests.migrated import copy_migrated  # noqa: E402
from tests.servers import SITE_HOST  # noqa: E402
from tests.wordpress_exports import write_export, write_media  # noqa: E402

PLACES = re.compile(r"(?<![\w.])/(?=(?:opt|var/backups)/)")
POSTS = 4
EDITED = "Changed by an editor"


class Machine:
    """A folder in place of ``/``, and the account of the tests in place of ``diptych``."""

    def __init__(self, root):
        self.root = root
        self.written = None
        for folder in ("opt/diptych/var", "var/backups/diptych"):
            (root / folder).mkdir(parents=True)

    def path(self, absolute):
        return self.root / absolute.lstrip("/")

    def carry_out(self, command):
        """Run a command of the guide; what it said."""
        user, group = os.getuid(), os.getgid()
        command = command.replace("--owner diptych --group diptych", f"-o {user} -g {group}")
        command = command.replace(" diptych:diptych ", f" {user}:{group} ")
        program, *arguments = shlex.split(PLACES.sub(f"{self.root}/", command))
        if program == "diptych-manage":
            return self._manage(arguments)
        if program == "rsync":
            source, target = arguments[-2:]
            write_media(Path(target) / Path(source).name, self.written)
        elif program == "scp":
            self.bring_export(Path(arguments[-1]), POSTS)
        elif program != "systemctl":
            subprocess.run([program, *arguments], check=True, timeout=60)
        return ""

    def _manage(self, arguments):
        with redirect_stdout(StringIO()) as said:
            call_command(*arguments)
        return said.getvalue()

    def bring_export(self, path, posts):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.written = write_export(path, posts=posts, words=12)


@override_settings(STORAGES=STATIC)
def answers(written):
    """The status one step behind each address that visitors of the old site had."""
    found = {}
    for _pk, _language, _slug, link, status in written.texts:
        if status == "publish":
            client = Client(headers={"host": SITE_HOST, "x-forwarded-proto": "https"})
            first = client.get(urlsplit(link).path, secure=True)
            second = client.get(first.url, secure=True) if first.status_code == 301 else first
            found[urlsplit(link).path] = [first.status_code, second.status_code]
    return found


def pages():
    return Page.objects.count()


def main(root):
    machine, steps, told = Machine(root), steps_by_heading("en"), {}
    # What stands on the old server, before its files are asked for.
    machine.bring_export(root / "old.example/export.xml", POSTS)
    copy_migrated(connection.settings_dict["NAME"])
    make_journal(hostname=SITE_HOST)
    told["before"] = pages()
    with translation.override("en"):
        for heading, commands in steps.items():
            if heading == "Go back":
                told |= run_again(machine, steps["6. Import"])
            said = "".join(machine.carry_out(each) for each in commands)
            told[heading] = {"pages": pages(), "said": said}
            if heading == "6. Import":
                told["answers"] = answers(machine.written)
                told["reports"] = {
                    name: json.loads(machine.path(f"opt/diptych/var/imports/{name}").read_text())
                    for name in ("trial.json", "report.json")
                }
                told["comments"] = machine.path("opt/diptych/var/imports/comments.csv").read_text()
    told["left"] = [each.name for each in machine.path("opt/diptych/var").iterdir()]
    print(json.dumps(told))


def run_again(machine, commands):
    """Edit an article, bring a newer export and import that; what the report says."""
    edited = ArticlePage.objects.exclude(headline_fr="").order_by("-pk").first()
    write_draft(edited, headline_fr=EDITED)
    machine.bring_export(machine.path("opt/diptych/var/imports/export.xml"), POSTS + 2)
    for each in commands:
        machine.carry_out(each)
    draft = ArticlePage.objects.get(pk=edited.pk).get_latest_revision_as_object()
    report = json.loads(machine.path("opt/diptych/var/imports/report.json").read_text())
    return {"again": report, "edited": draft.headline_fr}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
