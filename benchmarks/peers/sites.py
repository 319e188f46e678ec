"""The sites that are compared: each with its settings, its server and its addresses."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "testserver"
#: What a proxy says that takes HTTPS off: the journal asks for it, and the others ignore it.
HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https"}
WHILE_SEEDING = {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"}


@dataclass(frozen=True)
class Site:
    """A project in ``folder``, run with ``environment``; ``application`` is its WSGI module."""

    name: str
    application: str
    folder: Path
    environment: dict = field(repr=False)

    def run(self, *arguments, **environment):
        """Run a Python command in the environment of the site; its output is shown if it fails."""
        done = subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=self.folder,
            env={**os.environ, **self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{self.name}: {' '.join(map(str, arguments))}\n{done.stdout}")

    def manage(self, *arguments):
        self.run("-m", "django", *arguments)


def journal(folder, articles, *seeding):
    """The journal with the settings of a public server on SQLite.

    It is filled with the options ``seeding`` unless it stands in ``folder`` already.
    """
    site = Site(
        "journal",
        "config.wsgi",
        ROOT,
        {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "DIPTYCH_BENCHMARK_FOLDER": str(folder),
            "SECRET_KEY": "insecure-key-for-benchmarks-" * 2,
            "ALLOWED_HOSTS": f"{HOST},127.0.0.1",
            "SITE_ADDRESS": "https://journal.example",
            "DATABASE_URL": f"sqlite:///{folder / 'benchmark.sqlite3'}",
            "MEDIA_ROOT": str(folder / "media"),
            "STATIC_ROOT": str(folder / "static"),
            "DEFAULT_FROM_EMAIL": "journal@journal.example",
            "EMAIL_URL": "consolemail:",
            "BEHIND_HTTPS_PROXY": "true",
            "LOG_LEVEL": "ERROR",
        },
    )
    if not (folder / "static").exists():
        folder.mkdir(parents=True, exist_ok=True)
        seed = ("-m", "benchmarks.seeding", articles, "--without-stock-page", *seeding)
        site.run(*seed, **WHILE_SEEDING)
        site.manage("collectstatic", "--noinput")
    return site


def blog(folder, articles):
    """The blog in ``benchmarks/blog``."""
    site = Site(
        "blog",
        "benchmarks.blog.wsgi",
        folder,
        {
            "DJANGO_SETTINGS_MODULE": "benchmarks.blog.settings",
            "PYTHONPATH": str(ROOT),
            "DIPTYCH_BENCHMARK_FOLDER": str(folder),
        },
    )
    folder.mkdir(parents=True)
    site.run("-m", "benchmarks.blog.seeding", articles)
    site.manage("collectstatic", "--noinput")
    return site


def started(folder):
    """What ``wagtail start`` makes, with the one page that it begins with."""
    folder.mkdir(parents=True)
    site = Site(
        "start",
        "started.wsgi",
        folder,
        {
            "DJANGO_SETTINGS_MODULE": "started.settings.production",
            "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
        },
    )
    make = "from wagtail.bin.wagtail import main; main()"
    site.run("-c", make, "start", "started", folder, DJANGO_SETTINGS_MODULE="")
    local = folder / "started" / "settings" / "local.py"
    local.write_text(f'SECRET_KEY = "insecure-{"k" * 50}"\nALLOWED_HOSTS = ["*"]\n')
    site.manage("migrate")
    site.manage("collectstatic", "--noinput")
    return site
