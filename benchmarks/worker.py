"""What a worker of the server costs: processor time until its first page, and its memory.

It is compared with a new project of ``wagtail start``, both with settings for production, on
SQLite, with static files collected. Start: the processor time of a process that loads the WSGI
application and answers a request for the front page, the least of several, in turns; and that of
`manage.py check`, until the process has ended. Memory: the
proportional set size (PSS) of one gunicorn worker that has answered every page of the site map,
in every language.
"""

import argparse
import json
import os
import re
import resource
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks import projects
from benchmarks.projects import HEADERS, HOST
from benchmarks.server import PATIENCE, gunicorn

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


def demo(folder):
    """The demo journal."""
    project = projects.journal(folder, "benchmarks.uncached")
    if not folder.exists():
        folder.mkdir(parents=True)
        development = {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DIPTYCH_VAR": str(folder)}
        project.manage("demo", "--no-serve", **development)
        (folder / "db.sqlite3").rename(folder / "benchmark.sqlite3")
        project.manage("collectstatic", "--noinput")
    return project


def start(project, front):
    """``(seconds until loaded, until answered, modules)`` of a process that answers a page."""
    output = project.run("-c", START, project.application, front, HOST)
    loaded, answered, modules = output.splitlines()[-1].split()
    return float(loaded), float(answered), int(modules)


def check(project):
    """The CPU seconds of a process that checks ``project``, its end included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    project.run("manage.py", "check")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


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


def measure_memory(project, front):
    command = gunicorn(project.application, workers=1, threads=2)
    with project.served(command, os.devnull) as server:
        address, (pid, *_others) = f"http://{server.host}:{server.port}", server.workers()
        read(address + front)
        first = memory_of(pid)[0]
        pages = read_all_pages(address, front)
        time.sleep(1)
        pss, rss, private = memory_of(pid)
    return {"first page": first, "pages": pages, "pss": pss, "rss": rss, "private": private}


def measure(fronts, starts):
    """The figures of each project by its name; ``fronts`` are the projects' front pages."""
    for project, front in fronts.items():
        start(project, front)
    taken = [[start(*each) for each in fronts.items()] for _each in range(starts)]
    checked = [[check(each) for each in fronts] for _each in range(starts)]
    figures = {}
    for place, (project, front) in enumerate(fronts.items()):
        loaded, answered, modules = map(min, zip(*(each[place] for each in taken), strict=True))
        figures[project.name] = {
            "loaded": round(loaded, 3),
            "answered": round(answered, 3),
            "modules": modules,
            "check": round(min(each[place] for each in checked), 3),
            **measure_memory(project, front),
        }
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--folder", type=Path, help="keep both projects there, or use them")
    parser.add_argument("--starts", type=int, default=STARTS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        fronts = {
            demo(folder / "journal"): "/fr/",
            projects.started(folder / "started"): "/",
        }
        figures = measure(fronts, arguments.starts)
    ours, theirs = figures.values()
    print(json.dumps(figures, indent=2))
    for name, key in (("start", "answered"), ("check", "check"), ("memory", "pss")):
        print(f"{name} ÷ wagtail start: {ours[key] / theirs[key]:.2f}")


if __name__ == "__main__":
    main()
