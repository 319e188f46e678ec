"""Django projects that are measured, each in an environment for production."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.server import running_server

ROOT = Path(__file__).resolve().parents[1]
HOST = "journal.example"
#: What a proxy says that takes HTTPS off: the journal asks for it, and the others ignore it.
HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https"}
KEY = "insecure-key-for-benchmarks-" * 2


@dataclass(frozen=True, eq=False)
class Project:
    """A project that runs in ``source``; ``application`` is its WSGI module.

    Nothing of the environment of the benchmark is left but where programs are found.
    """

    name: str
    application: str
    source: Path
    variables: dict = field(repr=False)

    @property
    def environment(self):
        own = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        return {**own, **self.variables}

    def run(self, *arguments, **variables):
        """Run a Python command and return its output, which is shown if it fails."""
        done = subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=self.source,
            env={**self.environment, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{self.name}: {' '.join(map(str, arguments[:3]))}\n{done.stdout}")
        return done.stdout

    def manage(self, *arguments, **variables):
        return self.run("-m", "django", *arguments, **variables)

    def served(self, command, log):
        """A running server, by a command of ``benchmarks.server``."""
        return running_server(log, command, self.source, self.environment, HEADERS)


def journal(folder, settings="config.settings.production"):
    """The journal of a public server, with its database and files in ``folder``."""
    return Project(
        "journal",
        "config.wsgi",
        ROOT,
        {
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "SECRET_KEY": KEY,
            "ALLOWED_HOSTS": HOST,
            "SITE_ADDRESS": f"https://{HOST}",
            "DATABASE_URL": f"sqlite:///{folder / 'benchmark.sqlite3'}",
            "MEDIA_ROOT": str(folder / "media"),
            "STATIC_ROOT": str(folder / "static"),
            "PAGE_CACHE": str(folder / "pages"),
            "DEFAULT_FROM_EMAIL": f"desk@{HOST}",
            "EMAIL_URL": "dummy://",
            "BEHIND_HTTPS_PROXY": "true",
            "LOG_LEVEL": "ERROR",
        },
    )


def started(folder):
    """What ``wagtail start`` makes in ``folder``, with a secret key and a host."""
    project = Project(
        "start",
        "started.wsgi",
        folder,
        {
            "DJANGO_SETTINGS_MODULE": "started.settings.production",
            "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
        },
    )
    if not folder.exists():
        folder.mkdir(parents=True)
        start = "from wagtail.bin.wagtail import main; main()"
        project.run("-c", start, "start", "started", folder, DJANGO_SETTINGS_MODULE="")
        local = f'SECRET_KEY = "{KEY}"\nALLOWED_HOSTS = ["*"]\n'
        (folder / "started" / "settings" / "local.py").write_text(local)
        project.manage("migrate")
        project.manage("collectstatic", "--noinput")
    return project
