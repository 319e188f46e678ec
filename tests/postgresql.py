"""A PostgreSQL that lives as long as the tests that need it.

    python -m tests.postgresql tests/articles/search

runs those tests on it. It listens on a socket in a temporary folder only, keeps nothing safe and
leaves nothing behind. Root starts it as the user `postgres`, as it refuses to run as root.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

ROOT = Path(__file__).resolve().parents[1]
DEBIAN = Path("/usr/lib/postgresql")
ACCOUNT = "postgres"

#: Nothing of a test has to survive a power cut.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def programs():
    """The folder of PostgreSQL's programs, the newest if there are several; `None` if none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    return max(folders, key=lambda folder: int(folder.parent.name), default=None)


def need_postgresql():
    """Skip a test where PostgreSQL is missing, or let it fail where it has to be there."""
    if programs() is not None:
        return
    message = "PostgreSQL is not installed."
    if os.environ.get("DIPTYCH_REQUIRE_POSTGRESQL"):
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def running_postgresql(begin_as=None, keep_as=None):
    """Start a PostgreSQL for as long as the block runs; yields the address of a database.

    Its files begin as a copy of the folder ``begin_as``, and are copied to ``keep_as`` at the end.
    """
    folder = Path(tempfile.mkdtemp(prefix="diptych-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, ACCOUNT)
    data = folder / "data"
    try:
        if begin_as:
            _copy_folder(begin_as, data)
        else:
            _make_data(data)
        options = " ".join(f"-c {name}='{value}'" for name, value in OPTIONS.items())
        _call(
            "pg_ctl",
            "start",
            "--wait",
            "--silent",
            "--pgdata",
            data,
            "--log",
            folder / "log",
            "--options",
            f"{options} -k '{folder}'",
            folder=folder,
        )
        mode = "--mode=fast" if keep_as else "--mode=immediate"
        try:
            yield f"postgresql://{ACCOUNT}@{quote(str(folder), safe='')}/postgres"
        finally:
            _call("pg_ctl", "stop", mode, "--silent", "--pgdata", data, folder=folder)
        if keep_as:
            _copy_folder(data, keep_as)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_data(data):
    _call(
        "initdb",
        "--pgdata",
        data,
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
        f"--username={ACCOUNT}",
        folder=data.parent,
    )


def _copy_folder(source, target):
    """Copy a folder with the accounts that own its files, which only ``cp`` does."""
    subprocess.run(["cp", "-a", source, target], check=True)


@contextmanager
def hung_postgresql(address):
    """Stop every process of a :func:`running_postgresql` for as long as the block runs."""
    folder = Path(unquote(address.partition("@")[2].partition("/")[0]))
    postmaster = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    processes = [postmaster, *map(int, children)]
    try:
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def run_tests(*arguments):
    """Run pytest on a PostgreSQL of its own; returns the finished process."""
    with running_postgresql() as address:
        environment = {
            **os.environ,
            "DIPTYCH_TEST_DATABASE_URL": address,
        }
        command = [sys.executable, "-m", "pytest", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False)


def _call(program, *arguments, folder):
    """Run one of PostgreSQL's programs, and show what it said if it fails."""
    with open(folder / "said", "a+b") as said:
        done = subprocess.run(
            [programs() / program, *arguments],
            cwd=folder,
            stdout=said,
            stderr=said,
            user=ACCOUNT if os.geteuid() == 0 else None,
            group=ACCOUNT if os.geteuid() == 0 else None,
            check=False,
        )
        said.seek(0)
        assert done.returncode == 0, said.read().decode(errors="replace")


if __name__ == "__main__":
    if programs() is None:
        sys.exit("PostgreSQL is not installed. On Debian: apt install postgresql")
    sys.exit(run_tests(*sys.argv[1:]).returncode)
