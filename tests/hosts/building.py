"""Projects in which the wheel is installed: their folder, their Python, what is run in them."""

import difflib
import os
import shlex
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Failed(Exception):
    """A command that ended with an error, with what it said."""


def own_environment():
    """The environment without what the tests of this repository set."""
    left = ("DJANGO_SETTINGS_MODULE", "PYTHONPATH", "PYTEST_ADDOPTS")
    return {name: value for name, value in os.environ.items() if name not in left}


def run(*command, cwd, **environment):
    """What ``command`` prints; raises :class:`Failed`."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**own_environment(), **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        raise Failed(f"{shlex.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def build_wheel(folder):
    """Build the wheel of this checkout into ``folder``; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder)
    run(*build, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


class FreshPython:
    """A virtual environment of its own, into which pip installs from the network."""

    def __init__(self, folder, wheel):
        self.folder = folder
        self.wheel = wheel
        venv.create(folder, with_pip=True, clear=True)

    @property
    def environment(self):
        return {"PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    def install(self, *requirements):
        """Install with pip; the name of the wheel stands for the one that was built."""
        names = f"dist/{self.wheel.name}"
        named = [each.replace(names, str(self.wheel)) for each in requirements]
        pip = (self.folder / "bin" / "python", "-m", "pip", "install", "--quiet")
        run(*pip, "--disable-pip-version-check", *named, cwd=self.folder)


class BorrowedPython:
    """The environment of the tests, to which the wheel alone is added; needs no network."""

    def __init__(self, folder, wheel):
        self.folder = folder
        pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder)
        run(*pip, "--disable-pip-version-check", wheel, cwd=folder.parent)

    @property
    def environment(self):
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return {"PATH": path, "PYTHONPATH": str(self.folder)}

    def install(self, *requirements):
        """Nothing: the wheel is there, and what it requires the tests require as well."""


#: How a project begins.
START = "wagtail start mysite"


class Project:
    """The project `mysite`, which `wagtail start` makes in a folder, and its Python."""

    def __init__(self, folder, python):
        self.folder = folder / "mysite"
        self.python = python
        self.before = {}
        folder.mkdir(parents=True, exist_ok=True)

    def start(self):
        """Let `wagtail start` make it."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        self.python.install(*(each for each in project["dependencies"] if "wagtail" in each))
        self.run(START, cwd=self.folder.parent)

    def run(self, command, cwd=None, **environment):
        """Run a line as somebody types it in the folder of the project; what it printed."""
        words = shlex.split(command)
        if words[:2] == ["pip", "install"]:
            return self.python.install(*words[2:])
        cwd = cwd or (self.folder.parent if command == START else self.folder)
        said = run(*words, cwd=cwd, **self.python.environment, **environment)
        if command == START:
            self.before = self._lines()
        return said

    def serve(self, command):
        """Start a line that does not end; the process."""
        return subprocess.Popen(
            shlex.split(command),
            cwd=self.folder,
            env={**own_environment(), **self.python.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def manage(self, *arguments, **environment):
        return self.run(shlex.join(["python", "manage.py", *arguments]), **environment)

    def add(self, name, text):
        """Write a new file, or at the end of one."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(text)

    def as_before(self):
        """Write the files that `wagtail start` has made as they were then."""
        for name, lines in self.before.items():
            (self.folder / name).write_text("\n".join(lines) + "\n")

    def changed_lines(self):
        """How many lines somebody has written into the project since it was made."""
        after = self._lines()
        return sum(
            line.startswith("+") and not line.startswith("+++")
            for name, lines in after.items()
            for line in difflib.unified_diff(self.before.get(name, []), lines, n=0)
        )

    def _lines(self):
        """The lines of all files that people write."""
        paths = [
            path
            for path in sorted(self.folder.rglob("*"))
            if path.suffix in (".py", ".html", ".css") and "migrations" not in path.parts
        ]
        return {path.relative_to(self.folder): path.read_text().splitlines() for path in paths}
