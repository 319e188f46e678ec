"""docs/running.md, followed to the letter in a fresh folder and under an account of its own.

The folders of the machine are below a temporary one. Packages of Debian and of Python are those of
the tests, and what systemd would start is started here, by the lines of its units.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest

from tests.hosts.instructions import steps_of
from tests.servers import ROOT, fetch, free_port, running, wait_for_port

pytestmark = pytest.mark.adversarial

HEADING = "## Set up a bare Debian machine"
#: Of a whole machine, not of a folder.
OF_MACHINE = ("apt-get ", "systemctl ", "useradd ")
#: Brought by the tests.
PACKAGES = ("python3 -m venv ", "/opt/diptych/.venv/bin/pip ")
PLACES = re.compile(r"(?<![\w.])/(?=(?:opt|srv|etc|usr/local|var/backups)/)")
ACCOUNT = re.compile(r"(?<![\w/.-])diptych(?![\w/.-])")


class Machine:
    """A folder in place of ``/``, and an account in place of ``diptych``."""

    def __init__(self, root, account):
        self.root = root
        self.account = account
        self.environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}

    def path(self, absolute):
        return self.root / absolute.lstrip("/")

    def here(self, text):
        """``text`` with the folders and the account of this machine."""
        return ACCOUNT.sub(self.account, PLACES.sub(f"{self.root}/", text))

    def run(self, command):
        done = subprocess.run(
            ["/bin/sh", "-euc", self.here(command)],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def commands_of(self, unit):
        """What a unit starts, as shell would, with its folder and its variables."""
        text = self.path(f"/etc/systemd/system/{unit}").read_text()
        folder = re.search(r"^WorkingDirectory=(.*)$", text, re.M)[1]
        file = re.search(r"^EnvironmentFile=(.*)$", text, re.M)[1]
        user = re.search(r"^User=(.*)$", text, re.M)[1]
        become = f"setpriv --reuid {user} --regid {user} --init-groups"
        for command in re.findall(r"^ExecStart=-?(.*)$", text, re.M):
            yield f"cd {folder}; set -a; . {file}; set +a; exec {become} {command}"


@pytest.fixture
def machine():
    """A machine with the code in ``/opt/diptych``; only root can have one."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("Only root can act as another account.")
    # Folders of pytest are closed to other accounts.
    root = Path(tempfile.mkdtemp(prefix="diptych-machine-", dir="/var/tmp"))
    root.chmod(0o755)
    account = f"diptych-{os.getpid()}"
    try:
        make = Machine(root, account)
        for folder in ("opt/diptych", "srv", "etc/systemd/system", "usr/local/bin", "var/backups"):
            (root / folder).mkdir(parents=True)
        bring_code(make)
        subprocess.run(["useradd", "--system", "--user-group", account], check=True)
        yield make
    finally:
        subprocess.run(["userdel", account], check=False, capture_output=True)
        shutil.rmtree(root, ignore_errors=True)


def bring_code(machine):
    """Copy what Git keeps of the code, with the paths of this machine in its units."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    code = machine.path("/opt/diptych")
    for name in filter(None, listed.split("\0")):
        if name.startswith(("tests/", "docs/", "benchmarks/", "site/operations/demo/")):
            continue
        if (ROOT / name).is_file() or (ROOT / name).is_symlink():
            (code / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, code / name, follow_symlinks=False)
    for path in (code / "deploy/systemd").iterdir():
        path.write_text(machine.here(path.read_text()))
    bring_packages(code / ".venv/bin")


def bring_packages(programs):
    """An interpreter with the packages of the tests, which any account can start."""
    programs.mkdir(parents=True)
    python = interpreter(programs.parent / "python")
    libraries = shlex.quote(str(python.parents[1] / "lib"))
    packages = shlex.quote(str(packages_of_tests(programs.parent / "packages")))
    variables = f"LD_LIBRARY_PATH={libraries} PYTHONPATH={packages}"
    for name, arguments in (("python", ""), ("gunicorn", "-m gunicorn ")):
        script = f'#!/bin/sh\n{variables} exec {shlex.quote(str(python))} {arguments}"$@"\n'
        (programs / name).write_text(script)
        (programs / name).chmod(0o755)


def is_open_to_others(path):
    """Whether accounts without any rights of their own can read ``path``."""
    become = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    return subprocess.run([*become, "test", "-r", path], check=False).returncode == 0


def packages_of_tests(folder):
    """The installed packages, or a copy where other accounts cannot reach them."""
    packages = sysconfig.get_path("purelib")
    if is_open_to_others(packages):
        return packages
    shutil.copytree(packages, folder, ignore=shutil.ignore_patterns("__pycache__", "playwright*"))
    return folder


def interpreter(folder):
    """The interpreter of the tests, or a copy where other accounts cannot reach it."""
    base, version = Path(sys.base_prefix), f"python{sys.version_info[0]}.{sys.version_info[1]}"
    if is_open_to_others(base / "bin" / version):
        return base / "bin" / version
    left_out = shutil.ignore_patterns("test", "site-packages", "*.a", "idlelib", "tkinter")
    shutil.copytree(base / "lib", folder / "lib", symlinks=True, ignore=left_out)
    (folder / "bin").mkdir()
    shutil.copy(base / "bin" / version, folder / "bin" / version)
    return folder / "bin" / version


def test_a_site_is_set_up_and_kept(machine):
    follow(machine)
    assert machine.path("/etc/diptych.env").stat().st_mode & 0o077 == 0
    keep(machine)
    serve(machine)


def follow(machine):
    """All commands of the section but those of :data:`OF_MACHINE` and :data:`PACKAGES`."""
    document = (ROOT / "docs/running.md").read_text()
    commands = [each for step in steps_of(document, HEADING) for each in step.commands()]
    assert any(each.startswith(OF_MACHINE) for each in commands)
    for command in commands:
        if command.startswith((*OF_MACHINE, *PACKAGES)):
            continue
        machine.run(re.sub("^diptych-manage ", "/usr/local/bin/diptych-manage ", command))


def keep(machine):
    """What timers start does its work, and is noted."""
    services = sorted(machine.path("/etc/systemd/system").glob("*.timer"))
    assert len(services) == 4
    for timer in services:
        for command in machine.commands_of(f"{timer.stem}.service"):
            machine.run(command)
    assert len([*machine.path("/var/backups/diptych").glob("diptych-*.zip")]) == 1
    assert "can be restored" in machine.run(
        '/usr/local/bin/diptych-manage shell --no-imports -c "from django.core.management '
        "import call_command; from django.utils import translation; translation.activate('en'); "
        "call_command('verify_backup', '/var/backups/diptych')\""
    )
    said = machine.run("/usr/local/bin/diptych-manage check --deploy --database default")
    assert "journal.W" not in said


def serve(machine):
    port = free_port()
    (command,) = machine.commands_of("diptych.service")
    command = machine.here(command.replace("127.0.0.1:8000", f"127.0.0.1:{port}"))
    log = machine.root / "site.log"
    with running(["/bin/sh", "-euc", command], log, env=machine.environment) as process:
        wait_for_port(port, process)
        assert fetch(port, "/readyz").status == 200
        assert fetch(port, "/admin/login/").status == 200
