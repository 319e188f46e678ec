"""What a worker of the server costs: processor time until its first page, and its memory.

It is compared with a new project of ``wagtail start``, both with settings for production, on
SQLite, with static files collected. Start: the processor time of a process that loads the WSGI
application and answers a request for the front page, the least of several, in turns. Memory: the
proportional set size (PSS) of one gunicorn worker that has answered every page of the site map,
in every language.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from benchmarks.server import PATIENCE, free_port, wait_for_server

ROOT = Path(__file__).resolve().parents[1]
HOST = "journal.example"
STARTS = 7
#: A process that loads an application, asks it for a page and says what that took.
START = """
import sys, time
from importlib import import_module
from wsgiref.util import setup_testing_defaults
environ = {"HTTP_HOST": sys.argv[3], "PATH_INFO": sys.argv[2], "wsgi.url_scheme": "https"}
setup_testing_defaults(environ)
application = import_module(sys.argv[1]).application
loaded = time.process_time()
answered = []
body = b"".join(application(environ, lambda status, headers: answered.append(status)))
assert answered == ["200 OK"], answered
print(loaded, time.process_time(), len(sys.modules))
"""
LOCATION = re.compile(r"<loc>([^<]+)</loc>")
ALTERNATE = re.compile(r'hreflang="[^"]*" href="([^"]+)"')


class Project:
    """A Django project in ``folder``, run with settings for production."""

    name = front = module = settings = ""

    def __init__(self, folder):
        self.folder = folder
        self.environment = {
            **{key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ},
            "DJANGO_SETTINGS_MODULE": self.settings,
            **self.variables(),
        }

    def variables(self):
        return {}

    def manage(self, *command, **variables):
        command = [sys.executable, "manage.py", *command]
        environment = {**self.environment, **variables}
        quiet = {"stdout": subprocess.DEVNULL}
        subprocess.run(command, cwd=self.source, env=environment, check=True, **quiet)

    def start(self):
        """``(seconds until loaded, until answered, modules)`` of a process that answers a page."""
        command = [sys.executable, "-c", START, self.module, self.front, HOST]
        output = subprocess.run(
            command, cwd=self.source, env=self.environment, check=True, capture_output=True
        ).stdout
        loaded, answered, modules = output.split()
        return float(loaded), float(answered), int(modules)

    @contextmanager
    def served(self):
        """The address of the project and the process id of its one worker."""
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", self.module, "--workers", "1"]
        command += ["--threads", "2", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
        quiet = {"stdout": subprocess.DEVNULL}
        with subprocess.Popen(command, cwd=self.source, env=self.environment, **quiet) as server:
            try:
                wait_for_server(f"http://127.0.0.1:{port}{self.front}", server, HEADERS)
                children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
                yield f"http://127.0.0.1:{port}", int(children.split()[0])
            finally:
                server.terminate()
                server.wait(timeout=PATIENCE)


class Journal(Project):
    """The demo journal."""

    name, front, module = "journal", "/fr/", "config.wsgi"
    settings = "config.settings.production"
    source = ROOT

    def variables(self):
        return {
            "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
            "SECRET_KEY": "benchmark-key-" * 6,
            "ALLOWED_HOSTS": HOST,
            "SITE_ADDRESS": f"https://{HOST}",
            "MEDIA_ROOT": str(self.folder / "media"),
            "STATIC_ROOT": str(self.folder / "static"),
            "DATABASE_URL": f"sqlite:///{self.folder}/db.sqlite3",
            "DEFAULT_FROM_EMAIL": f"desk@{HOST}",
            "EMAIL_URL": "dummymail://",
            "BEHIND_HTTPS_PROXY": "1",
        }

    def prepare(self):
        development = {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DIPTYCH_VAR": str(self.folder),
        }
        self.manage("demo", "--no-serve", **development)
        self.manage("collectstatic", "--no-input")


class Started(Project):
    """A project as ``wagtail start`` makes it, with a secret key and a host."""

    name, front, module, settings = "wagtail start", "/", "stock.wsgi", "stock.settings.production"

    @property
    def source(self):
        return self.folder / "stock"

    def prepare(self):
        self.source.mkdir(parents=True)
        command = [str(Path(sys.executable).with_name("wagtail")), "start", "stock", "."]
        subprocess.run(command, cwd=self.source, check=True, stdout=subprocess.DEVNULL)
        local = 'SECRET_KEY = "benchmark-key"\nALLOWED_HOSTS = ["*"]\n'
        (self.source / "stock" / "settings" / "local.py").write_text(local)
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--no-input")


HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https"}


def read(address):
    with urllib.request.urlopen(
        urllib.request.Request(address, headers=HEADERS), timeout=PATIENCE
    ) as answer:
        return answer.read()


def read_all_pages(address, front):
    """Read the front page and every page that site maps name, in each language; their number."""
    maps, pages, found = ["/sitemap.xml"], {front}, 0
    while maps:
        try:
            content = read(address + maps.pop()).decode()
        except urllib.error.HTTPError:
            break
        paths = {_path(each) for each in LOCATION.findall(content) + ALTERNATE.findall(content)}
        maps += [path for path in paths if path.endswith(".xml")]
        pages |= {path for path in paths if not path.endswith(".xml")}
    for path in sorted(pages):
        read(address + path)
        found += 1
    return found


def _path(address):
    return "/" + address.split("/", 3)[3]


def memory_of(pid):
    """``(PSS, RSS, private)`` of a process in megabytes."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kilobytes = {key: int(size) for key, size in re.findall(r"^(\w+): +(\d+) kB", rollup, re.M)}
    private = kilobytes["Private_Dirty"] + kilobytes["Private_Clean"]
    return tuple(round(each / 1024, 1) for each in (kilobytes["Pss"], kilobytes["Rss"], private))


def measure_memory(project):
    with project.served() as (address, pid):
        first = memory_of(pid)[0]
        pages = read_all_pages(address, project.front)
        time.sleep(1)
        pss, rss, private = memory_of(pid)
    return {"first page": first, "pages": pages, "pss": pss, "rss": rss, "private": private}


def measure(projects, starts):
    """The figures of each project by its name."""
    for project in projects:
        project.start()
    taken = [[project.start() for project in projects] for _each in range(starts)]
    figures = {}
    for place, project in enumerate(projects):
        loaded, answered, modules = map(min, zip(*(each[place] for each in taken), strict=True))
        figures[project.name] = {
            "loaded": round(loaded, 3),
            "answered": round(answered, 3),
            "modules": modules,
            **measure_memory(project),
        }
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--folder", type=Path, help="keep both projects there, or use them")
    parser.add_argument("--starts", type=int, default=STARTS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        projects = [Journal(folder / "journal"), Started(folder / "started")]
        for project in projects:
            if not project.folder.exists():
                project.folder.mkdir(parents=True)
                project.prepare()
        figures = measure(projects, arguments.starts)
    ours, theirs = figures.values()
    print(json.dumps(figures, indent=2))
    print(f"start ÷ wagtail start: {ours['answered'] / theirs['answered']:.2f}")


if __name__ == "__main__":
    main()
