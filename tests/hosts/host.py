"""A host: a project that `wagtail start` makes, into which the plugin is brought by a document."""

import json
import shlex
import socket
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from tests.hosts.building import ROOT, Failed
from tests.hosts.instructions import carry_out, steps_of
from tests.hosts.story import STEPS, Plan

HERE = Path(__file__).parent
STORY = HERE / "story.py"
REMOVED = HERE / "removed.py"

JOURNAL = Plan(
    model="diptych.ArticlePage",
    fields=("headline", "lead", "body"),
    words={
        "fr": ("Un pont", "Il est traversé.", "Il est fort long."),
        "en": ("A bridge", "It is crossed.", "It is rather long."),
    },
    prefixes={"fr": "/fr/", "en": "/en/"},
    below="diptych.ArticleIndexPage",
    above={"fr": "Récits", "en": "Stories"},
)

#: Commands that change the shell they are typed into: the environment and the folder are given.
OF_THE_SHELL = ("python3 -m venv .venv", ". .venv/bin/activate", "cd mysite")


class Host:
    """A project with the journal, made by docs/journal.md; others change what differs."""

    #: What it is, for the table.
    title = "`wagtail start` by the lines of docs/journal.md"
    document = "docs/journal.md"
    heading = "## Put it in"
    plan = JOURNAL
    #: Whether the document begins with a project that is there.
    is_started = True
    #: Whether the plugin is taken out of it again, and the settings of the host that stay then.
    is_removed = True
    settings_that_stay = ""

    def __init__(self, project):
        self.project = project

    def set_up(self):
        """Follow the document, with :meth:`prepare` before its first command of the project."""
        if self.is_started:
            self.project.start()
        steps = steps_of((ROOT / self.document).read_text(), self.heading)
        prepared = False
        for step in steps:
            if step.action != "run":
                carry_out(step, self.project.folder)
                continue
            if not prepared and any("manage.py migrate" in each for each in step.commands()):
                self.prepare()
                prepared = True
            for command in step.commands():
                self.follow(command)

    def prepare(self):
        """Do what this host does beside the document: files, settings."""

    def follow(self, command):
        """Run a command of the document; give answers where it asks, stop what never ends."""
        if command.endswith("createsuperuser"):
            answers = {
                "DJANGO_SUPERUSER_USERNAME": "admin",
                "DJANGO_SUPERUSER_EMAIL": "admin@host.test",
                "DJANGO_SUPERUSER_PASSWORD": "of-a-host",
            }
            self.project.run(f"{command} --noinput", **answers)
        elif command.endswith("runserver"):
            self.serve(command)
        elif command in OF_THE_SHELL:
            return
        else:
            self.project.run(command)

    def serve(self, command):
        """Start the server and ask it for the front page and the admin."""
        with self.serving(command) as served:
            for address in ("/", "/admin/"):
                with urllib.request.urlopen(f"{served}{address}", timeout=60) as answer:
                    assert answer.status == 200, address

    @contextmanager
    def serving(self, command):
        """The address at which the project is served meanwhile."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with self.project.serve(f"{command} 127.0.0.1:{port} --noreload") as server:
            try:
                self.wait_for(server, port)
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()

    @staticmethod
    def wait_for(server, port):
        """Wait until the server listens, at most two minutes."""
        ends = time.monotonic() + 120
        while time.monotonic() < ends and server.poll() is None:
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise Failed("the server did not start")

    def check(self):
        """No migration is left to make, and `check` has nothing to say."""
        self.project.manage("makemigrations", "--check", "--dry-run")
        self.project.manage("check", "--fail-level", "WARNING")

    def remove(self):
        """Follow `docs/removing.md`, up to a project without a word of the plugin; look at it."""
        self.project.manage("diptych_remove", "--to-pages", "--export", "archive")
        self.project.as_before()
        self.project.add("mysite/settings/base.py", self.settings_that_stay)
        self.project.manage("migrate")
        Host.check(self)
        said = self.project.run(f"python {REMOVED}")
        if "all answers" not in said:
            raise Failed(said)

    def story(self):
        """The steps of the story with the seconds of each; raises :class:`Failed`."""
        plan = shlex.quote(json.dumps(asdict(self.plan)))
        said = self.project.run(f"python {STORY} {plan}")
        steps = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
        if [step["step"] for step in steps] != list(STEPS):
            raise Failed(said)
        return steps
