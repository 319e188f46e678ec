"""Real servers: processes and threads, as sites run in production."""

import ctypes
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORKERS, THREADS = 2, 4
PATIENCE = 60
#: How long a worker has to have done nothing until it counts as done with a request.
QUIET = 0.001


@dataclass(frozen=True)
class Server:
    """A running server; ``pid`` is the process that was started, not the one of a worker."""

    host: str
    port: int
    pid: int

    def workers(self):
        """The process ids of all processes that the server has started, directly or not."""
        return _children_of(self.pid)

    def seconds_worked(self):
        """The time of the processor that the workers have taken, once they are at rest."""
        clocks = [_clock_of(pid) for pid in self.workers()]
        worked = sum(map(time.clock_gettime, clocks))
        while True:
            time.sleep(QUIET)
            before, worked = worked, sum(map(time.clock_gettime, clocks))
            if worked == before:
                return worked


def gunicorn(application, workers, threads=1):
    """The command that serves a WSGI application; ``running_server`` fills in host and port."""
    command = [sys.executable, "-m", "gunicorn", application, "--bind", "{host}:{port}"]
    command += ["--workers", str(workers), "--threads", str(threads), "--timeout", "120"]
    return [*command, "--log-level", "warning"]


def granian(application, workers):
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", f"{application}:application"]
    command += ["--host", "{host}", "--port", "{port}", "--workers", str(workers)]
    return [*command, "--log-level", "warning"]


@contextmanager
def running_server(log, command=None, folder=ROOT, environment=None, headers=None):
    """Serve the journal, or what ``command`` serves, for as long as the block runs.

    Yields a `Server`. What it writes goes to the file ``log``.
    """
    host, port = "127.0.0.1", free_port()
    command = command or [*gunicorn("config.wsgi", WORKERS, THREADS), "--pythonpath", "site"]
    command = [part.format(host=host, port=port) for part in command]
    environment = {**os.environ, **(environment or {})}
    with (
        open(log, "wb") as output,
        subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=output
        ) as process,
    ):
        try:
            wait_for_server(f"http://{host}:{port}/robots.txt", process, headers)
            yield Server(host, port, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_server(address, process, headers=None):
    """Wait until ``process`` answers a request for ``address``, whatever it says."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("The server has stopped; see its log.")
        try:
            request = urllib.request.Request(address, headers=headers or {})
            with urllib.request.urlopen(request, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server does not answer.")


def _children_of(pid):
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The name of the program stands in brackets and may hold anything.
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found = parents.get(pid, [])
    for child in found:
        found += parents.get(child, [])
    return found


def _clock_of(pid):
    """The clock of the processor time of another process, of all its threads."""
    clock = ctypes.c_int()
    failure = ctypes.CDLL(None).clock_getcpuclockid(pid, ctypes.byref(clock))
    if failure:
        raise OSError(failure, os.strerror(failure))
    return clock.value
